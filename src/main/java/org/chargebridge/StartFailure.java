package org.chargebridge;

import java.util.ArrayList;
import java.util.List;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.route.BrokenRoutesAnalyzer;
import org.chargebridge.settings.DatabaseDownAnalyzer;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.quartz.SchedulerException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** With which code a start that failed ends, for whatever would start it again. */
final class StartFailure {

    /** As EX_CONFIG of sysexits.h: it fails again until somebody changes a setting, a route or the database. */
    static final int CONFIGURATION = 78;
    /** What may pass by itself, such as a database that is away. */
    static final int OTHER = 1;

    private StartFailure() {}

    static int exitCode(Throwable failed) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failed; next != null && !chain.contains(next); next = next.getCause()) {
            chain.add(next);
        }
        boolean lasts = chain.stream()
                .anyMatch(cause -> cause instanceof InvalidSettingsException
                        || cause instanceof MarkedYAMLException
                        || cause instanceof FlywayValidateException);
        boolean scheduler = chain.stream().anyMatch(SchedulerException.class::isInstance);
        boolean routes = BrokenRoutesAnalyzer.isToBlame(chain) && !DatabaseDownAnalyzer.isToBlame(chain) && !scheduler;
        return lasts || routes ? CONFIGURATION : OTHER;
    }
}
