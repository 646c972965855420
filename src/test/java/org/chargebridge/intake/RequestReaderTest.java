package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Column;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final Channel CHANNEL = ChannelBuilder.channel().build();
    private static final Layout LAYOUT = new Layout(
            "CSV",
            Optional.empty(),
            Optional.of(';'),
            Optional.empty(),
            List.of("invoice_number", "agreement_id", "amount", "due_date", "description"),
            Map.of(
                    Column.INVOICE_NUMBER, 0,
                    Column.AGREEMENT_ID, 1,
                    Column.AMOUNT, 2,
                    Column.DUE_DATE, 3,
                    Column.DESCRIPTION, 4),
            Optional.empty());

    private static Request read(String... cells) {
        return new RequestReader(CHANNEL, LAYOUT).read(new Entry.Row(2, List.of(cells), Optional.empty(), true));
    }

    @Property
    void theOrderIdComesOfTheDocumentAndNeverOfItsAmountOrDate(
            @ForAll @StringLength(max = 80) String number,
            @ForAll @LongRange(min = 100, max = 1_000_000) long one,
            @ForAll @LongRange(min = 100, max = 1_000_000) long other) {
        Request first = read(number, "agr_a1", MinorUnits.toDecimalString(one), "2026-12-01", "a");
        Request second = read(number, "agr_b2", MinorUnits.toDecimalString(other), "2027-01-15", "b");

        assertThat(first.orderId()).isEqualTo(second.orderId());
        first.orderId().map(OrderId::value).ifPresent(id -> assertThat(id)
                .matches("demo(-[A-Za-z0-9-]+)?-[0-9a-z]{12}"));
        if (first.fault().isEmpty()) {
            assertThat(first.digest()).isNotEqualTo(second.digest());
        }
    }

    @Property
    void noCellsMakeTheReaderFail(@ForAll List<String> cells) {
        assertThat(read(cells.toArray(String[]::new)).position()).isEqualTo(2);
    }

    @Test
    void theSameContentWrittenInAnotherWayHasTheSameDigest() {
        assertThat(read("1001 ", "agr_a1", "1.250,00", "01.12.2026", " Strøm   november ")
                        .digest())
                .isEqualTo(read("1001", "agr_a1", "1250", "2026-12-01", "Strøm november")
                        .digest());
        assertThat(read("1001", "agr_a1", "1250", "2026-12-01", "Strøm desember")
                        .digest())
                .isNotEqualTo(read("1001", "agr_a1", "1250", "2026-12-01", "Strøm november")
                        .digest());
    }

    private static Request readAmounts(String amount, String amountMinor) {
        Layout layout = new Layout(
                "CSV",
                Optional.empty(),
                Optional.of(';'),
                Optional.empty(),
                List.of("invoice_number", "agreement_id", "due_date", "amount", "amount_minor"),
                Map.of(
                        Column.INVOICE_NUMBER, 0,
                        Column.AGREEMENT_ID, 1,
                        Column.DUE_DATE, 2,
                        Column.AMOUNT, 3,
                        Column.AMOUNT_MINOR, 4),
                Optional.empty());
        List<String> cells = List.of("1001", "agr_a1", "2026-12-01", amount, amountMinor);
        return new RequestReader(CHANNEL, layout).read(new Entry.Row(2, cells, Optional.empty(), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100,00 |         | 10000",
                "       | 10000   | 10000",
                "100,00 | 10000   | 10000",
                "100    | 010000  | 10000",
                "0      | 0       | 0"
            })
    void anAmountMayBeGivenInWholeMinorUnitsToo(String amount, String amountMinor, long minor) {
        Request request = readAmounts(amount == null ? "" : amount, amountMinor == null ? "" : amountMinor);

        assertThat(request.fault()).isEmpty();
        assertThat(request.amountMinor()).hasValue(minor);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100,00 | 10001            | AMOUNT_INVALID",
                "100,00 | 100              | AMOUNT_INVALID",
                "100,00 | -10000           | AMOUNT_INVALID",
                "x      | 10000            | AMOUNT_INVALID",
                "1.234  | 123400           | AMOUNT_AMBIGUOUS",
                "       | 100,00           | AMOUNT_INVALID",
                "       | 1E4              | AMOUNT_INVALID",
                "       | 1234567890123456 | AMOUNT_INVALID",
                "       |                  | FIELD_MISSING"
            })
    void amountsThatDoNotAgreeOrCannotBeReadAreNotGuessed(String amount, String amountMinor, ReasonCode code) {
        Request request = readAmounts(amount == null ? "" : amount, amountMinor == null ? "" : amountMinor);

        assertThat(request.fault())
                .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo(code));
    }

    @Test
    void aMarkThatNobodySeesMakesNoOtherDocumentOfANumber() {
        assertThat(read("1001\u200F", "agr_a1", "1", "2026-12-01", "").orderId())
                .isEqualTo(read("\u200E1001", "agr_a1", "1", "2026-12-01", "").orderId());
        assertThat(read("10\u00AD01", "agr_a1", "1", "2026-12-01", "").fault())
                .hasValueSatisfying(reason -> assertThat(reason.arguments()).contains("invoice_number", "10?01"));
    }

    @Test
    void theDescriptionIsTheSendersTextOrTheDocumentCutBetweenCharacters() {
        assertThat(read("1001", "agr_a1", "1", "2026-12-01", "").description()).isEqualTo("Faktura 1001");
        assertThat(read("1001", "agr_a1", "1", "2026-12-01", "a\tb\n c").description())
                .isEqualTo("a b c");
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69";
        assertThat(read("1001", "agr_a1", "1", "2026-12-01", "x".repeat(44) + "e\u0301\u0302 y")
                        .description())
                .hasSizeLessThanOrEqualTo(46)
                .startsWith("x".repeat(44));
        assertThat(read("1001", "agr_a1", "1", "2026-12-01", "x".repeat(44) + "\uD83D\uDE00\uD83D\uDE00")
                        .description())
                .isEqualTo("x".repeat(44) + "\uD83D\uDE00");
        assertThat(read("1001", "agr_a1", "1", "2026-12-01", family).description())
                .doesNotContain("\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#N/A",
                "#I/T",
                "#REF!",
                "#VERDI!",
                "#DIV/0!",
                "#NAVN?",
                "#PUUTTUU!",
                "########",
                "1001.0",
                "1001,00"
            })
    void whatASpreadsheetMadeOfANumberIsNone(String number) {
        assertThat(read(number, "agr_a1", "500", "2026-12-01", "").fault())
                .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo(ReasonCode.NUMBER_DAMAGED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#1001", "#A-1001", "#", "#A", "1001.1", "1001.10", "1.000", "A.0"})
    void aNumberMayHoldASignOrADot(String number) {
        assertThat(read(number, "agr_a1", "500", "2026-12-01", "").fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sum kunde 20001",
                "SUM: 20001",
                "Total",
                "Subtotal",
                "Delsum side 2",
                "Mellomsum",
                "I alt 20001",
                "Välisumma",
                "Yhteensä 20001",
                "** Totalsum",
                "Sluttsum",
                "Slutsum",
                "Grand total",
                "Totalbeløp",
                "Totalbeløb kunde 20001",
                "Tilsammen",
                "Til sammen",
                "Kontrollsum",
                "Loppusumma",
                "Kpl yhteensä",
                "Saldo",
                "Utgående saldo",
                "Opening balance",
                "Overført fra side 1"
            })
    void aLineThatSumsOthersUpIsNoInvoice(String number) {
        assertThat(read(number, "agr_a1", "500", "2026-12-01", "").fault())
                .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo(ReasonCode.RECORD_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SUM-1", "SUM2026001", "Summit 12", "TOTAL-7", "Sumo", "1001 Sum", "SALDO-1", "Overførsler"})
    void anInvoiceNumberMayHoldSuchAWord(String number) {
        assertThat(read(number, "agr_a1", "500", "2026-12-01", "").fault()).isEmpty();
    }
}
