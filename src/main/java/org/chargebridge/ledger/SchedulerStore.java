package org.chargebridge.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.SchedulerConfigException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * Quartz's tables in the ledger's database, with a transaction of its own for everything the scheduler does. Spring's
 * store writes outside of transactions unless its caller has one, so that another thread or node can meet half a trigger.
 */
@SuppressWarnings("unchecked") // Quartz's own: JobStoreTX overrides a generic method with a raw one.
public final class SchedulerStore extends JobStoreTX {

    @Override
    public void initialize(ClassLoadHelper classes, SchedulerSignaler signaler) throws SchedulerConfigException {
        DataSource dataSource = SchedulerFactoryBean.getConfigTimeDataSource();
        if (dataSource == null) {
            throw new SchedulerConfigException("the scheduler was made without a DataSource");
        }
        String name = "ledger-" + System.identityHashCode(this);
        setDataSource(name);
        DBConnectionManager.getInstance().addConnectionProvider(name, new Connections(dataSource));
        super.initialize(classes, signaler);
    }

    /** Lends connections of the pool, which is closed by whoever made it. */
    private record Connections(DataSource dataSource) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return dataSource.getConnection();
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }
}
