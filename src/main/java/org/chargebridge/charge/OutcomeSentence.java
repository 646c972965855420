package org.chargebridge.charge;

import java.util.Arrays;

/**
 * Every sentence that tells somebody what came of their order: what happens next, or why nothing does and what to do
 * instead. The texts stand in the bundles {@code outcomes}, whose placeholders say what each takes; those in lower case are
 * parts of another.
 */
public enum OutcomeSentence {
    // Of any order.
    TAKES_ROLE,
    REASON_MISSING,
    REASON_TOO_LONG,
    // Of letters.
    NO_LETTER,
    LETTER_DECIDED,
    LETTER_KIND_UNKNOWN,
    NOTHING_TO_LOOK_FOR,
    NO_DUE_DATE,
    NO_AGREEMENT,
    DUE_DATE_UNREADABLE,
    DUE_DATE_OUT_OF_RANGE,
    DUE_DATE_WITHOUT_CHANNEL,
    AGREEMENT_ID_UNREADABLE,
    AGREEMENT_WAITS,
    AGREEMENT_ASKED_FOR,
    OUTCOME_UNSETTLED,
    // Of approvals.
    NO_APPROVAL,
    ASKED_FOR,
    ASKED_FOR_ALREADY,
    ASKED_FOR_BY_YOU,
    TWO_PERSONS,
    APPROVED,
    REFUSED,
    AGREEMENT_STAYS,
    APPROVED_ALREADY,
    REFUSED_ALREADY,
    APPROVAL_NOT_NEEDED,
    // Of many letters at once.
    NOT_FOR_MANY,
    NO_LETTER_CHOSEN,
    CHOSEN_ONE_BY_ONE,
    ALL_OPEN_LETTERS,
    OF_CHANNEL,
    OF_KIND,
    OF_REASON,
    OF_ORDER_ID,
    ORDER_OF_ONE_TAKEN,
    ORDER_TAKEN,
    NO_ORDER,
    ORDER_STOPPED,
    ORDER_ENDED,
    LETTER_FAILED,
    // Of lines and files.
    LINE_DROPPED,
    LINE_RELEASED,
    LINE_RELEASED_AGAIN,
    LINE_JUDGED_AGAIN,
    LINE_QUEUED,
    LINE_NOT_HELD,
    LINE_NOT_CORRECTABLE,
    LINE_NOT_RELEASABLE,
    LINE_IN_CONFLICT,
    CREDITED_NOT_RECORDED,
    WAITS_FOR_MAPPING,
    WHOLE_FILE_HELD,
    RECORDED_ELSEWHERE,
    CHANNEL_GONE,
    FILE_DROPPED,
    FILE_READ,
    FILE_NOT_READ,
    FILE_READ_SINCE,
    FILE_STILL_REFUSED,
    LINES_READ,
    // Of mapping rows.
    MAPPING_APPROVED,
    MAPPING_REFUSED,
    ONE_WAITING_LINE,
    WAITING_LINES,
    MAPPING_DECIDED,
    // Of charges.
    CHARGE_QUEUED,
    CHARGE_QUEUED_FOR_DAY,
    CHARGE_QUEUED_ON_AGREEMENT,
    CHARGE_LOOKED_UP,
    CHARGE_GIVEN_UP,
    DUE_DATE_TOO_LATE,
    MADE_AT_ONCE,
    NOT_AT_THE_API,
    SENT_AGAIN_SINCE,
    CHARGE_UNKNOWN,
    CHARGE_UNKNOWN_FIRST,
    CHARGE_IS_THERE,
    MADE_WITH_ITS_AGREEMENT,
    // Of what acts on charges and agreements.
    OPERATION_GOES_ON,
    OPERATION_GIVEN_UP,
    OPERATION_UNKNOWN,
    OPERATION_NOT_HELD,
    // Of routes.
    NO_ROUTE,
    ROUTE_STARTS,
    ROUTE_STOPS,
    ROUTE_RUNNING_ALREADY,
    ROUTE_STOPPED_ALREADY,
    ROUTE_RUNS_NOW,
    ROUTE_WITHOUT_SCHEDULE,
    ROUTE_STANDS_STILL,
    ROUTE_NOT_SCHEDULED,
    ROUTE_TRIES_AGAIN,
    ROUTE_LETTER_CLOSED,
    // Of files that went out.
    NO_SUCH_FILE,
    DELIVERED_AGAIN,
    ON_ITS_WAY,
    BYTES_DELETED,
    // Of files that are only tried.
    FILE_TRIED,
    FILE_NOT_TRIED,
    NO_CHANNEL,
    CHANNEL_BUSY,
    FILE_EMPTY,
    FILE_TOO_LARGE,
    NAME_HIDDEN,
    NAME_REFUSED,
    NAME_UNPRINTABLE,
    NAME_NOT_UTF8,
    NAME_WITH_PATH,
    NAME_WITH_PATTERN,
    NAME_TOO_LONG,
    // Of erasing a person.
    ERASE_REASON_NAMES,
    ERASE_WHOM,
    ERASE_ACTIVE,
    ERASE_OPEN,
    ERASE_BUSY;

    /** With what it names; enums are told by the word for them, reasons and other outcomes in the same language. */
    public OrderOutcome of(Object... arguments) {
        return new OrderOutcome(this, Arrays.asList(arguments));
    }
}
