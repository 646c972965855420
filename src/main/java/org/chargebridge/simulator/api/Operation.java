package org.chargebridge.simulator.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The calls of the API, by the names that the log and the fault rules use. */
enum Operation {
    LIST_AGREEMENTS("GET", "/recurring/v3/agreements"),
    GET_AGREEMENT("GET", "/recurring/v3/agreements/([^/]+)"),
    DRAFT_AGREEMENT("POST", "/recurring/v3/agreements"),
    UPDATE_AGREEMENT("PATCH", "/recurring/v3/agreements/([^/]+)"),
    ACCEPT_AGREEMENT("PATCH", "/recurring/v3/agreements/([^/]+)/accept"),
    CREATE_CHARGES("POST", "/recurring/v3/agreements/charges"),
    CREATE_CHARGE("POST", "/recurring/v3/agreements/([^/]+)/charges"),
    LIST_CHARGES("GET", "/recurring/v3/agreements/([^/]+)/charges"),
    GET_CHARGE("GET", "/recurring/v3/agreements/([^/]+)/charges/([^/]+)"),
    CANCEL_CHARGE("DELETE", "/recurring/v3/agreements/([^/]+)/charges/([^/]+)"),
    CAPTURE_CHARGE("POST", "/recurring/v3/agreements/([^/]+)/charges/([^/]+)/capture"),
    REFUND_CHARGE("POST", "/recurring/v3/agreements/([^/]+)/charges/([^/]+)/refund"),
    GET_CHARGE_BY_ID("GET", "/recurring/v3/charges/([^/]+)"),
    REGISTER_WEBHOOK("POST", "/webhooks/v1/webhooks"),
    LIST_WEBHOOKS("GET", "/webhooks/v1/webhooks"),
    DELETE_WEBHOOK("DELETE", "/webhooks/v1/webhooks/([^/]+)"),
    LIST_LEDGERS("GET", "/settlement/v1/ledgers"),
    READ_FEED("GET", "/report/v2/ledgers/([^/]+)/([^/]+)/feed"),
    READ_DATE("GET", "/report/v2/ledgers/([^/]+)/([^/]+)/dates/([^/]+)"),
    ACCOUNTING_TOKEN("POST", "/miami/v1/token"),
    TOKEN("POST", "/access[tT]oken/get"),
    UNKNOWN("", "(?!)");

    private final String method;
    private final Pattern path;

    Operation(String method, String path) {
        this.method = method;
        this.path = Pattern.compile(path);
    }

    /** The operation of a call, of version 2 too. */
    static Operation of(String method, String path) {
        if (OldRequests.is(path)) {
            Operation operation = newest(OldRequests.newMethod(method), OldRequests.newPath(path));
            return OldRequests.knew(operation) ? operation : UNKNOWN;
        }
        return newest(method, path);
    }

    private static Operation newest(String method, String path) {
        for (Operation operation : values()) {
            if (operation.method.equals(method) && operation.path.matcher(path).matches()) {
                return operation;
            }
        }
        return UNKNOWN;
    }

    /** Whether it reads settlements, which accounting keys may do too. */
    boolean isOfReports() {
        return this == LIST_LEDGERS || this == READ_FEED || this == READ_DATE;
    }

    static List<String> names() {
        return Stream.of(values()).map(Operation::wireName).toList();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A part of the path, counted from 1. */
    Optional<String> part(String of, int number) {
        Matcher matcher = path.matcher(of);
        return matcher.matches() && matcher.groupCount() >= number
                ? Optional.of(matcher.group(number))
                : Optional.empty();
    }
}
