package org.chargebridge.console.cli;

/** The gateway was not reached, or refused; the message is for the person at the shell. */
final class GatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    GatewayException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
