package org.chargebridge.reporting;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.ReportedChange;

/** What a change is called in ISO 20022. Our own words stand beside these codes: they say more. */
final class PainCodes {

    private static final String REJECTED = "RJCT";
    private static final String PENDING = "PDNG";
    private static final String ACCEPTED = "ACCP";
    private static final String IN_SETTLEMENT = "ACSP";
    private static final String SETTLED = "ACSC";

    /** Why a retry came to nothing while its invoice may be open or paid: rejecting that would have it billed again. */
    private static final Set<ReasonCode> LEFT_AS_IT_WAS = EnumSet.of(
            ReasonCode.NOTHING_TO_RETRY,
            ReasonCode.RETRY_UNDONE,
            ReasonCode.PAID_TWICE,
            ReasonCode.TARGET_NOT_FOUND,
            ReasonCode.OPERATION_NOT_CONFIRMED,
            ReasonCode.OPERATION_MAY_BE_DONE,
            ReasonCode.OPERATION_REFUSED,
            ReasonCode.OPERATION_DISCARDED);

    private PainCodes() {}

    /**
     * The status of a collection. Empty for what is none, as money paid back and what became of an agreement, and where a
     * line that acts on a charge did not succeed: its invoice stays as it was. A reader must not take these for another
     * collection, nor for one that failed.
     */
    static Optional<String> status(ReportedChange change) {
        Optional<Action> action = Action.ofWord(change.action());
        boolean asks = action.filter(known -> known == Action.CHARGE || known == Action.RETRY)
                        .isPresent()
                && change.reason()
                        .filter(reason -> LEFT_AS_IT_WAS.contains(reason.code()))
                        .isEmpty();
        boolean collects = action.filter(
                        known -> known == Action.CHARGE || known == Action.RETRY || known == Action.CHANGE)
                .isPresent();
        return Arrays.stream(ChargeStatus.values())
                .filter(known -> known.name().equals(change.status()))
                .findFirst()
                .flatMap(known -> switch (known) {
                    case REFUSED, CANCELLED -> Optional.of(REJECTED).filter(code -> asks);
                    case HELD -> Optional.of(PENDING).filter(code -> asks);
                    case UNCONFIRMED -> Optional.of(PENDING).filter(code -> collects);
                    case PENDING, DUE, UNKNOWN -> Optional.of(ACCEPTED).filter(code -> collects);
                    case PROCESSING, RESERVED, PARTIALLY_CAPTURED ->
                        Optional.of(IN_SETTLEMENT).filter(code -> collects);
                    case CHARGED -> Optional.of(SETTLED).filter(code -> collects);
                    case FAILED -> Optional.of(REJECTED).filter(code -> collects);
                    case PARTIALLY_REFUNDED, REFUNDED -> Optional.empty();
                });
    }

    /** The external code of a reason; empty where ISO has none that says the same. */
    static Optional<String> reason(ReportedChange change, Reason reason) {
        if (change.failureReason().filter("insufficient_funds"::equals).isPresent()) {
            return Optional.of("AM04");
        }
        return code(reason.code());
    }

    private static Optional<String> code(ReasonCode code) {
        return switch (code) {
            case AGREEMENT_UNKNOWN,
                    AGREEMENT_AMBIGUOUS,
                    AGREEMENT_NOT_ACTIVE,
                    AGREEMENT_NOT_GIVEN,
                    AGREEMENT_ID_MALFORMED,
                    TARGET_AGREEMENT_UNKNOWN,
                    TARGET_AGREEMENT_UNCLEAR -> Optional.of("MD01");
            case AMOUNT_INVALID,
                    AMOUNT_AMBIGUOUS,
                    AMOUNT_TOO_MANY_DECIMALS,
                    AMOUNT_BELOW_MINIMUM,
                    AMOUNT_TOO_LARGE,
                    CHARGE_AMOUNT_TOO_HIGH,
                    ABOVE_MAX_PER_CHARGE,
                    ABOVE_MAX_PER_FILE -> Optional.of("AM02");
            case CURRENCY_NOT_SUPPORTED, CURRENCY_MISMATCH -> Optional.of("AM03");
            case DATE_INVALID, DUE_TOO_SOON, DUE_TOO_FAR, DUE_PASSED_IN_QUEUE, TOO_LATE_TO_SHIFT -> Optional.of("DT01");
            case ALREADY_RECORDED, SUSPECTED_DUPLICATE, SAME_UNDER_OTHER_IDENTITY, CHARGED_ELSEWHERE ->
                Optional.of("AM05");
            case CONFLICT, ORDER_ID_TAKEN -> Optional.of("RF01");
            case USER_ACTION_REQUIRED -> Optional.of("MS02");
            case NON_TECHNICAL_ERROR, TECHNICAL_ERROR, FAILED_WITHOUT_REASON, REFUSED_BY_API, NOT_CREATED ->
                Optional.of("MS03");
            default -> Optional.empty();
        };
    }
}
