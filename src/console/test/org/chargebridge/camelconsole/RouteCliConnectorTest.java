package org.chargebridge.camelconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.camel.console.DevConsole;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCliConnectorTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send",
                "eval",
                "load",
                "reload",
                "debug",
                "cli-debug",
                "stub",
                "transform",
                "bean",
                "browse",
                "receive",
                "source",
                "route-dump",
                "route-structure",
                "logger",
                "kafka",
                "startup-recorder",
                "processor",
                ""
            })
    void whatDoesMoreThanLookAndStopRoutesIsRefused(String action) {
        assertThat(RouteCliConnector.isCarriedOut(action)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"route", "trace", "top-processors"})
    void lookingAndStoppingRoutesIsDone(String action) {
        assertThat(RouteCliConnector.isCarriedOut(action)).isTrue();
    }

    @Test
    void requestIsReadOnceItIsWhole() {
        assertThat(RouteCliConnector.action("{\"action\": \"route\", \"id\": \"x\"}"))
                .isEqualTo("route");
        assertThat(RouteCliConnector.action("{\"action\": \"rou")).isEmpty();
        assertThat(RouteCliConnector.action("")).isEmpty();
        assertThat(RouteCliConnector.action("[]")).isEmpty();
    }

    @Test
    void directoryIsClosedToOtherUsersEvenIfItWasOpen() throws Exception {
        Path directory = Files.createDirectory(home.resolve(".camel"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        new RouteCliConnectors(home, true, "3").createConnector();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void withoutTheProfileThereIsNoConnectorAndNoDirectory() {
        assertThat(new RouteCliConnectors(home, false, "3").createConnector()).isNull();
        assertThat(home.resolve(".camel")).doesNotExist();
    }

    @Test
    void consolesThatActDoNotExist() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                ReadingConsoles consoles = new ReadingConsoles()) {
            consoles.setCamelContext(context);
            consoles.loadDevConsoles(true);

            assertThat(consoles.stream().map(DevConsole::getId)).containsExactlyInAnyOrderElementsOf(Consoles.READING);
            for (String id : new String[] {"send", "receive", "eval", "reload", "browse", "properties", "debug"}) {
                assertThat(consoles.resolveById(id)).as(id).isNull();
            }
        }
    }
}
