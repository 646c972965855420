package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.clock.TestClock;
import org.chargebridge.console.Deliveries.Due;
import org.chargebridge.console.Deliveries.Given;
import org.chargebridge.console.Deliveries.ReportKind;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.Reports;
import org.chargebridge.ledger.SentFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calendar promises what the reports themselves go by. */
class DeliveriesTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    /** A Wednesday, the day before Christmas Eve. */
    private final TestClock clock = new TestClock("2026-12-23T09:00:00Z");

    @AfterEach
    void close() {
        database.close();
    }

    private Deliveries deliveries(ChannelBuilder channel) {
        Channels channels = new Channels(List.of(channel.build()), List.of());
        return new Deliveries(
                new SentFiles(database.jdbc(), clock),
                new Reports(database.dataSource(), clock),
                channels,
                new AuditedOrder(new AuditTrail(database.jdbc(), clock), database.transactions()),
                clock);
    }

    private static ChannelBuilder demo(boolean writeEmpty) {
        return channel()
                .name("demo")
                .reports(r -> new Channel.Reports(List.of("0 0 6 * * ?"), Channel.StatusFormat.CSV, writeEmpty));
    }

    private List<Due> until(String day, ReportKind kind, ChannelBuilder channel) {
        return deliveries(channel).due(Optional.empty(), LocalDate.parse(day)).stream()
                .filter(due -> due.kind() == kind)
                .toList();
    }

    @Test
    void settlementReportsThatWaitForTheBankAreNotExpectedOnDaysWithoutOne() {
        assertThat(until(
                        "2026-12-29",
                        ReportKind.SETTLEMENT,
                        demo(true).settlement(settlement().build())))
                .as("every day")
                .hasSize(6);
        assertThat(until(
                        "2026-12-29",
                        ReportKind.SETTLEMENT,
                        demo(true).settlement(settlement().bankDaysOnly().build())))
                .extracting(due -> due.at().toString())
                .as("Christmas Eve, then the Monday after Christmas and a weekend")
                .containsExactly("2026-12-24T06:00:00Z", "2026-12-28T06:00:00Z", "2026-12-29T06:00:00Z");
    }

    @Test
    void aSettlementReportNeedsSomethingThatIsSettled() {
        assertThat(until(
                        "2026-12-24",
                        ReportKind.SETTLEMENT,
                        demo(true).settlement(settlement().build())))
                .extracting(Due::given)
                .containsExactly(Given.SETTLED);
    }

    @Test
    void aStatusReportIsWrittenWhereThereAreChangesOrEmptyOnesAreAskedFor() {
        assertThat(until("2026-12-25", ReportKind.STATUS, demo(true)))
                .extracting(Due::given)
                .containsExactly(Given.ALWAYS, Given.ALWAYS);
        assertThat(until("2026-12-25", ReportKind.STATUS, demo(false)))
                .extracting(Due::given)
                .containsExactly(Given.CHANGES, Given.CHANGES);
    }

    @Test
    void changesThatWaitAlreadyMakeTheNextStatusReportCertain() {
        new Events(database.jdbc(), clock).recordAgreement("demo", "123456", "agr_1", "STOPPED");

        assertThat(until("2026-12-25", ReportKind.STATUS, demo(false)))
                .extracting(Due::given)
                .containsExactly(Given.ALWAYS, Given.CHANGES);
    }

    @Test
    void theNextReportOfAChannelIsNotOnADayOnWhichItRests() {
        ChannelBuilder restful = channel()
                .name("demo")
                .reports(r -> new Channel.Reports(List.of(), Channel.StatusFormat.CSV, true))
                .settlement(settlement().bankDaysOnly().build());
        clock.moveTo("2026-12-24T09:00:00Z");

        assertThat(deliveries(restful).next(restful.build(), LocalDate.parse("2026-12-31")))
                .map(due -> due.at().toString())
                .hasValue("2026-12-28T06:00:00Z");
        assertThat(deliveries(restful).next(restful.build(), LocalDate.parse("2026-12-27")))
                .isEmpty();
    }
}
