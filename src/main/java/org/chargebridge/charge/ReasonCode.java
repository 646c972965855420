package org.chargebridge.charge;

/** Every reason a report can give; each has a text in {@code reasons*.properties} in four languages. */
public enum ReasonCode {
    // Content of the line: the ERP corrects it and sends the errors file back.
    /** Arguments: column. */
    FIELD_MISSING,
    /** Arguments: column, value. */
    AMOUNT_INVALID,
    /** Arguments: column, value. */
    AMOUNT_AMBIGUOUS,
    /** Arguments: column, value. */
    AMOUNT_TOO_MANY_DECIMALS,
    /** Arguments: column, amount, minimum. */
    AMOUNT_BELOW_MINIMUM,
    /** Arguments: column, amount, maximum. */
    AMOUNT_TOO_LARGE,
    /** Arguments: value. */
    CURRENCY_NOT_SUPPORTED,
    /** Arguments: the line's, the one expected. */
    CURRENCY_MISMATCH,
    /** Arguments: column, value. */
    DATE_INVALID,
    /** Arguments: last day. */
    CAMPAIGN_OVER,
    /** Arguments: due date, earliest. */
    DUE_TOO_SOON,
    /** Arguments: due date, latest. */
    DUE_TOO_FAR,
    /** Arguments: value. */
    RETRY_DAYS_INVALID,
    /** Arguments: column, value. */
    NUMBER_DAMAGED,
    /** Arguments: column, length, maximum. */
    TEXT_TOO_LONG,
    /** Arguments: column, value. */
    TEXT_INVALID,
    /** Arguments: column, value. */
    DOCUMENT_NOT_OPEN,
    /** Arguments: word. */
    ACTION_UNKNOWN,
    /** Arguments: value. */
    AGREEMENT_ID_MALFORMED,
    /** Arguments: none. */
    AGREEMENT_NOT_GIVEN,
    /** Arguments: go-live date. */
    ISSUE_DATE_MISSING,
    /** Arguments: none. */
    SERIES_MISSING,
    /** Arguments: column, value. */
    NOT_FOR_UNSCHEDULED,
    /** Arguments: given, expected. */
    ORDER_ID_MISMATCH,
    /** Arguments: line number, what is wrong (a {@link Detail}). */
    RECORD_MALFORMED,
    /** Arguments: order id. */
    DISCARD_NOT_POSSIBLE,
    /** Arguments: column, value. */
    MAPPING_INVALID,
    /** Arguments: column, value, the words that it may be. */
    MAPPING_KEY_TYPE_UNKNOWN,
    /** Arguments: key type, key (masked), line number of the other row. */
    MAPPING_OVERLAP,
    // Causes outside the file: judged again when the cause changes (MR15).
    /** Arguments: keys that were looked up (masked). */
    AGREEMENT_UNKNOWN,
    /** Arguments: keys that were looked up (masked), agreements found. */
    AGREEMENT_AMBIGUOUS,
    /** Arguments: agreement, its status. */
    AGREEMENT_NOT_ACTIVE,
    /** Arguments: setting. */
    DRAFT_NOT_SET_UP,
    /** Arguments: setting. */
    UNSCHEDULED_NOT_ALLOWED,
    /** Arguments: the agreement, or the keys that were looked up (masked), of a line that acts on one. */
    TARGET_AGREEMENT_UNKNOWN,
    /** Arguments: the keys that were looked up (masked), the agreements that the line could mean. */
    TARGET_AGREEMENT_UNCLEAR,
    /** Arguments: agreement, the charge whose money is reserved. */
    STOP_WOULD_RELEASE,
    /** Arguments: column, kind of price. */
    UPDATE_NOT_POSSIBLE,
    /** Arguments: order id. */
    TARGET_UNKNOWN,
    /** Arguments: order id, the sales unit of its charge, that of the channel. */
    TARGET_ON_OTHER_SALES_UNIT,
    // Held for a person.
    /** Arguments: order id, file and line number of what is recorded. */
    CONFLICT,
    /** Arguments: amount, limit. */
    ABOVE_MAX_PER_CHARGE,
    /** Arguments: order id of the earlier one, the day it came. */
    SUSPECTED_DUPLICATE,
    /** Arguments: invoice number, order id of the earlier one. */
    SAME_UNDER_OTHER_IDENTITY,
    /** Arguments: sum of the file, limit. */
    ABOVE_MAX_PER_FILE,
    /** Arguments: issue date, go-live date. */
    BEFORE_GO_LIVE,
    /** Arguments: none. */
    FINAL_LINE_UNFINISHED,
    /** Arguments: file name, line, of the line that was discarded. */
    DISCARDED_BEFORE,
    /** Arguments: credited document, or a hyphen. */
    CREDIT_NOTE,
    /** Arguments: number of the credit note. */
    CREDITED_IN_FILE,
    /** Arguments: due date, days late, limit in days. */
    TOO_LATE_TO_SHIFT,
    /** Arguments: agreement so far, new one. */
    AGREEMENT_CHANGED,
    /** Arguments: agreement, the charge that is there, its status. */
    CHARGED_ELSEWHERE,
    // Harmless.
    /** Arguments: file and line number of what is recorded. */
    ALREADY_RECORDED,
    /** Arguments: none. */
    NOTHING_TO_COLLECT,
    /** Arguments: none. */
    REGISTERED_AS_KNOWN,
    /** Arguments: order id. */
    DISCARDED,
    /** Arguments: due date as given, due date asked for. */
    DUE_SHIFTED,
    /** Arguments: agreement. */
    MAPPING_RECORDED,
    /** Arguments: agreement so far, new one. */
    MAPPING_WAITS_FOR_APPROVAL,
    // The file as a whole.
    /** Arguments: none. */
    FILE_EMPTY,
    /** Arguments: what is wrong (a {@link Detail}), line number. */
    FILE_NOT_READABLE,
    /** Arguments: header seen, columns missing. */
    FILE_LAYOUT_UNKNOWN,
    /** Arguments: column, first header, second header. */
    FILE_COLUMNS_CLASH,
    /** Arguments: header. */
    FILE_IS_SUPPLIER_LEDGER,
    /** Arguments: line number, count stated, count read, sum stated, sum read. */
    FILE_TRAILER_MISMATCH,
    /** Arguments: none. */
    FILE_TRAILER_MISSING,
    /** Arguments: size, limit. */
    FILE_TOO_LARGE,
    // After sending.
    /** Arguments: HTTP status, what the API said. */
    REFUSED_BY_API,
    /** Arguments: HTTP status, what the API said. */
    DRAFT_REFUSED,
    /** Arguments: none. */
    NOT_CREATED,
    /** Arguments: column, due date, earliest. */
    DUE_PASSED_IN_QUEUE,
    /** Arguments: none. */
    NOT_CONFIRMED_IN_TIME,
    /** Arguments: none. */
    OUTCOME_UNKNOWN,
    /** Arguments: what was found, what was asked for. */
    FOUND_WITH_OTHER_CONTENT,
    /** Arguments: agreement. */
    ORDER_ID_TAKEN,
    /** Arguments: status so far, status shown. */
    MOVED_BACK,
    /** Arguments: status. */
    FOUND_AFTER_REFUSAL,
    /** Arguments: word. */
    STATUS_UNKNOWN,
    // What the API says of a charge that was not paid.
    /** Arguments: none. */
    USER_ACTION_REQUIRED,
    /** Arguments: none. */
    CHARGE_AMOUNT_TOO_HIGH,
    /** Arguments: none. */
    NON_TECHNICAL_ERROR,
    /** Arguments: none. */
    TECHNICAL_ERROR,
    /** Arguments: the API's word, or a hyphen. */
    FAILED_WITHOUT_REASON,
    // What acts on something that is there already.
    /** Arguments: order id. */
    TARGET_NOT_OURS,
    /** Arguments: order id, agreement. */
    TARGET_NOT_FOUND,
    /** Arguments: agreement. */
    CHARGES_NOT_LISTED,
    /** Arguments: order id. */
    TARGET_HELD,
    /** Arguments: none. */
    CANCELLED_BEFORE_SENDING,
    /** Arguments: amount paid. */
    PAID_MEANWHILE,
    /** Arguments: status of the charge. */
    NOTHING_TO_CANCEL,
    /** Arguments: status of the charge. */
    NOTHING_TO_REFUND,
    /** Arguments: status of the charge. */
    NOTHING_TO_CAPTURE,
    /** Arguments: status of the charge. */
    NOTHING_TO_CHANGE,
    /** Arguments: status of the charge, amount paid. */
    TOO_LATE_TO_CHANGE,
    /** Arguments: state of the charge, amount credited, amount that is left to be captured. */
    CREDIT_OF_RESERVED,
    /** Arguments: amount credited, amount of the charge, amount captured of it. */
    CREDIT_OF_PART_CAPTURED,
    /** Arguments: status of the invoice's charge. */
    NOTHING_TO_RETRY,
    /** Arguments: order id before, due date. */
    CHARGED_ANEW,
    /** Arguments: order id that was paid. */
    RETRY_UNDONE,
    /** Arguments: order id that was paid, order id that may be paid too. */
    PAID_TWICE,
    /** Arguments: amount, what is still reserved. */
    CAPTURE_ABOVE_REST,
    /** Arguments: date of the market's deadline, what is still reserved. */
    CAPTURE_SOON,
    /** Arguments: amount, what can still be paid back. */
    REFUND_ABOVE_REST,
    /** Arguments: days that a refund is possible. */
    REFUND_TOO_LATE,
    /** Arguments: amount. */
    REFUND_REPORT_ONLY,
    /** Arguments: amount. */
    REFUND_NEEDS_APPROVAL,
    /** Arguments: amount, ceiling of the day. */
    REFUND_ABOVE_CEILING,
    /** Arguments: amount paid back by others. */
    REFUND_NOT_OURS,
    /** Arguments: status of the charge. */
    OPERATION_NOT_CONFIRMED,
    /** Arguments: agreement. */
    AGREEMENT_NOT_CONFIRMED,
    /** Arguments: agreement, its status. */
    AGREEMENT_STATUS_UNKNOWN,
    /** Arguments: amount that moved since its call. */
    OPERATION_MAY_BE_DONE,
    /** Arguments: why not. */
    REQUEST_NOT_POSSIBLE,
    /** Arguments: HTTP status, what the API said. */
    OPERATION_REFUSED,
    /** Arguments: none. */
    OPERATION_DISCARDED,
    // What a reconciliation found.
    /** Arguments: none. */
    API_SHOWS_ANOTHER_SUM,
    /** Arguments: none. */
    NOT_SETTLED,
    /** Arguments: none. */
    REFUND_NOT_SETTLED,
    /** Arguments: none. */
    SETTLED_UNSEEN,
    /** Arguments: none. */
    SETTLED_ANOTHER_SUM,
    /** Arguments: none. */
    SETTLED_FOR_OTHERS,
    // What a route could not handle; read by operators only.
    /** Arguments: route, what went wrong. */
    ROUTE_FAILED
}
