package org.chargebridge.camelconsole;

import java.nio.file.Path;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.spi.CliConnector;

/** Makes the connector where the profile is switched on, else none. */
final class RouteCliConnectors extends DefaultCliConnectorFactory {

    private final Path home;

    RouteCliConnectors(Path home, boolean enabled, String version) {
        this.home = home;
        setEnabled(enabled);
        setRuntime("Spring Boot");
        setRuntimeVersion(version);
    }

    @Override
    public CliConnector createConnector() {
        return isEnabled() ? new RouteCliConnector(this, CliDirectory.close(home)) : null;
    }
}
