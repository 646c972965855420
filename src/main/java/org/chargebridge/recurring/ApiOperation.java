package org.chargebridge.recurring;

/** What a call is for, in the words of metrics and health. */
enum ApiOperation {
    CREATE_CHARGES("create-charges"),
    CREATE_CHARGE("create-charge"),
    GET_CHARGE("get-charge"),
    CANCEL_CHARGE("cancel-charge"),
    CAPTURE_CHARGE("capture-charge"),
    REFUND_CHARGE("refund-charge"),
    LIST_CHARGES("list-charges"),
    FIND_CHARGE("find-charge"),
    LIST_AGREEMENTS("list-agreements"),
    DRAFT_AGREEMENT("draft-agreement"),
    GET_AGREEMENT("get-agreement"),
    UPDATE_AGREEMENT("update-agreement"),
    ACCEPT_AGREEMENT("accept-agreement"),
    LIST_WEBHOOKS("list-webhooks"),
    REGISTER_WEBHOOK("register-webhook"),
    DELETE_WEBHOOK("delete-webhook"),
    LIST_LEDGERS("list-ledgers"),
    READ_LEDGER("read-ledger"),
    FETCH_TOKEN("fetch-token"),
    FETCH_ACCOUNTING_TOKEN("fetch-accounting-token"),
    OTHER("other");

    private static final String ROOT = "/recurring/v3";

    private final String word;

    ApiOperation(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    boolean isOfWebhooks() {
        return this == LIST_WEBHOOKS || this == REGISTER_WEBHOOK || this == DELETE_WEBHOOK;
    }

    /** Whether it only tells what was settled: accounting keys may do that, and nothing is collected by it. */
    boolean isOfReports() {
        return this == LIST_LEDGERS || this == READ_LEDGER || this == FETCH_ACCOUNTING_TOKEN;
    }

    /** By what the API's paths look like; the query does not count. */
    static ApiOperation of(String method, String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.startsWith(WebhookRequests.PATH)) {
            return switch (method) {
                case "GET" -> LIST_WEBHOOKS;
                case "POST" -> REGISTER_WEBHOOK;
                case "DELETE" -> DELETE_WEBHOOK;
                default -> OTHER;
            };
        }
        if (path.equals(ReportRequests.LEDGERS_PATH)) {
            return LIST_LEDGERS;
        }
        if (path.startsWith(ReportRequests.REPORTS_ROOT)) {
            return READ_LEDGER;
        }
        if (!path.startsWith(ROOT)) {
            return OTHER;
        }
        // With an id in place of each id: what is left says which endpoint it is.
        String shape = path.substring(ROOT.length());
        if (!shape.equals("/agreements/charges")) {
            shape = shape.replaceFirst("^(/agreements|/charges)/[^/]+", "$1/id")
                    .replaceFirst("^(/agreements/id/charges)/[^/]+", "$1/id");
        }
        return switch (method + " " + shape) {
            case "POST /agreements/charges" -> CREATE_CHARGES;
            case "POST /agreements/id/charges" -> CREATE_CHARGE;
            case "GET /agreements/id/charges/id" -> GET_CHARGE;
            case "DELETE /agreements/id/charges/id" -> CANCEL_CHARGE;
            case "POST /agreements/id/charges/id/capture" -> CAPTURE_CHARGE;
            case "POST /agreements/id/charges/id/refund" -> REFUND_CHARGE;
            case "GET /agreements/id/charges" -> LIST_CHARGES;
            case "GET /charges/id" -> FIND_CHARGE;
            case "GET /agreements" -> LIST_AGREEMENTS;
            case "POST /agreements" -> DRAFT_AGREEMENT;
            case "GET /agreements/id" -> GET_AGREEMENT;
            case "PATCH /agreements/id" -> UPDATE_AGREEMENT;
            case "PATCH /agreements/id/accept" -> ACCEPT_AGREEMENT;
            default -> OTHER;
        };
    }
}
