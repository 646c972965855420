package org.chargebridge.intake.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.intake.format.FormatRig.json;

import java.util.List;
import java.util.Map;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.api.Test;

class JsonLinesReaderTest {

    private static final String ONE =
            "{\"invoiceNumber\":\"1001\",\"customerNumber\":\"C1\",\"amount\":199.00,\"dueDate\":\"2026-12-01\"}";

    @Test
    void oneObjectALineIsReadWithItsLineNumber() {
        FormatRig.Read read =
                json(ONE + "\n\n{\"invoice_number\":1002,\"kid\":\"42\",\"amountMinor\":50}\n", FormatRig.input());

        assertThat(read.values(Column.INVOICE_NUMBER)).containsExactly("1001", "1002");
        assertThat(read.values(Column.AMOUNT)).containsExactly("199", "");
        assertThat(read.values(Column.AMOUNT_MINOR)).containsExactly("", "50");
        assertThat(read.rows()).extracting(Entry.Row::position).containsExactly(1, 3);
    }

    @Test
    void numbersAreDecimalsWhateverTheirLength() {
        FormatRig.Read read = json(
                "{\"amount\":1234.10}\n{\"amount\":1e2}\n{\"amount\":0.1}\n{\"amount\":1.234}\n", FormatRig.input());

        assertThat(read.values(Column.AMOUNT)).containsExactly("1234.1", "100", "0.1", "1.234");
    }

    @Test
    void halfACharacterBecomesWhatTheReaderRefuses() {
        assertThat(json("{\"invoiceNumber\":\"F\\ud83d-1\",\"description\":\"\\ud83d\\ude00\"}\n", FormatRig.input())
                        .values(Column.INVOICE_NUMBER))
                .containsExactly("F\uFFFD-1");
    }

    @Test
    void aLineThatIsNotJsonCostsItselfOnly() {
        FormatRig.Read read = json(
                ONE + "\n{\"a\":1,\"a\":2}\nnonsense\n{\"amount\":{\"value\":1}}\n[1]\n{} {}\n" + ONE,
                FormatRig.input());

        assertThat(read.rows())
                .extracting(row -> row.position() + " " + row.fault().isPresent() + " " + row.finished())
                .containsExactly(
                        "1 false true",
                        "2 true true",
                        "3 true true",
                        "4 true true",
                        "5 true true",
                        "6 true true",
                        "7 false false");
    }

    @Test
    void anArrayIsReadAndAnObjectThatHoldsOneAtAPointer() {
        assertThat(json("[" + ONE + "," + ONE + "]", FormatRig.input()).rows())
                .extracting(Entry.Row::position)
                .containsExactly(1, 2);
        assertThat(json("{\"x\":[1],\"d\":{\"results\":[" + ONE + "]},\"y\":2}", FormatRig.pointer("/d/results"))
                        .values(Column.INVOICE_NUMBER))
                .containsExactly("1001");
        assertThat(json("{\"x\":1}", FormatRig.pointer("/value")).refusal()).isEqualTo(ReasonCode.FILE_NOT_READABLE);
    }

    @Test
    void aCutArrayRefusesTheFile() {
        String whole = "[" + ONE + "," + ONE + "]";
        for (int length = 1; length < whole.length(); length++) {
            assertThat(json(whole.substring(0, length), FormatRig.input()).refusal())
                    .as("cut at %d", length)
                    .isEqualTo(ReasonCode.FILE_NOT_READABLE);
        }
    }

    @Test
    void keysOfAVendorAreMappedByNameOrPointer() {
        FormatRig.Read read = json(
                "{\"No\":\"1001\",\"customer\":{\"id\":\"C7\"},\"amount\":\"10.00\"}\n",
                FormatRig.input(null, null, Map.of("invoice_number", "No", "customer_number", "/customer/id")));

        assertThat(read.values(Column.INVOICE_NUMBER)).containsExactly("1001");
        assertThat(read.values(Column.CUSTOMER_NUMBER)).containsExactly("C7");
    }

    @Test
    void twoKeysForOneFieldCostTheirOwnLineOnly() {
        FormatRig.Read read = json(ONE + "\n{\"amount\":1,\"Amount\":2}\n" + ONE + "\n", FormatRig.input());

        assertThat(read.rows()).extracting(row -> row.fault().isPresent()).containsExactly(false, true, false);
        assertThat(read.rows().get(1).fault().orElseThrow().arguments().get(1)).contains("amount (1)", "Amount (2)");
    }

    @Test
    void aKeyThatTheChannelNamesGoesBeforeAliasesThatWouldClash() {
        FormatRig.Read read = json(
                "{\"number\":\"1001\",\"documentNumber\":\"9\",\"amount\":1}\n",
                FormatRig.input(null, null, Map.of("invoice_number", "number")));

        assertThat(read.values(Column.INVOICE_NUMBER)).containsExactly("1001");
    }

    @Test
    void whatFollowsTheEndOfAnArrayRefusesTheFileAndIsNotLost() {
        String array = "[" + ONE + "]";
        for (String text : List.of(array + "\n" + array, array + " {}", array + array + "\n")) {
            assertThat(json(text, FormatRig.input()).refusal()).as(text).isEqualTo(ReasonCode.FILE_NOT_READABLE);
        }
        String object = "{\"value\":" + array + ",\"more\":{\"a\":[1]}}";
        assertThat(json(object, FormatRig.pointer("/value")).rows()).hasSize(1);
        assertThat(json(object + "\n" + object, FormatRig.pointer("/value")).refusal())
                .isEqualTo(ReasonCode.FILE_NOT_READABLE);
    }

    @Test
    void recordsThatStandInsideAnObjectAreSaidToNeedAPointer() {
        FormatRig.Read read = json("{\"@odata.context\":\"x\",\"value\":[" + ONE + "]}\n", FormatRig.input());

        assertThat(read.rows().get(0).fault().orElseThrow().arguments().get(1)).contains("RECORDS_IN_ARRAY", "value");
        assertThat(json("{\n  \"value\": [" + ONE + "]\n}\n", FormatRig.input()).refusal())
                .isEqualTo(ReasonCode.FILE_NOT_READABLE);
    }

    @Test
    void nothingOfAnObjectOverSeveralLinesIsTakenWhereItsRecordsStandOnLinesOfTheirOwn() {
        for (String start : new String[] {"{\"value\":[", "{ \"a\": 1,", "{\"value\": {"}) {
            FormatRig.Read read = json(start + "\n" + ONE + ",\n" + ONE + "\n]}\n", FormatRig.input());

            assertThat(read.refusal()).as(start).isEqualTo(ReasonCode.FILE_NOT_READABLE);
        }
        assertThat(json(ONE + "\n{\"value\":[\n" + ONE + "\n", FormatRig.input())
                        .rows())
                .hasSize(3);
    }

    @Test
    void aControlObjectStatesCountAndSum() {
        Entry.Trailer trailer =
                (Entry.Trailer) json(ONE + "\n{\"control\":{\"count\":1,\"sum\":\"199.00\"}}\n", FormatRig.input())
                        .entries()
                        .get(1);

        assertThat(trailer.readable()).isTrue();
        assertThat(trailer.count()).contains(1L);
    }
}
