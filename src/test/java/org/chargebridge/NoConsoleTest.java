package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Without the Maven profile {@code console} nothing of Camel's own tools is in the program (ER23). */
class NoConsoleTest {

    @Test
    void toolsAreInTheirProfileOnly() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String without = pom.replaceAll("(?s)<profile>\\s*<id>console</id>.*?</profile>\\s*(?=<profile>)", "");
        assertThat(without).hasSizeLessThan(pom.length());

        for (String artifact :
                List.of("camel-management", "camel-console", "camel-cli-connector", "hawtio", "jolokia")) {
            assertThat(pom).contains(artifact);
            assertThat(without).doesNotContainPattern("<artifactId>" + Pattern.quote(artifact));
        }
    }

    @Test
    void theirClassesAreNotThere() {
        assumeFalse(isThere("org.chargebridge.camelconsole.CamelConsole"), "run with the profile");

        for (String type : List.of(
                "org.apache.camel.cli.connector.LocalCliConnector",
                "org.apache.camel.impl.console.DefaultDevConsoleRegistry",
                "io.hawt.springboot.HawtioEndpoint",
                "org.jolokia.server.core.http.AgentServlet")) {
            assertThat(isThere(type)).as(type).isFalse();
        }
    }

    private static boolean isThere(String type) {
        return NoConsoleTest.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
    }
}
