package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example files that {@code docs/file-formats.md} names are what an ERP can send. */
class ActionExamplesTest {

    private static final Path EXAMPLES = Path.of("docs/examples");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cancel.csv",
                "cancel.jsonl",
                "capture.csv",
                "refund.csv",
                "change.csv",
                "retry.csv",
                "credit-note.csv"
            })
    void theExampleOfAnActionIsAcceptedOnceItsInvoiceIs(String name) throws IOException {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("demo", "charge.csv", bytes("charge.csv"));
            rig.receive("demo", name, bytes(name));

            assertThat(rig.answers("charge.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
            assertThat(rig.answers(name)).isNotEmpty().allMatch(answer -> answer.endsWith("ACCEPTED -"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel.csv", "capture.csv", "refund.csv", "change.csv", "retry.csv"})
    void withoutItsInvoiceItIsRefused(String name) throws IOException {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("demo", name, bytes(name));

            assertThat(rig.answers(name)).isNotEmpty().allMatch(answer -> answer.endsWith("REFUSED TARGET_UNKNOWN"));
        }
    }

    @Test
    void thePageNamesEveryExample() throws IOException {
        String page = Files.readString(Path.of("docs/file-formats.md"));
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(page).contains("(examples/" + name + ")"));
        }
    }

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(EXAMPLES.resolve(name));
    }
}
