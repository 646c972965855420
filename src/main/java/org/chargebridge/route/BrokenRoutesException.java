package org.chargebridge.route;

import java.util.List;

/** The files in {@code routes/} do not fit together; every problem names its file and, where it is known, the line. */
final class BrokenRoutesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenRoutesException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
