package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.reporting.GoldenFile;
import org.junit.jupiter.api.Test;

class SettlementRowsTest {

    @Test
    void theSamplesAreWhatIsWritten() throws IOException {
        GoldenFile.assertSame(Samples.OWNER + ".csv", Samples.written(Format.CSV, Samples.owner()));
        GoldenFile.assertSame(Samples.SHARER + ".csv", Samples.written(Format.CSV, Samples.sharer()));
        GoldenFile.assertSame(Samples.OWNER + ".jsonl", Samples.written(Format.JSON_LINES, Samples.owner()));
    }

    @Test
    void everythingOfTheSamplesIsInTheirLines() throws IOException {
        assertThat(ReadBack.rows(Samples.written(Format.CSV, Samples.owner())))
                .isEqualTo(ReadBack.jsonLines(Samples.written(Format.JSON_LINES, Samples.owner())))
                .isEqualTo(ReadBack.camt054(Samples.written(Format.CAMT_054, Samples.owner()), 2));
    }

    @Test
    void theBankIsExpectedToShowWhatThePayoutsLinesLeave() throws IOException {
        var records = ReadBack.csv(Samples.written(Format.CSV, Samples.owner()), ';');
        int net = SettlementRows.COLUMNS.indexOf("net");
        int payout = SettlementRows.COLUMNS.indexOf("payout_id");
        int type = SettlementRows.COLUMNS.indexOf("entry_type");

        CsvRecord bank = records.stream()
                .filter(row -> row.getFields().contains("EXPECTED_AT_BANK"))
                .findFirst()
                .orElseThrow();

        assertThat(bank.getField(payout)).isEqualTo(Samples.PAYOUT);
        assertThat(new BigDecimal(bank.getField(net)))
                .isEqualTo(ReadBack.sum(records.stream()
                        .filter(row -> row.getField(payout).equals(Samples.PAYOUT))
                        .filter(row -> !row.getField(type).equals("control"))
                        .filter(row -> !row.getField(type).equals("payout-scheduled"))
                        .map(row -> new BigDecimal(row.getField(net)))));
    }

    /** Money of days that are not told leaves with the first payout: without this its lines would not make zero. */
    @Test
    void theBalanceBeforeIsToldWhereThereIsOne() throws IOException {
        int net = SettlementRows.COLUMNS.indexOf("net");
        var owned = ReadBack.csv(Samples.written(Format.CSV, Samples.owner()), ';').stream()
                .filter(row -> row.getFields().contains("BALANCE_BEFORE"))
                .map(row -> row.getField(net))
                .toList();
        var shared = ReadBack.csv(Samples.written(Format.CSV, Samples.sharer()), ';').stream()
                .filter(row -> row.getFields().contains("BALANCE_BEFORE"))
                .toList();

        assertThat(owned).containsExactly("125.00");
        assertThat(shared).isEmpty();
    }
}
