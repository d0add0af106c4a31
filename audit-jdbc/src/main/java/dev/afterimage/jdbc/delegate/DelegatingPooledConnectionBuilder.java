package dev.afterimage.jdbc.delegate;

import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.annotation.processing.Generated;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;

/** Forwards every method of {@link PooledConnectionBuilder} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingPooledConnectionBuilder extends Delegating implements PooledConnectionBuilder {

    private final PooledConnectionBuilder delegate;

    protected DelegatingPooledConnectionBuilder(PooledConnectionBuilder delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected PooledConnectionBuilder delegate() {
        return delegate;
    }

    @Override
    public PooledConnection build() throws SQLException {
        return delegate.build();
    }

    @Override
    public PooledConnectionBuilder password(String name) {
        delegate.password(name);
        return this;
    }

    @Override
    public PooledConnectionBuilder shardingKey(ShardingKey shardingKey) {
        delegate.shardingKey(shardingKey);
        return this;
    }

    @Override
    public PooledConnectionBuilder superShardingKey(ShardingKey shardingKey) {
        delegate.superShardingKey(shardingKey);
        return this;
    }

    @Override
    public PooledConnectionBuilder user(String name) {
        delegate.user(name);
        return this;
    }
}
