package dev.afterimage.jdbc.delegate;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link ConnectionBuilder} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingConnectionBuilder extends Delegating implements ConnectionBuilder {

    private final ConnectionBuilder delegate;

    protected DelegatingConnectionBuilder(ConnectionBuilder delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected ConnectionBuilder delegate() {
        return delegate;
    }

    @Override
    public Connection build() throws SQLException {
        return delegate.build();
    }

    @Override
    public ConnectionBuilder password(String name) {
        delegate.password(name);
        return this;
    }

    @Override
    public ConnectionBuilder shardingKey(ShardingKey shardingKey) {
        delegate.shardingKey(shardingKey);
        return this;
    }

    @Override
    public ConnectionBuilder superShardingKey(ShardingKey shardingKey) {
        delegate.superShardingKey(shardingKey);
        return this;
    }

    @Override
    public ConnectionBuilder user(String name) {
        delegate.user(name);
        return this;
    }
}
