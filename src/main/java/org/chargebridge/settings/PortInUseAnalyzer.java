package org.chargebridge.settings;

import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** One line for a port that another program holds. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

    private static final List<String> PORTS = List.of(
            "management.server.port",
            "chargebridge.public-port",
            "chargebridge.demo.api-port",
            "chargebridge.demo.sftp-port",
            "chargebridge.demo.postgres-port");

    private final Environment environment;

    public PortInUseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, PortInUseException cause) {
        String port = String.valueOf(cause.getPort());
        String property = PORTS.stream()
                .filter(name -> port.equals(environment.getProperty(name)))
                .findFirst()
                .orElse("server.port");
        return new FailureAnalysis(
                property + " = " + port + ": another program holds this port. Stop it, or choose another port with --"
                        + property + "=<port>.",
                null,
                cause);
    }
}
