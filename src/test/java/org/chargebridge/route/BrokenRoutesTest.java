package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An edit in {@code routes/} that cannot run is refused at start, in lines that a person can act upon. */
@ExtendWith(OutputCaptureExtension.class)
class BrokenRoutesTest {

    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        gateway = new RunningGateway(folder, "on-failure");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void route(String id, String steps) throws IOException {
        Files.writeString(
                gateway.route(id),
                """
                - route:
                    id: %s
                    description: for a test
                    routeConfigurationId: on-failure
                    from:
                      uri: timer:test
                      steps:
                %s"""
                        .formatted(id, steps.indent(8)));
    }

    private String refusal(CapturedOutput output) {
        assertThatThrownBy(() -> gateway.start()).isInstanceOf(Exception.class);
        String err = output.getErr();
        assertThat(err).contains("Chargebridge cannot start:").doesNotContain("\tat ");
        return err.substring(err.indexOf("Chargebridge cannot start:"));
    }

    @Test
    void addressThatNoRouteBeginsWith(CapturedOutput output) throws IOException {
        route("a", "- to: direct:nowhere");

        assertThat(refusal(output)).contains("a.camel.yaml, line 8: no route begins with direct:nowhere");
    }

    @Test
    void beanThatDoesNotExist(CapturedOutput output) throws IOException {
        route("a", "- bean:\n    ref: nobody\n    method: call");

        assertThat(refusal(output)).contains("a.camel.yaml, line 9: there is no bean named nobody");
    }

    @Test
    void stepThatDoesNotExist(CapturedOutput output) throws IOException {
        route("a", "- lgo: hello");

        assertThat(refusal(output)).contains("a.camel.yaml, line 8").contains("lgo");
    }

    @Test
    void optionThatDoesNotExist(CapturedOutput output) throws IOException {
        route("a", "- to:\n    uri: log\n    parameters:\n      loggerName: a\n      perid: 10");

        assertThat(refusal(output)).contains("routes/a.camel.yaml: ").contains("perid");
    }

    @Test
    void textThatIsNotYaml(CapturedOutput output) throws IOException {
        Files.writeString(gateway.route("a"), "- route:\n    id: a\n   from: x\n");

        assertThat(refusal(output)).contains("a.camel.yaml, line 3");
    }

    @Test
    void placeholderThatNothingSets(CapturedOutput output) throws IOException {
        route("a", "- log: \"{{chargebridge.nothing.here}}\"");

        assertThat(refusal(output)).contains("routes/a.camel.yaml: ").contains("chargebridge.nothing.here");
    }

    @Test
    void fileThatIsNotNamedAfterItsRoute(CapturedOutput output) throws IOException {
        route("a", "- log: hello");
        Files.move(gateway.route("a"), gateway.route("b"));

        assertThat(refusal(output)).contains("b.camel.yaml: no route in it has the id b");
    }

    @Test
    void folderWithoutAnyRoute(CapturedOutput output) {
        assertThat(refusal(output)).contains("no route was found");
    }
}
