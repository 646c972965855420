package org.chargebridge.recurring;

/** What a call is for, in the words of metrics and health. */
enum ApiOperation {
    CREATE_CHARGES("create-charges"),
    CREATE_CHARGE("create-charge"),
    GET_CHARGE("get-charge"),
    FETCH_TOKEN("fetch-token"),
    OTHER("other");

    private final String word;

    ApiOperation(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static ApiOperation of(String method, String path) {
        if (method.equals("POST") && path.equals(ChargeRequests.BATCH_PATH)) {
            return CREATE_CHARGES;
        }
        if (method.equals("POST") && path.matches("/recurring/v3/agreements/[^/]+/charges")) {
            return CREATE_CHARGE;
        }
        return method.equals("GET") && path.matches("/recurring/v3/agreements/[^/]+/charges/[^/]+")
                ? GET_CHARGE
                : OTHER;
    }
}
