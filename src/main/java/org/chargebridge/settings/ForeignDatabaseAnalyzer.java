package org.chargebridge.settings;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** One line for a database that another version of Chargebridge made, whose tables this one does not know. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ForeignDatabaseAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {

    private final Environment environment;

    public ForeignDatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, FlywayValidateException cause) {
        String url = environment.getProperty("spring.datasource.url", "").replaceAll("\\?.*", "");
        String why = cause.getMessage()
                .lines()
                .filter(line -> line.startsWith("Migration ") || line.startsWith("Detected "))
                .findFirst()
                .map(line -> " (" + line.strip() + ")")
                .orElse("");
        return new FailureAnalysis(
                "spring.datasource.url = " + url + ": this database was made by another version of Chargebridge" + why
                        + ". Nothing was changed. Start the version that made it, or give this one an empty database.",
                null,
                cause);
    }
}
