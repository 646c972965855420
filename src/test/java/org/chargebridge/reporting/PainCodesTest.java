package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.ReportedChange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PainCodesTest {

    private static ReportedChange change(String action, String status) {
        return change(action, status, Optional.empty());
    }

    private static ReportedChange change(String action, String status, Optional<Reason> reason) {
        return new ReportedChange(
                "invoices.csv",
                2,
                "1001",
                "C1",
                "",
                "agr_demo0001",
                Optional.empty(),
                "demo-1001",
                Optional.empty(),
                Optional.empty(),
                action,
                status,
                Optional.empty(),
                reason,
                OptionalLong.of(10_000),
                0,
                0,
                0,
                "NOK",
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "charge, CHARGED, ACSC",
        "charge, RESERVED, ACSP",
        "charge, PARTIALLY_CAPTURED, ACSP",
        "charge, PENDING, ACCP",
        "charge, UNCONFIRMED, PDNG",
        "charge, HELD, PDNG",
        "charge, FAILED, RJCT",
        "charge, REFUSED, RJCT",
        "charge, CANCELLED, RJCT",
        "retry, REFUSED, RJCT",
        "change, CHARGED, ACSC",
        "change, FAILED, RJCT"
    })
    void aCollectionHasTheStatusThatABankWouldGiveIt(String action, String status, String code) {
        assertThat(PainCodes.status(change(action, status))).contains(code);
    }

    @ParameterizedTest
    @CsvSource({
        "charge, REFUNDED",
        "charge, PARTIALLY_REFUNDED",
        "refund, REFUSED",
        "refund, HELD",
        "cancel, REFUSED",
        "change, REFUSED",
        "capture, CHARGED",
        "draft-agreement, PENDING",
        "stop-agreement, STOPPED",
        "charge, A_NEW_WORD"
    })
    void whatIsNoCollectionOrLeavesItAsItWasHasNone(String action, String status) {
        assertThat(PainCodes.status(change(action, status))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, NOTHING_TO_RETRY", "CANCELLED, RETRY_UNDONE", "REFUSED, OPERATION_DISCARDED"})
    void aRetryOfWhatIsOpenOrPaidDoesNotRejectItsInvoice(String status, ReasonCode code) {
        Reason reason = Reason.of(code, "demo-1001", "demo-1001-2");

        assertThat(PainCodes.status(change("retry", status, Optional.of(reason))))
                .isEmpty();
    }
}
