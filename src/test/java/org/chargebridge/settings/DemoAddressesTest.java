package org.chargebridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** The demo reads config/application.yaml too, so it must not talk to anything but this machine (ER17). */
class DemoAddressesTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private static List<String> problems(Map<String, Object> settings) throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setActiveProfiles("demo");
        environment.getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(settings)));
        new YamlPropertySourceLoader()
                .load("demo", new FileSystemResource("config/application-demo.yaml"))
                .forEach(source -> environment.getPropertySources().addLast(source));
        // The demo's own server makes its key at its first start and sets it here.
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("server", Map.of("chargebridge.demo.sftp-host-key", KEY)));
        try {
            new StartChecks(environment).postProcessBeanFactory(new DefaultListableBeanFactory());
            return List.of();
        } catch (InvalidSettingsException e) {
            return e.problems().stream()
                    .filter(problem -> !problem.what().equals("is not a setting"))
                    .map(SettingProblem::line)
                    .toList();
        }
    }

    @Test
    void theDemoAsItComesIsAllowed() throws Exception {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void everyOtherAddressIsRefused() throws Exception {
        assertThat(problems(Map.of(
                        "chargebridge.api.base-url", "https://api.vipps.no",
                        "chargebridge.channels.demo.sftp.host", "sftp.example.com",
                        "spring.datasource.url", "jdbc:postgresql://db.example.com/ledger")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("chargebridge.api.base-url = https://api.vipps.no: is not"),
                        line -> assertThat(line).startsWith("chargebridge.channels.demo.sftp.host = sftp.example.com"),
                        line -> assertThat(line).startsWith("spring.datasource.url = jdbc:postgresql://db.example.com"),
                        line -> assertThat(line).startsWith("chargebridge.clock.follow = "));
    }

    @Test
    void databasesOnThisMachineAreAllowed() throws Exception {
        for (String url :
                List.of("//localhost/x", "//127.0.0.1:5432/x?user=a", "ledger", "//localhost:1,localhost:2/x")) {
            assertThat(problems(Map.of("spring.datasource.url", "jdbc:postgresql:" + url)))
                    .isEmpty();
        }
        assertThat(problems(Map.of("spring.datasource.url", "jdbc:postgresql://localhost,db.example.com/x")))
                .hasSize(1);
    }
}
