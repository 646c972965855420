package org.chargebridge.reporting.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.api.Test;

class RecordWriterTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String written(Charset charset) {
        return out.toString(charset);
    }

    @Test
    void theReasonOfAnEarlierErrorsFileIsReplacedWhereverItStands() throws IOException {
        RecordWriter writer =
                RecordWriter.csv(List.of("reason_text", "a", "REASON_CODE", "b"), StandardCharsets.UTF_8, '\t', out);
        writer.write(List.of("old", "1", "OLD", "2"), Optional.of(ReasonCode.CONFLICT), "new");
        writer.flush();

        assertThat(written(StandardCharsets.UTF_8))
                .isEqualTo("a\tb\treason_code\treason_text\r\n1\t2\tCONFLICT\tnew\r\n");
    }

    @Test
    void aRecordWithTooFewOrTooManyCellsLosesNothing() throws IOException {
        RecordWriter writer = RecordWriter.csv(List.of("a", "b"), StandardCharsets.UTF_8, ';', out);
        writer.write(List.of("1"), Optional.empty(), "few");
        writer.write(List.of("1", "2", "3;4"), Optional.empty(), "many");
        writer.flush();

        assertThat(written(StandardCharsets.UTF_8))
                .isEqualTo("a;b;reason_code;reason_text\r\n1;;;few\r\n1;2;;many;\"3;4\"\r\n");
    }

    @Test
    void utf16BeginsWithItsByteOrderMark() throws IOException {
        RecordWriter writer = RecordWriter.csv(List.of("å"), StandardCharsets.UTF_16LE, ';', out);
        writer.write(List.of("ø"), Optional.empty(), "");
        writer.flush();

        assertThat(written(StandardCharsets.UTF_16LE))
                .startsWith("\uFEFFå;reason_code")
                .contains("ø;;");
    }

    @Test
    void aCharsetThatIsNotThereFallsBackToUtf8() {
        assertThat(RecordWriter.charset(Optional.of("windows-1252"))).isEqualTo(Charset.forName("windows-1252"));
        assertThat(RecordWriter.charset(Optional.of("x-no such"))).isEqualTo(StandardCharsets.UTF_8);
        assertThat(RecordWriter.charset(Optional.empty())).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void jsonNumbersComeBackDigitForDigit() throws IOException {
        RecordWriter writer = RecordWriter.jsonLines(List.of(), Map.of(), out);
        writer.write(
                List.of("{\"amount\":100.10,\"big\":12345678901234567890.123,\"exp\":1E+3}"),
                Optional.of(ReasonCode.CONFLICT),
                "text");
        writer.write(List.of("[1,2]"), Optional.empty(), "no object");
        writer.flush();

        assertThat(written(StandardCharsets.UTF_8))
                .contains("\"amount\":100.10,\"big\":12345678901234567890.123,")
                .contains("\"reasonCode\":\"CONFLICT\",\"reasonText\":\"text\"}\n")
                .contains("{\"record\":\"[1,2]\",\"reasonCode\":null,\"reasonText\":\"no object\"}\n");
    }

    @Test
    void aJsonRecordWithAKeyTwiceComesBackWithBoth() throws IOException {
        RecordWriter writer = RecordWriter.jsonLines(List.of(), Map.of(), out);
        writer.write(List.of("{\"amount\":199,\"amount\":5}"), Optional.of(ReasonCode.RECORD_MALFORMED), "text");
        writer.flush();

        assertThat(written(StandardCharsets.UTF_8))
                .startsWith("{\"record\":\"{\\\"amount\\\":199,\\\"amount\\\":5}\",");
    }

    @Test
    void aJsonRecordOfWhichOnlyTheCellsWereKeptIsWrittenAsTheReaderFindsIt() throws IOException {
        RecordWriter writer = RecordWriter.jsonLines(
                List.of("invoice_number", "due_date", "kid"),
                Map.of("Invoice Number", "/head/no", "kid", "REF/1"),
                out);
        writer.write(List.of("1001", "", "00812"), Optional.of(ReasonCode.FIELD_MISSING), "text");
        writer.write(List.of("{\"a\":"), Optional.of(ReasonCode.RECORD_MALFORMED), "text");
        writer.write(List.of("1002", "", "", "{\"no\":1002,\"extra\":true}"), Optional.empty(), "text");
        writer.flush();

        assertThat(written(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "{\"head\":{\"no\":\"1001\"},\"REF/1\":\"00812\",\"reasonCode\":\"FIELD_MISSING\","
                                + "\"reasonText\":\"text\"}",
                        "{\"record\":\"{\\\"a\\\":\",\"reasonCode\":\"RECORD_MALFORMED\",\"reasonText\":\"text\"}",
                        "{\"no\":1002,\"extra\":true,\"reasonCode\":null,\"reasonText\":\"text\"}");
    }
}
