package org.chargebridge.webhook;

/**
 * One call about registrations.
 *
 * @param path of the request
 * @param body empty where it has none
 */
public record RegistrationCall(String msn, String method, String path, byte[] body, RegistrationRun run) {

    @Override
    public String toString() {
        return "RegistrationCall[" + method + " " + path + " for " + msn + "]";
    }
}
