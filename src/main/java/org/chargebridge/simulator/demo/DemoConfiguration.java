package org.chargebridge.simulator.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.chargebridge.simulator.PortInUseException;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.postgres.DemoPostgres;
import org.chargebridge.simulator.sftp.SftpServer;
import org.chargebridge.simulator.sftp.SftpSettings;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/**
 * The demo's servers. They are made before every other bean and closed after every other bean, because the gateway's
 * database, clock and routes all lean on them.
 */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
@Import(DemoEnvironment.class)
public class DemoConfiguration {

    @Bean
    static BeanFactoryPostProcessor demoServersFirst() {
        return beans -> {
            beans.getBean(DemoPostgres.class);
            beans.getBean(SftpServer.class);
            beans.getBean(RecurringApiSimulator.class);
            beans.getBean(SampleFolder.class);
        };
    }

    @Bean(destroyMethod = "close")
    static DemoPostgres demoPostgres(Environment environment) {
        DemoProperties properties = DemoEnvironment.properties(environment);
        return named(() -> DemoPostgres.start(properties.postgresDirectory(), properties.postgresPort()));
    }

    @Bean
    static JdbcConnectionDetails demoConnectionDetails(DemoPostgres postgres) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return postgres.user();
            }

            @Override
            public String getPassword() {
                return postgres.password();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.url();
            }
        };
    }

    @Bean(destroyMethod = "close")
    static SftpServer demoSftpServer(Environment environment) {
        DemoProperties properties = DemoEnvironment.properties(environment);
        Path hostKey = properties.hostKeyFile();
        SftpSettings settings = SftpSettings.withPassword(
                        properties.sftpRoot(), hostKey, properties.sftpUser(), properties.sftpPassword())
                .withPort(properties.sftpPort());
        return named(() -> SftpServer.start(settings));
    }

    @Bean(destroyMethod = "close")
    static RecurringApiSimulator demoApi(Environment environment) {
        DemoProperties properties = DemoEnvironment.properties(environment);
        return named(() -> RecurringApiSimulator.start(
                properties.simulator(Clock.systemUTC().instant())));
    }

    @Bean
    static SampleFolder sampleFolder(Environment environment, RecurringApiSimulator simulator, SftpServer sftp) {
        SampleFolder folder = new SampleFolder(sftp.settings().root(), simulator);
        DemoProperties properties = DemoEnvironment.properties(environment);
        if (properties.story()) {
            folder.fill(properties.invoices());
        }
        return folder;
    }

    @Bean
    static DemoStory demoStory(
            Environment environment, RecurringApiSimulator simulator, SampleFolder folder, SftpServer sftp) {
        return new DemoStory(DemoEnvironment.properties(environment), simulator, folder, sftp, environment);
    }

    private static <T> T named(Supplier<T> start) {
        try {
            return start.get();
        } catch (PortInUseException taken) {
            // Boot's own exception: the failure analysis names the setting of a port by its number.
            throw new org.springframework.boot.web.server.PortInUseException(taken.port(), taken);
        }
    }
}
