package org.chargebridge.intake.http;

import java.util.Optional;

/** One agreement that the API is asked about for a caller; used by one thread at a time. */
public final class DrupalQuestion {

    private final String agreementId;
    private final String msn;
    private final boolean charges;
    private final StringBuilder parts = new StringBuilder();
    private Optional<String> more = Optional.empty();
    private Optional<String> error = Optional.empty();
    private boolean asked;
    private int status;
    private int pages;

    /** @param charges whether its charges are asked for, and not the agreement itself */
    DrupalQuestion(String agreementId, String msn, boolean charges) {
        this.agreementId = agreementId;
        this.msn = msn;
        this.charges = charges;
    }

    String agreementId() {
        return agreementId;
    }

    public String getMsn() {
        return msn;
    }

    public String getPath() {
        return "/recurring/v3/agreements/" + agreementId + (charges ? "/charges" : "");
    }

    /** Where the list goes on; null for its beginning, as a message without the header has it. */
    public String getContinuationToken() {
        return more.orElse(null);
    }

    public boolean isCharges() {
        return charges;
    }

    boolean isOpen() {
        return error.isEmpty() && (!asked || more.isPresent());
    }

    int pages() {
        return pages;
    }

    /** Adds one page of what was found; several are joined by commas. */
    void found(String text, Optional<String> next) {
        asked = true;
        status = 200;
        pages++;
        more = next;
        parts.append(parts.isEmpty() || text.isEmpty() ? "" : ",").append(text);
    }

    void failed(int answered, String why) {
        asked = true;
        status = answered;
        error = Optional.of(why);
    }

    int status() {
        return status;
    }

    Optional<String> error() {
        return error;
    }

    String text() {
        return parts.toString();
    }
}
