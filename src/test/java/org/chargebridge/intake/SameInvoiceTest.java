package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An invoice is not charged again because somebody has changed what tells one year's or company's numbers from another's. */
class SameInvoiceTest {

    private static final String LINE = "1001;;agr_1;;199,00;2026-12-10;\n";

    private final LedgerDatabase database = LedgerDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    private IntakeRig rig(String legalEntity, String series) {
        return new IntakeRig(
                database.dataSource(),
                () -> {},
                ChannelBuilder.channel()
                        .defaults(usual -> new Channel.Defaults(
                                usual.retryDays(),
                                usual.descriptionTemplate(),
                                usual.descriptionLengthMax(),
                                usual.dueDaysAfterIssue(),
                                legalEntity,
                                series,
                                usual.externalId()))
                        .build());
    }

    @Test
    void openInvoicesThatComeAgainUnderAnotherSeriesWaitForAPerson() {
        rig("", "2026").receive("december.csv", IntakeRig.HEADER + LINE);
        IntakeRig after = rig("", "2027");
        after.receive("open.csv", IntakeRig.HEADER + LINE + "1002;;agr_2;;199,00;2026-12-10;\n");

        assertThat(after.answers("open.csv")).containsExactly("2 HELD SAME_UNDER_OTHER_IDENTITY", "3 ACCEPTED -");
    }

    @Test
    void openInvoicesThatComeAgainUnderAnotherCompanyWaitForAPerson() {
        rig("", "").receive("december.csv", IntakeRig.HEADER + LINE);
        IntakeRig after = rig("987654321", "");
        after.receive("open.csv", IntakeRig.HEADER + LINE + "1002;;agr_2;;199,00;2026-12-10;\n");

        assertThat(after.answers("open.csv")).containsExactly("2 HELD SAME_UNDER_OTHER_IDENTITY", "3 ACCEPTED -");
    }

    @Test
    void theSameNumberOfTheNextYearIsAnotherInvoice() {
        rig("", "2026").receive("a.csv", IntakeRig.HEADER + LINE);
        IntakeRig next = rig("", "2027");
        next.receive("day.csv", IntakeRig.HEADER + "1001;;agr_1;;199,00;2027-01-10;\n");

        assertThat(next.answers("day.csv")).containsExactly("2 ACCEPTED -");
    }

    @Test
    void theSameNumberOfAnotherCustomerOrAmountIsAnotherInvoice() {
        rig("", "2026").receive("a.csv", IntakeRig.HEADER + LINE + "1002;;agr_2;;50,00;2026-12-10;\n");
        IntakeRig next = rig("", "2027");
        next.receive("b.csv", IntakeRig.HEADER + "1001;;agr_3;;199,00;2026-12-10;\n1002;;agr_2;;60,00;2026-12-10;\n");

        assertThat(next.answers("b.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
    }
}
