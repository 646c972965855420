package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes in which the same two invoices come, in each format: byte order mark, line ends, empty, packed. */
class FileShapesTest {

    private static final String CSV =
            IntakeRig.HEADER + "1001;C-1;agr_1;;100,00;2026-12-01;one\n1002;C-2;agr_2;;200,00;2026-12-01;two\n";
    private static final String JSON =
            """
            {"invoice_number":"1001","agreement_id":"agr_1","amount":100.00,"due_date":"2026-12-01"}
            {"invoice_number":"1002","agreement_id":"agr_2","amount":200.00,"due_date":"2026-12-01"}
            """;

    static Stream<Arguments> shapes() throws IOException {
        Stream.Builder<Arguments> shapes = Stream.builder();
        for (String text : List.of(CSV, JSON)) {
            String format = text.equals(CSV) ? "csv" : "json";
            shapes.add(Arguments.of(format + " as it should be", bytes(text), "RECORDED", 2));
            shapes.add(Arguments.of(format + " with a byte order mark", bytes("\uFEFF" + text), "RECORDED", 2));
            shapes.add(Arguments.of(format + " with CRLF", bytes(text.replace("\n", "\r\n")), "RECORDED", 2));
            shapes.add(Arguments.of(format + " with blank lines", bytes(text.replace("\n", "\n\n")), "RECORDED", 2));
            shapes.add(Arguments.of(format + " without its last line end", bytes(text.strip()), "RECORDED", 1));
            shapes.add(Arguments.of(format + " empty", bytes(""), "REFUSED", 0));
            shapes.add(Arguments.of(format + " with nothing but a mark", bytes("\uFEFF"), "REFUSED", 0));
            shapes.add(Arguments.of(format + " packed", packed(text), "REFUSED", 0));
        }
        return shapes.build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(text));
        }
        return packed.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void eachShapeIsReadWholeOrRefusedWithAReason(String name, byte[] content, String state, int accepted)
            throws Exception {
        Channel channel = name.startsWith("csv")
                ? ChannelBuilder.channel().build()
                : ChannelBuilder.channel()
                        .input(input -> new Channel.Input(
                                Channel.Format.JSON_LINES,
                                input.filePattern(),
                                input.charset(),
                                input.delimiter(),
                                input.decimalMark(),
                                input.datePattern(),
                                input.columns(),
                                input.trailer(),
                                input.finalLineEndRequired(),
                                input.jsonPointer(),
                                input.markerSuffix()))
                        .build();
        try (IntakeRig rig = new IntakeRig(channel)) {
            rig.receive(channel.name(), "a." + name.substring(0, 3), content);

            assertThat(rig.fileState("a." + name.substring(0, 3))).startsWith(state);
            assertThat(rig.recorded()).hasSize(accepted);
            int explained = rig.jdbc
                    .sql("select count(*) from outbound_file where kind = 'REASON'")
                    .query(Integer.class)
                    .single();
            assertThat(rig.receipts().size() + explained).isEqualTo(1);
        }
    }
}
