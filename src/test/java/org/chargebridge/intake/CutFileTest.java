package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A valid file cut at every byte: what is accepted is a line of the whole file, with its content. */
class CutFileTest {

    private static final String CSV =
            """
            Kundereskontro pr. 20.11.2026
            invoice_number;customer_number;agreement_id;amount;due_date;description
            1001;C1;agr_abc1;1.250,00;2026-12-01;"Strøm ""fast""
            november"
            1002;C2;agr_abc2;10000;01.12.2026;Blåbær å
            1003;C3;agr_abc3;99,50;2026-12-15;Æble
            """;

    private static final String JSON =
            """
            {"invoiceNumber":"1001","agreementId":"agr_abc1","amount":"1250.00","dueDate":"2026-12-01"}
            {"invoiceNumber":"1002","agreementId":"agr_abc2","amountMinor":1000000,"dueDate":"2026-12-01"}
            """;

    record Sample(String name, byte[] bytes, int lines) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("utf-8.csv", CSV.getBytes(StandardCharsets.UTF_8), 3),
                new Sample("windows.csv", CSV.replace("\n", "\r\n").getBytes(Charset.forName("windows-1252")), 3),
                new Sample("utf-16.csv", ("\uFEFF" + CSV).getBytes(StandardCharsets.UTF_16LE), 3),
                new Sample("trailer.csv", (CSV + "TRAILER;3;11.349,50\n").getBytes(StandardCharsets.UTF_8), 3),
                new Sample("lines.jsonl", JSON.getBytes(StandardCharsets.UTF_8), 2));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothingIsChargedThatIsNotALineOfTheWholeFile(Sample sample) {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("demo", sample.name(), sample.bytes());
            Map<Integer, String> whole = lines(rig);
            assertThat(whole).hasSize(sample.lines());

            for (int length = 0; length < sample.bytes().length; length++) {
                empty(rig);
                rig.receive("demo", "cut-" + sample.name(), Arrays.copyOf(sample.bytes(), length));
                assertThat(whole.entrySet())
                        .as("cut at %d", length)
                        .containsAll(lines(rig).entrySet());
            }
            rig.receive("demo", sample.name(), sample.bytes());
            assertThat(lines(rig).values())
                    .as("the whole file after the last cut")
                    .containsAll(whole.values());
        }
    }

    private static Map<Integer, String> lines(IntakeRig rig) {
        Map<Integer, String> lines = new HashMap<>();
        rig.jdbc
                .sql(
                        """
                        select position, order_id || amount_minor || currency || effective_due || agreement_id
                            || description || retry_days || coalesce(external_id, '-') as content
                        from instruction where action = 'CHARGE' order by file_id, position
                        """)
                .query(row -> {
                    lines.put(row.getInt("position"), row.getString("content"));
                });
        return lines;
    }

    private static void empty(IntakeRig rig) {
        for (String table : List.of(
                "receipt_request",
                "arrival",
                "block",
                "instruction",
                "intake_exception",
                "dead_letter",
                "inbound_file_part",
                "inbound_file_total",
                "inbound_file")) {
            rig.jdbc.sql("delete from " + table).update();
        }
    }
}
