package org.chargebridge.simulator.api;

/** A field and what is wrong with it, under the problem id that the single create answers. */
record FieldError(String name, String reason, String problem) {

    FieldError(String name, String reason) {
        this(name, reason, "validation-error");
    }

    String text() {
        return name + " " + reason;
    }
}
