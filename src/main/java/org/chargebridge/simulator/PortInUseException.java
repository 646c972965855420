package org.chargebridge.simulator;

/** A port that one of the demo's servers was told to listen on is taken. */
public final class PortInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int port;

    public PortInUseException(int port, Throwable cause) {
        super("Port " + port + " is in use", cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
