package org.chargebridge.publicport;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * A second connector of the web server, with threads of its own: whatever the outside world does, it takes none from the
 * rest. There is none unless a public address is set.
 */
@Component
public class PublicConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String THREADS = "32";
    private static final String CONNECTIONS = "512";
    private static final String WAITING = "128";
    /** Milliseconds without a byte. */
    private static final String SILENCE = "5000";

    private final Optional<Connector> connector;

    PublicConnector(PublicSettings settings) {
        this.connector = settings.isOn()
                ? Optional.of(connector(settings.publicPort(), settings.publicAddress()))
                : Optional.empty();
    }

    private static Connector connector(int port, String address) {
        Connector made = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        made.setPort(port);
        made.setMaxPostSize(16 * 1024);
        made.setProperty("maxThreads", THREADS);
        made.setProperty("maxConnections", CONNECTIONS);
        made.setProperty("acceptCount", WAITING);
        made.setProperty("connectionTimeout", SILENCE);
        made.setProperty("maxHttpRequestHeaderSize", String.valueOf(8 * 1024));
        made.setProperty("maxSwallowSize", "0");
        PlainChunks.only(made);
        if (!address.isBlank()) {
            made.setProperty("address", address);
        }
        return made;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        connector.ifPresent(made -> {
            refuseTaken(made.getPort());
            server.addAdditionalTomcatConnectors(made);
        });
    }

    /** The web server would name its first port instead. */
    private static void refuseTaken(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            probe.setReuseAddress(true);
        } catch (IOException taken) {
            throw new PortInUseException(port, taken);
        }
    }

    /** The port it listens on; empty where nothing is reached from outside. */
    public Optional<Integer> port() {
        return connector.map(Connector::getLocalPort);
    }

    boolean received(ServletRequest request) {
        return port().equals(Optional.of(request.getLocalPort()));
    }
}
