package org.chargebridge.ledger;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerConfigException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * Quartz's tables in the ledger's database, with a transaction of its own for everything the scheduler does. Spring's
 * store writes outside of transactions unless its caller has one, so that another thread or node can meet half a trigger.
 */
@SuppressWarnings("unchecked") // Quartz's own: JobStoreTX overrides a generic method with a raw one.
public final class SchedulerStore extends JobStoreTX {

    /** Made when first asked for: the superclass may ask before it has made this object. */
    private Logger quiet;

    /** Longer than PostgreSQL lets a frozen node keep the scheduler's lock. */
    private int answerMaxMillis = 45_000;

    /**
     * How long the scheduler waits for an answer of the database, in milliseconds. One thread asks for all schedules of this
     * node: did it wait for an answer that a network swallowed for as long as a report may take, nothing would be fetched,
     * looked up, reported or told for anybody meanwhile.
     */
    public void setAnswerMaxMillis(int answerMaxMillis) {
        this.answerMaxMillis = answerMaxMillis;
    }

    /**
     * Quartz tells every try on a lost database with a stack trace, each of its threads for itself. The routes tell the
     * outage already, once and for people; here it stays for who looks for details.
     */
    @Override
    protected Logger getLog() {
        if (quiet == null) {
            Logger log = super.getLog();
            quiet = (Logger) Proxy.newProxyInstance(
                    SchedulerStore.class.getClassLoader(),
                    new Class<?>[] {Logger.class},
                    (unused, method, arguments) -> tell(log, method, arguments));
        }
        return quiet;
    }

    private static Object tell(Logger log, Method method, Object[] arguments) throws ReflectiveOperationException {
        if (arguments != null) {
            for (Object argument : flat(arguments)) {
                if (argument instanceof Throwable failure && isOfDatabase(failure)) {
                    log.debug("{}", arguments[0], failure);
                    return null;
                }
            }
        }
        return method.invoke(log, arguments);
    }

    private static Object[] flat(Object[] arguments) {
        return arguments[arguments.length - 1] instanceof Object[] more ? more : arguments;
    }

    private static boolean isOfDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void initialize(ClassLoadHelper classes, SchedulerSignaler signaler) throws SchedulerConfigException {
        DataSource dataSource = SchedulerFactoryBean.getConfigTimeDataSource();
        if (dataSource == null) {
            throw new SchedulerConfigException("the scheduler was made without a DataSource");
        }
        String name = "ledger-" + System.identityHashCode(this);
        setDataSource(name);
        DBConnectionManager.getInstance().addConnectionProvider(name, new Connections(dataSource, answerMaxMillis));
        super.initialize(classes, signaler);
    }

    /**
     * Two nodes that start at the same moment both find that a trigger is missing; the second one to store it would not
     * start. Both store the same.
     */
    @Override
    protected void storeJob(Connection connection, JobDetail job, boolean replaceExisting)
            throws JobPersistenceException {
        super.storeJob(connection, job, true);
    }

    @Override
    protected void storeTrigger(
            Connection connection,
            OperableTrigger trigger,
            JobDetail job,
            boolean replaceExisting,
            String state,
            boolean forceState,
            boolean recovering)
            throws JobPersistenceException {
        super.storeTrigger(connection, trigger, job, true, state, forceState, recovering);
    }

    /** Lends connections of the pool, which is closed by whoever made it. */
    private record Connections(DataSource dataSource, int answerMaxMillis) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = dataSource.getConnection();
            try {
                // Until it is given back: the pool sets its own again.
                connection.setNetworkTimeout(Runnable::run, answerMaxMillis);
                return connection;
            } catch (SQLException gone) {
                connection.close();
                throw gone;
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }
}
