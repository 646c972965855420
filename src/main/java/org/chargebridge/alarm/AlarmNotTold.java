package org.chargebridge.alarm;

/** Alarms did not reach their receiver; the message says why, without addresses and secrets. */
final class AlarmNotTold extends Exception {

    private static final long serialVersionUID = 1L;

    AlarmNotTold(String message, Throwable cause) {
        super(message, cause);
    }

    AlarmNotTold(String message) {
        super(message);
    }
}
