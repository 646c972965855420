package org.chargebridge.simulator.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chargebridge.simulator.sftp.SftpServer;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Settles, before any bean is made, what the settings of the channel must know: the SFTP server's host key, and the
 * numbers of ports that were left free. A port that is taken stops the start here.
 */
final class DemoEnvironment implements ImportBeanDefinitionRegistrar, EnvironmentAware {

    private static final String PREFIX = "chargebridge.demo.";

    private ConfigurableEnvironment environment;

    @Override
    public void setEnvironment(Environment given) {
        environment = (ConfigurableEnvironment) given;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        DemoProperties properties = properties(environment);
        Map<String, Object> settled = new LinkedHashMap<>();
        settled.put(PREFIX + "api-port", settle(properties.apiPort()));
        settled.put(PREFIX + "sftp-port", settle(properties.sftpPort()));
        settled.put(PREFIX + "sftp-host-key", SftpServer.hostKey(properties.hostKeyFile()));
        environment.getPropertySources().addFirst(new MapPropertySource("demo", settled));
        refuseTaken(environment.getProperty("server.port", Integer.class, 8080));
        refuseTaken(environment.getProperty("management.server.port", Integer.class, 0));
    }

    static DemoProperties properties(Environment environment) {
        return Binder.get(environment).bindOrCreate("chargebridge.demo", DemoProperties.class);
    }

    private static int settle(int port) {
        if (port == 0) {
            return free();
        }
        refuseTaken(port);
        return port;
    }

    private static int free() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void refuseTaken(int port) {
        if (port <= 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.setReuseAddress(true);
        } catch (IOException taken) {
            throw new PortInUseException(port, taken);
        }
    }
}
