package org.chargebridge.settings;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chargebridge.ledger.LedgerTrouble;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** One line for a database that does not answer, refuses the login, or cannot do what a start needs of it. */
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
        SQLException root = root(failure);
        String state = root.getSQLState() == null ? "" : root.getSQLState();
        String url = environment.getProperty("spring.datasource.url", "").replaceAll("\\?.*", "");
        String said = root.getMessage().lines().findFirst().orElse(state);
        // That no connection is made has more causes at a start, such as a password that is missing.
        Optional<LedgerTrouble> trouble = LedgerTrouble.of(root).filter(found -> found != LedgerTrouble.GONE);
        if (trouble.isPresent()) {
            return new FailureAnalysis(
                    "spring.datasource.url = " + url + ": " + trouble.get().text() + " (" + said + "). "
                            + trouble.get().remedy(),
                    null,
                    cause);
        }
        if (!state.startsWith("08") && !state.startsWith("28") && !state.startsWith("57P") && !state.equals("3D000")) {
            return null;
        }
        return new FailureAnalysis(
                "spring.datasource.url = " + url + ": the database cannot be used (" + said
                        + "). Check that PostgreSQL runs there, and spring.datasource.username and .password.",
                null,
                cause);
    }

    /** The database's own words: the innermost that has a state, under those of the pool and of the migration. */
    private static SQLException root(Throwable failure) {
        SQLException root = null;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof SQLException sql && (root == null || sql.getSQLState() != null)) {
                root = sql;
            }
        }
        return Objects.requireNonNull(root);
    }
}
