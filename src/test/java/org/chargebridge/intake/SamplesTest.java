package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.Currency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The samples of docs/file-formats.md are what it says they are. */
class SamplesTest {

    private static final Path SAMPLES = Path.of("docs/samples/in");

    private final IntakeRig rig = new IntakeRig(
            ChannelBuilder.channel().build(),
            ChannelBuilder.channel()
                    .name("suomi")
                    .sourceId("suomi")
                    .msn("654321")
                    .currency(Currency.EUR)
                    .build());

    @AfterEach
    void close() {
        rig.close();
    }

    private List<String> judged(String channel, String name) throws IOException {
        rig.receive(channel, name, Files.readAllBytes(SAMPLES.resolve(name)));
        return rig.answers(name);
    }

    @Test
    void everySampleIsJudgedAsThePageSays() throws IOException {
        assertThat(judged("demo", "agreements.csv")).hasSize(3).allMatch(a -> a.endsWith("ACCEPTED MAPPING_RECORDED"));
        assertThat(judged("demo", "generic.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -", "4 ACCEPTED -");
        assertThat(judged("demo", "kundereskontro.csv")).containsExactly("4 ACCEPTED -", "5 ACCEPTED -");
        assertThat(judged("demo", "invoices.jsonl")).containsExactly("1 ACCEPTED -", "2 ACCEPTED -");
        assertThat(judged("demo", "actions.csv"))
                .containsExactly(
                        "2 HELD CREDITED_IN_FILE",
                        "3 IGNORED REGISTERED_AS_KNOWN",
                        "4 HELD CREDIT_NOTE",
                        "5 REFUSED DISCARD_NOT_POSSIBLE",
                        "6 REFUSED TARGET_UNKNOWN");
        assertThat(rig.recorded())
                .contains("demo-20001 30000 2026-12-01 agr_Demo1001", "demo-40002 4990 2026-12-15 agr_Demo1002");
    }

    @Test
    void theFinnishSampleIsReadInItsMarket() throws IOException {
        rig.receive("suomi", "agreements.csv", Files.readAllBytes(SAMPLES.resolve("agreements.csv")));
        assertThat(judged("suomi", "laskut.csv")).containsExactly("2 ACCEPTED -", "3 REFUSED CURRENCY_MISMATCH");
    }

    @Test
    void noSampleIsLeftOut() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "agreements.csv",
                            "generic.csv",
                            "kundereskontro.csv",
                            "laskut.csv",
                            "invoices.jsonl",
                            "actions.csv");
        }
    }

    @Test
    void thePageNamesEveryHeading() throws IOException {
        String page = Files.readString(Path.of("docs/file-formats.md"));
        for (var column : org.chargebridge.intake.format.Column.values()) {
            assertThat(page).contains(column.heading());
        }
    }
}
