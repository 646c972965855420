package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chargebridge.channel.Channel;
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

    @ParameterizedTest
    @ValueSource(strings = {"draft-agreement.csv", "update-agreement.csv", "stop-agreement.csv", "query.csv"})
    void theExampleOfAnActionOnAgreementsIsAccepted(String name) throws IOException {
        Channel channel = ChannelBuilder.channel()
                .agreements(none -> new Channel.Agreements(
                        false,
                        Channel.DraftWay.LINK,
                        Optional.of("https://pay.example.com"),
                        Optional.of("https://www.example.com/thanks"),
                        Optional.of("https://www.example.com/agreements"),
                        "Example"))
                .build();
        try (IntakeRig rig = new IntakeRig(channel)) {
            rig.receive("demo", name, bytes(name));

            assertThat(rig.answers(name)).isNotEmpty().allMatch(answer -> answer.endsWith("ACCEPTED -"));
        }
    }

    @Test
    void whatIsChargedAtOnceIsAcceptedWhereTheChannelAllowsIt() throws IOException {
        try (IntakeRig rig =
                new IntakeRig(ChannelBuilder.channel().unscheduled().build())) {
            rig.receive("demo", "unscheduled.csv", bytes("unscheduled.csv"));

            assertThat(rig.answers("unscheduled.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -", "4 ACCEPTED -");
        }
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("demo", "unscheduled.csv", bytes("unscheduled.csv"));

            assertThat(rig.answers("unscheduled.csv"))
                    .containsExactly(
                            "2 REFUSED UNSCHEDULED_NOT_ALLOWED", "3 REFUSED UNSCHEDULED_NOT_ALLOWED", "4 ACCEPTED -");
        }
    }

    @Test
    void agreementsAreOfferedOnlyWhereThatIsSetUpAndWhatCannotBeReadIsNamed() throws IOException {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("demo", "draft-agreement.csv", bytes("draft-agreement.csv"));
            rig.receive(
                    "changes.csv",
                    "action;invoice_number;agreement_id;product_name\nupdate-agreement;U-1;;Name\n"
                            + "update-agreement;U-2;agr_one1;\nupdate-agreement;;agr_one1;Name\nquery;;agr one;\n");

            assertThat(rig.answers("draft-agreement.csv"))
                    .isNotEmpty()
                    .allMatch(answer -> answer.endsWith("REFUSED DRAFT_NOT_SET_UP"));
            assertThat(rig.answers("changes.csv"))
                    .containsExactly(
                            "2 REFUSED FIELD_MISSING",
                            "3 REFUSED FIELD_MISSING",
                            "4 REFUSED FIELD_MISSING",
                            "5 REFUSED AGREEMENT_ID_MALFORMED");
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
