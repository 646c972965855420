package org.chargebridge.intake.format;

/** Follows quotes through the lines of one CSV record: where it ends, and whether it is sound. */
final class QuoteScan {

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final char delimiter;
    private State state = State.FIELD_START;
    private boolean sound = true;

    QuoteScan(char delimiter) {
        this.delimiter = delimiter;
    }

    /** Takes the next line; a line end inside quotes belongs to the field. */
    void line(String text) {
        for (int i = 0; i < text.length(); i++) {
            state = after(text.charAt(i));
        }
        if (state == State.QUOTE_IN_QUOTED) {
            state = State.PLAIN;
        }
    }

    private State after(char c) {
        return switch (state) {
            case FIELD_START -> c == '"' ? State.QUOTED : c == delimiter ? State.FIELD_START : State.PLAIN;
            case PLAIN -> c == delimiter ? State.FIELD_START : State.PLAIN;
            case QUOTED -> c == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
            case QUOTE_IN_QUOTED -> {
                if (c == '"') {
                    yield State.QUOTED;
                }
                if (c == delimiter) {
                    yield State.FIELD_START;
                }
                sound = false;
                yield State.PLAIN;
            }
        };
    }

    /** Whether a quoted field goes on in the next line. */
    boolean isOpen() {
        return state == State.QUOTED;
    }

    /** Whether no text stands between a closing quote and the next delimiter. */
    boolean isSound() {
        return sound;
    }
}
