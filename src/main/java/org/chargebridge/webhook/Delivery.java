package org.chargebridge.webhook;

/** One request of the API as it came: the headers its signature is made of, and the body's bytes. */
public record Delivery(WebhookSignature signature, byte[] body) {

    /** Shows nothing of what was sent. */
    @Override
    public String toString() {
        return "Delivery[" + body.length + " bytes]";
    }
}
