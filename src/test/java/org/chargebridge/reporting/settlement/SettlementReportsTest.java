package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;
import static org.chargebridge.settlement.Ledgers.LEDGER;

import java.time.Duration;
import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.channel.Settlement.Period;
import org.chargebridge.channel.SettlementBuilder;
import org.chargebridge.charge.EntryType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettlementReportsTest {

    private SettlementRig rig;

    private SettlementRig rig(SettlementBuilder settings) {
        rig = new SettlementRig(channel().settlement(settings.build()).build());
        return rig;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aPayoutsLinesNameTheirInvoicesAndAddUpToZeroWithThePayout() {
        rig(settlement()).lines.file("demo", 3);
        rig.ledgers
                .entry("2026-12-01", "capture", 10_000, "P1", "demo-00000001")
                .entry("2026-12-01", "capture", 10_000, "P2", "demo-00000002")
                .entry("2026-12-01", "refund", -2_500, "P3", "demo-00000001")
                .payout("2026-12-01", 7, 481);
        rig.writeAll();

        assertThat(rig.names()).containsExactly("demo/in/settlement-demo-payout-1-20261201.csv");
        assertThat(rig.columns(
                        "entry_type", "invoice_number", "gross", "fee", "net", "payout_id", "payout_date", "remark"))
                .containsExactly(
                        "capture|INV1|100.00|0.00|100.00|302321-7|2026-12-03|",
                        "capture|INV2|100.00|0.00|100.00|302321-7|2026-12-03|",
                        "refund|INV1|-25.00|0.00|-25.00|302321-7|2026-12-03|",
                        "fees-retained||0.00|4.81|-4.81|302321-7|2026-12-03|",
                        "payout-scheduled||-170.19|0.00|-170.19|302321-7|2026-12-03|",
                        "control||||170.19|302321-7|2026-12-03|EXPECTED_AT_BANK",
                        "control|5|4.81|4.81|0.00|||SUM");
    }

    @Test
    void aReportIsMadeOnceWhoeverIsWokenUpAndHowOften() {
        rig(settlement()).ledgers.entry("2026-12-01", "capture", 100, "P1", "x").payout("2026-12-01", 1, 0);
        rig.writeAll();
        rig.reports.write("demo");
        rig.reports.write("demo");
        assertThat(rig.names()).hasSize(1);
        rig.ledgers.entry("2026-12-02", "capture", 100, "P2", "x").payout("2026-12-02", 2, 0);
        rig.writeAll();
        assertThat(rig.names())
                .containsExactly(
                        "demo/in/settlement-demo-payout-1-20261201.csv",
                        "demo/in/settlement-demo-payout-2-20261202.csv");
    }

    @Test
    void nothingIsReportedOfADayThatIsStillOpen() {
        rig(settlement())
                .ledgers
                .datesStayOpen(true)
                .entry("2026-12-01", "capture", 100, "P1", "x")
                .payout("2026-12-01", 1, 0);
        rig.writeAll();
        assertThat(rig.names()).isEmpty();
    }

    @Test
    void aPayoutThatIsReadWhileTheFilesOfAReportAreWrittenIsInNoneOfThem() {
        rig(settlement().posting(Format.CSV, Period.DATE)).ledgers.entry("2026-11-30", "capture", 100, "P1", "x");
        rig.writeAll();
        String payouts = "select count(payout_number)::text from settlement_line where report_id = 1";
        assertThat(rig.text(payouts)).as("what waits for a payout").isEqualTo("0");

        rig.ledgers.payout("2026-12-01", 1, 0).fetchAfter(Duration.ofHours(1));

        assertThat(rig.text(payouts)).as("what the next file would say").isEqualTo("0");
    }

    @Test
    void whatIsOlderThanTheFirstDayIsInNoReportAndInTheOpeningBalance() {
        rig(settlement().from("2026-12-02"))
                .ledgers
                .entry("2026-11-30", "capture", 500, "P1", "x")
                .entry("2026-12-02", "capture", 100, "P2", "x")
                .payout("2026-12-02", 1, 0);
        rig.writeAll();

        assertThat(rig.columns("entry_type", "net"))
                .containsExactly(
                        "capture|1.00", "payout-scheduled|-6.00", "control|5.00", "control|6.00", "control|-5.00");
        assertThat(rig.text("select opening_minor::text from settlement_report"))
                .isEqualTo("500");
    }

    @Test
    void anOlderEntryThatComesBehindAPayoutIsNoPartOfTheBalanceBeforeIt() {
        rig(settlement().from("2026-12-01"))
                .ledgers
                .entry("2026-12-01", "capture", 100, "P1", "x")
                .payout("2026-12-01", 1, 0)
                .entry("2026-11-30", "correction", 45, "P2", "x")
                .entry("2026-12-02", "capture", 10, "P3", "x")
                .payout("2026-12-02", 2, 0);
        rig.writeAll();

        assertThat(
                        rig.text(
                                "select string_agg(opening_minor || ' ' || sum_minor, ', ' order by id) from settlement_report"))
                .isEqualTo("0 0, 0 0");
        assertThat(rig.columns("entry_type", "net"))
                .contains("correction|0.45", "capture|0.10", "payout-scheduled|-0.55");
    }

    @ParameterizedTest
    @EnumSource(Period.class)
    void whatComesLateForADayBeforeTheFirstIsInTheNextReportWhichBeginsWhereTheOneBeforeEnded(Period period) {
        rig(settlement().from("2026-11-30").posting(Format.CSV, period))
                .ledgers
                .entry("2026-11-27", "capture", 500, "P1", "x")
                .entry("2026-11-30", "capture", 100, "P2", "x")
                .payout("2026-11-30", 1, 0);
        rig.writeAll();
        rig.ledgers
                .entry("2026-11-28", "correction", 7, "P3", "x")
                .entry("2026-12-01", "capture", 100, "P4", "x")
                .payout("2026-12-01", 2, 0);
        rig.clock.moveTo("2027-01-02T06:00:00Z");
        rig.writeAll();

        assertThat(rig.columns("psp_reference", "ledger_date", "amount_minor", "remark"))
                .startsWith("P3|2026-11-28|7|LATE", "P4|2026-12-01|100|UNMATCHED");
        assertThat(balances()).as("opening and closing").containsExactly("500 0", "0 0");
    }

    @Test
    void aFirstDayThatIsMovedLaterTakesNothingFromReportsAndBalance() {
        rig(settlement().from("2026-11-30")).ledgers.entry("2026-11-30", "capture", 100, "P1", "x");
        rig.ledgers.payout("2026-11-30", 1, 0);
        rig.writeAll();
        rig.ledgers.entry("2026-12-01", "capture", 200, "P2", "x").payout("2026-12-02", 2, 0);
        rig.ledgers.fetchAfter(Duration.ofHours(1));
        rig.reportsFrom("2026-12-02").write("demo");

        assertThat(rig.columns("psp_reference", "amount_minor")).startsWith("P2|200", LEDGER + "-2|-200");
        assertThat(balances()).containsExactly("0 0", "0 0");
    }

    @Test
    void aFirstDayThatIsSetLaterLeavesNoPayoutOutOnceReportsWereMade() {
        rig(settlement()).ledgers.entry("2026-12-01", "capture", 100, "P1", "x").payout("2026-12-01", 1, 0);
        rig.writeAll();
        rig.ledgers.entry("2026-12-02", "capture", 200, "P2", "x").payout("2026-12-02", 2, 0);
        rig.ledgers.fetchAfter(Duration.ofHours(1));
        rig.reportsFrom("2026-12-10").write("demo");

        assertThat(rig.names())
                .containsExactly(
                        "demo/in/settlement-demo-payout-1-20261201.csv",
                        "demo/in/settlement-demo-payout-2-20261202.csv");
    }

    @Test
    void aStartIsRefusedThatWouldPostAnotherKindOfPeriodThanBefore() {
        rig(settlement().information(Format.CSV, Period.DATE))
                .ledgers
                .entry("2026-12-01", "capture", 100, "P1", "x")
                .payout("2026-12-01", 1, 0);
        rig.startWith(settlement().posting(Format.CSV, Period.DATE));
        rig.writeAll();
        rig.startWith(settlement().posting(Format.CAMT_054, Period.PAYOUT));

        assertThatThrownBy(() -> rig.startWith(settlement().posting(Format.CSV, Period.DATE)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(
                        "chargebridge.channels.demo.settlement.period = date: reports by payout were posted up to"
                                + " 2026-12-01, and what stands in them would be posted again. Set it back to payout.");
    }

    private List<String> balances() {
        return rig.database
                .jdbc()
                .sql("select opening_minor || ' ' || opening_minor + sum_minor from settlement_report order by id")
                .query(String.class)
                .list();
    }

    @Test
    void feesAndPayoutsComeLastWhicheverWordTheApiHasForThem() {
        rig(settlement().posting(Format.CSV, Period.DATE));
        EntryType.words(type -> true).forEach(word -> rig.ledgers.entry("2026-12-01", word, 1, word, "x"));
        rig.writeAll();

        assertThat(rig.database
                        .jdbc()
                        .sql("select entry_type from settlement_line where rank > 2")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(
                        EntryType.words(type -> type.isPayout() || type == EntryType.FEES_RETAINED))
                .contains("scheduled-for-payout", "payout-scheduled");
    }

    @Test
    void twoSettlementsOnOneDateAreTwoReports() {
        rig(settlement())
                .ledgers
                .entry("2026-12-01", "capture", 900, "P1", "x")
                .payout("2026-12-01", 1, 0)
                .entry("2026-12-01", "capture", 800, "P2", "y")
                .payout("2026-12-01", 2, 0);
        rig.writeAll();

        assertThat(rig.names())
                .containsExactly(
                        "demo/in/settlement-demo-payout-1-20261201.csv",
                        "demo/in/settlement-demo-payout-2-20261201.csv");
        assertThat(rig.columns("psp_reference", "net", "remark"))
                .as("the second is no late part of the first")
                .startsWith("P2|8.00|UNMATCHED", LEDGER + "-2|-8.00|");
    }

    @Test
    void anEntryThatComesAfterItsDayWasToldIsInTheNextReportAndMarked() {
        rig(settlement().posting(Format.CSV, Period.DATE)).ledgers.entry("2026-12-01", "capture", 100, "P1", "x");
        rig.writeAll();
        rig.ledgers.entry("2026-12-01", "capture", 7, "P2", "x").entry("2026-12-02", "capture", 200, "P3", "x");
        rig.writeAll();

        assertThat(rig.columns("psp_reference", "ledger_date", "remark").subList(0, 2))
                .containsExactly("P2|2026-12-01|LATE UNMATCHED", "P3|2026-12-02|UNMATCHED");
    }

    @Test
    void anAbortedPayoutHasALineOfItsOwnInTheNextReport() {
        rig(settlement()).ledgers.entry("2026-12-01", "capture", 900, "P1", "x").payout("2026-12-01", 1, 0);
        rig.writeAll();
        rig.ledgers
                .entry("2026-12-02", "payout-aborted", 900, LEDGER + "-1", "Utb.", "")
                .payout("2026-12-02", 2, 0);
        rig.writeAll();

        assertThat(rig.columns("entry_type", "net"))
                .startsWith("payout-aborted|9.00", "payout-scheduled|-9.00", "control|9.00", "control|0.00");
    }

    @Test
    void noReportGoesBeyondAGapUntilAPersonLetsGoOfIt() {
        rig(settlement())
                .ledgers
                .entry("2026-12-01", "capture", 900, "P1", "x")
                .payout("2026-12-01", 1, 0)
                .entry("2026-12-02", "capture", 100, "P2", "x")
                .gap(3)
                .payout("2026-12-02", 2, 0);
        rig.writeAll();
        assertThat(rig.names()).containsExactly("demo/in/settlement-demo-payout-1-20261201.csv");
        letGoOfTheGap();
        rig.writeAll();
        assertThat(rig.names()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"fees-invoiced, Gross", "fees-retained, Net", "capture-fee, Net"})
    void thePortalsXmlSaysWhetherFeesComeOnAnInvoice(String last, String type) {
        rig(settlement().posting(Format.PORTAL_XML, Period.PAYOUT))
                .ledgers
                .fee("2026-11-30", last, 3, "", "", "")
                .fee("2026-12-01", "capture-fee", -3, "P1", "x", "123456")
                .entry("2026-12-01", "capture", 100, "P1", "x")
                .payout("2026-12-01", 1, 0);
        rig.writeAll();

        assertThat(rig.content(rig.names().get(0).replace("demo/in/", "")))
                .contains("<SettlementType>" + type + "</SettlementType>");
    }

    @Test
    void anUnknownTypeIsKeptCountedAndPointedOut() {
        rig(settlement())
                .ledgers
                .entry("2026-12-01", "capture", 900, "P1", "x")
                .entry("2026-12-01", "lucky-draw", 55, "P2", "?")
                .payout("2026-12-01", 1, 0);
        rig.writeAll();
        assertThat(rig.columns("entry_type", "net", "remark"))
                .contains("lucky-draw|0.55|UNKNOWN_TYPE", "payout-scheduled|-9.55|");
    }

    @Test
    void aMonthHasAllItsDaysAndEveryFormatGoesWhereItBelongs() {
        rig(settlement().information(Format.XLSX, Period.MONTH).information(Format.JSON_LINES, Period.PAYOUT))
                .ledgers
                .entry("2026-11-30", "capture", 900, "P1", "x")
                .payout("2026-11-30", 1, 0)
                .entry("2026-12-01", "capture", 100, "P2", "x");
        rig.writeAll();
        assertThat(rig.names())
                .containsExactly(
                        "demo/in/settlement-demo-payout-1-20261130.csv",
                        "demo/in/info/settlement-demo-payout-1-20261130.jsonl",
                        "demo/in/info/settlement-demo-month-1-20261130.xlsx");
    }

    private void letGoOfTheGap() {
        assertThat(rig.gaps.letGo(LEDGER, rig.gaps.of(LEDGER).orElseThrow())).isTrue();
    }

    @Test
    void noDayWithOrBehindAGapIsToldUntilAPersonLetsGoOfIt() {
        rig(settlement().posting(Format.CSV, Period.DATE))
                .ledgers
                .entry("2026-11-28", "capture", 500, "P1", "x")
                .gap(3)
                .entry("2026-11-29", "capture", 100, "P2", "x")
                .entry("2026-11-30", "capture", 200, "P3", "x");
        rig.writeAll();
        assertThat(rig.names()).containsExactly("demo/in/settlement-demo-date-1-20261128.csv");

        letGoOfTheGap();
        rig.reports.write("demo");
        assertThat(rig.names()).hasSize(3);
    }

    @Test
    void aMonthWithAGapIsNotToldUntilAPersonLetsGoOfIt() {
        rig(settlement().posting(Format.CSV, Period.MONTH))
                .ledgers
                .entry("2026-11-29", "capture", 500, "P1", "x")
                .gap(3)
                .entry("2026-11-30", "capture", 100, "P2", "x")
                .entry("2026-12-01", "capture", 200, "P3", "x");
        rig.writeAll();
        assertThat(rig.names()).isEmpty();

        letGoOfTheGap();
        rig.reports.write("demo");
        assertThat(rig.names()).containsExactly("demo/in/settlement-demo-month-1-20261130.csv");
    }

    @Test
    void aMonthIsNotToldBeforeTheFeedWasReadBeyondItsEnd() {
        rig(settlement().posting(Format.CSV, Period.MONTH)).ledgers.entry("2026-12-01", "capture", 100, "P1", "x");
        rig.writeAll();
        rig.ledgers.entry("2026-12-29", "capture", 200, "P2", "x");
        rig.clock.moveTo("2027-01-04T06:00:00Z");
        rig.reports.write("demo");
        assertThat(rig.names()).isEmpty();
        rig.writeAll();
        assertThat(rig.columns("psp_reference", "remark").subList(0, 2))
                .containsExactly("P1|UNMATCHED", "P2|UNMATCHED");
    }

    @Test
    void theRetiredTreeHasAFileForEachSettlementAndNoneForOtherDays() {
        rig(settlement().retiredTree(Format.PORTAL_CSV, Format.PORTAL_XML))
                .ledgers
                .entry("2026-12-01", "capture", 900, "P1", "x")
                .payout("2026-12-01", 41, 0)
                .entry("2026-12-01", "capture", 800, "P2", "x")
                .payout("2026-12-01", 42, 0)
                .entry("2026-12-02", "refund", -100, "P3", "x");
        rig.writeAll();
        assertThat(rig.names())
                .contains(
                        "settlements/inbox/csv/987654321/123456/123456-41.csv",
                        "settlements/inbox/xml/987654321/123456/123456-41.xml",
                        "settlements/inbox/csv/987654321/123456/123456-42.csv",
                        "settlements/inbox/xml/987654321/123456/123456-42.xml")
                .hasSize(6);
    }

    @Test
    void theTreeOfTheRetiredServiceHasNoFileForAPayoutThatHoldsNothingOfTheSalesUnit() {
        Channel owner = channel().settlement(settlement().owner(true).build()).build();
        Channel other = channel()
                .name("fiber")
                .msn("654321")
                .settlement(
                        settlement().owner(false).retiredTree(Format.PORTAL_XML).build())
                .build();
        rig = new SettlementRig(owner, other);
        rig.lines.channel("fiber").msn("654321").file("fiber", 1);
        rig.ledgers
                .handles("123456", "654321")
                .entry("2026-12-01", "capture", 10_000, "P1", "fiber-00000001", "654321")
                .payout("2026-12-01", 1, 100)
                .entry("2026-12-02", "capture", 10_000, "P2", "x")
                .fee("2026-12-02", "capture-fee", -60, "P1", "fiber-00000001", "654321")
                .payout("2026-12-02", 2, 60);
        rig.clock.advance(Duration.ofDays(1));
        rig.writeAll();

        assertThat(rig.names())
                .contains("demo/in/settlement-fiber-payout-2-20261202.csv")
                .filteredOn(name -> name.contains("654321"))
                .containsExactly("settlements/inbox/xml/987654321/654321/654321-1.xml");
    }

    @Test
    void aSettlementNumberThatComesAgainKeepsNoReportFromBeingMade() {
        rig(settlement().retiredTree(Format.PORTAL_XML))
                .ledgers
                .entry("2026-12-01", "capture", 900, "P1", "x")
                .payout("2026-12-01", 41, 0)
                .entry("2026-12-02", "payout-aborted", 900, "A1", "")
                .payout("2026-12-02", 41, 0);
        rig.clock.advance(Duration.ofDays(1));
        rig.writeAll();

        assertThat(rig.names())
                .contains(
                        "settlements/inbox/xml/987654321/123456/123456-41.xml",
                        "settlements/inbox/xml/987654321/123456/123456-41-2.xml");
    }

    @Test
    void theOwnerPostsThePayoutAndOneSumForTheOtherWhoPostsItsLines() {
        Channel owner = channel().settlement(settlement().owner(true).build()).build();
        Channel other = channel()
                .name("fiber")
                .msn("654321")
                .settlement(settlement().owner(false).build())
                .build();
        rig = new SettlementRig(owner, other);
        rig.lines.file("demo", 1);
        rig.lines.channel("fiber").msn("654321").file("fiber", 2);
        rig.ledgers
                .handles("123456", "654321")
                .entry("2026-12-01", "capture", 10_000, "P1", "demo-00000001")
                .entry("2026-12-01", "capture", 10_000, "P2", "fiber-00000001", "654321")
                .entry("2026-12-01", "capture", 10_000, "P3", "fiber-00000002", "654321")
                .entry("2026-12-01", "capture", 333, "P4", "of nobody", "654321")
                .payout("2026-12-01", 1, 100);
        rig.writeAll();

        assertThat(rig.columnsOf("settlement-demo-payout-1-20261201.csv", "entry_type", "net", "reference", "remark"))
                .containsExactly(
                        "capture|100.00|demo-00000001|",
                        "other-channel|203.33|fiber|OTHER_CHANNEL",
                        "fees-retained|-1.00||",
                        "payout-scheduled|-302.33|Utb. Demo Vippsnr 1|",
                        "control|302.33|Utb. Demo Vippsnr 1|EXPECTED_AT_BANK",
                        "control|0.00||SUM");
        assertThat(rig.columnsOf("settlement-fiber-payout-1-20261201.csv", "entry_type", "net", "reference", "remark"))
                .containsExactly(
                        "capture|100.00|fiber-00000001|",
                        "capture|100.00|fiber-00000002|",
                        "capture|3.33|of nobody|UNMATCHED",
                        "control|302.33|Utb. Demo Vippsnr 1|EXPECTED_AT_BANK",
                        "control|99.00||OTHER_SALES_UNITS",
                        "control|203.33||SUM");
    }

    @Test
    void whatPaymentsCostStandsInOneReportAlsoOfAChannelThatHasNothingElseInThePeriod() {
        Channel owner = channel().settlement(settlement().owner(true).build()).build();
        Channel other = channel()
                .name("fiber")
                .msn("654321")
                .settlement(settlement()
                        .owner(false)
                        .information(Format.CSV, Period.DATE)
                        .build())
                .build();
        rig = new SettlementRig(owner, other);
        rig.lines.file("demo", 1);
        rig.lines.channel("fiber").msn("654321").file("fiber", 2);
        rig.ledgers
                .handles("123456", "654321")
                .entry("2026-11-30", "capture", 10_000, "P1", "demo-00000001")
                .entry("2026-11-30", "capture", 10_000, "P2", "fiber-00000001", "654321")
                .fee("2026-11-30", "capture-fee", -100, "P1", "demo-00000001", "123456")
                .fee("2026-11-30", "service-fee", -40, "S1", "", "")
                .payout("2026-11-30", 1, 140)
                .entry("2026-12-01", "capture", 10_000, "P3", "demo-00000001")
                .fee("2026-12-01", "capture-fee", -60, "P2", "fiber-00000001", "654321")
                .payout("2026-12-01", 2, 60);
        rig.writeAll();

        assertThat(rig.columnsOf("settlement-demo-payout-1-20261130.fees.csv", "psp_reference", "amount_minor"))
                .containsExactly("P1|-100", "S1|-40", "|-140");
        assertThat(rig.columnsOf("settlement-fiber-payout-2-20261201.fees.csv", "psp_reference", "amount_minor"))
                .containsExactly("P2|-60", "|-60");
        assertThat(rig.columnsOf("settlement-fiber-payout-2-20261201.csv", "entry_type", "net", "remark"))
                .as("there is nothing to book")
                .containsExactly(
                        "control|99.40|EXPECTED_AT_BANK", "control|99.40|OTHER_SALES_UNITS", "control|0.00|SUM");
        assertThat(rig.names().stream().filter(name -> name.contains("fiber")))
                .as("by day, where fees are not explained, there is nothing to say")
                .containsExactlyInAnyOrder(
                        "demo/in/settlement-fiber-payout-1-20261130.csv",
                        "demo/in/settlement-fiber-payout-2-20261201.csv",
                        "demo/in/info/settlement-fiber-payout-2-20261201.fees.csv",
                        "demo/in/info/settlement-fiber-date-1-20261130.csv");
    }

    @Test
    void nothingIsReportedWhereTwoChannelsCouldOwnTheLedger() {
        Channel one = channel().settlement(settlement().build()).build();
        Channel other = channel()
                .name("fiber")
                .msn("654321")
                .settlement(settlement().build())
                .build();
        rig = new SettlementRig(one, other);
        rig.ledgers
                .handles("123456", "654321")
                .entry("2026-12-01", "capture", 100, "P1", "x")
                .payout("2026-12-01", 1, 0);
        rig.writeAll();
        assertThat(rig.names()).isEmpty();
    }

    @Test
    void aChargeThatBecomesKnownAfterItsEntryIsNamedInTheReport() {
        rig(settlement())
                .ledgers
                .entry("2026-12-01", "capture", 10_000, "P1", "demo-00000001")
                .payout("2026-12-01", 1, 0);
        rig.ledgers.fetch();
        rig.lines.file("demo", 1);
        rig.writeAll();
        assertThat(rig.columns("entry_type", "invoice_number")).startsWith("capture|INV1");
    }

    @Test
    void reportsWaitForABankDayWhereThatIsAskedFor() {
        rig(settlement().bankDaysOnly())
                .ledgers
                .entry("2026-12-04", "capture", 100, "P1", "x")
                .payout("2026-12-04", 1, 0);
        rig.clock.advance(Duration.ofDays(2));
        rig.writeAll();
        assertThat(rig.names()).as("Saturday, 5 December").isEmpty();
        rig.clock.advance(Duration.ofDays(2));
        rig.writeAll();
        assertThat(rig.names()).as("Monday, 7 December").hasSize(1);
    }

    @Test
    void thePeriodsOfADayAndAPayoutAreCountedApart() {
        rig(settlement().information(Format.CSV, Period.DATE))
                .ledgers
                .entry("2026-12-01", "capture", 100, "P1", "x")
                .payout("2026-12-01", 1, 0);
        rig.writeAll();
        assertThat(List.of(
                        rig.text("select count(*)::text from settlement_report_entry where period = 'DATE'"),
                        rig.text("select count(*)::text from settlement_report_entry where period = 'PAYOUT'")))
                .containsExactly("2", "2");
    }
}
