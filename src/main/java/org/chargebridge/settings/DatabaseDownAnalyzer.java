package org.chargebridge.settings;

import java.sql.SQLException;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** One line for a database that does not answer or refuses the login. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class DatabaseDownAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private final Environment environment;

    public DatabaseDownAnalyzer(Environment environment) {
        this.environment = environment;
    }

    /** Whether the database is to blame for a start that failed with these causes, whatever was made of it since. */
    public static boolean isToBlame(List<Throwable> chain) {
        return chain.stream().anyMatch(SQLException.class::isInstance);
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, SQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        if (!state.startsWith("08") && !state.startsWith("28") && !state.equals("3D000")) {
            return null;
        }
        String url = environment.getProperty("spring.datasource.url", "").replaceAll("\\?.*", "");
        return new FailureAnalysis(
                "spring.datasource.url = " + url + ": the database cannot be used ("
                        + cause.getMessage().lines().findFirst().orElse(state)
                        + "). Check that PostgreSQL runs there, and spring.datasource.username and .password.",
                null,
                cause);
    }
}
