package dev.afterimage.jdbc.delegate;

import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.annotation.processing.Generated;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;

/** Forwards every method of {@link XAConnectionBuilder} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingXAConnectionBuilder extends Delegating implements XAConnectionBuilder {

    private final XAConnectionBuilder delegate;

    protected DelegatingXAConnectionBuilder(XAConnectionBuilder delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected XAConnectionBuilder delegate() {
        return delegate;
    }

    @Override
    public XAConnection build() throws SQLException {
        return delegate.build();
    }

    @Override
    public XAConnectionBuilder password(String name) {
        delegate.password(name);
        return this;
    }

    @Override
    public XAConnectionBuilder shardingKey(ShardingKey shardingKey) {
        delegate.shardingKey(shardingKey);
        return this;
    }

    @Override
    public XAConnectionBuilder superShardingKey(ShardingKey shardingKey) {
        delegate.superShardingKey(shardingKey);
        return this;
    }

    @Override
    public XAConnectionBuilder user(String name) {
        delegate.user(name);
        return this;
    }
}
