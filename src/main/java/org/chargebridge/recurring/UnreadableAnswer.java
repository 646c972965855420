package org.chargebridge.recurring;

/** The API answered a success whose body cannot be understood: what it means is not known. */
public final class UnreadableAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableAnswer(String message) {
        super(message);
    }
}
