package org.chargebridge.simulator.api;

import java.time.Duration;
import java.time.Instant;

/** One event on its way to one registration. */
final class WebhookDelivery {

    /** After this long nobody tries any more. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    private final long number;
    private final String subject;
    private final WebhookEvent event;
    private final byte[] body;
    private final Instant begun;
    private int failures;
    private Instant notBefore;
    private boolean outOfOrder;
    private boolean doubled;
    private boolean examined;

    WebhookDelivery(long number, String subject, WebhookEvent event, byte[] body, Instant begun) {
        this.number = number;
        this.subject = subject;
        this.event = event;
        this.body = body;
        this.begun = begun;
        this.notBefore = begun;
    }

    long number() {
        return number;
    }

    /** The charge or agreement that it is about: events about one are told in order. */
    String subject() {
        return subject;
    }

    WebhookEvent event() {
        return event;
    }

    byte[] body() {
        return body;
    }

    Instant notBefore() {
        return notBefore;
    }

    /** Whether later events about the same charge need not wait for it. */
    boolean outOfOrder() {
        return outOfOrder;
    }

    /** Whether it has been decided what goes wrong with it. */
    boolean examined() {
        return examined;
    }

    void examine() {
        examined = true;
    }

    boolean doubled() {
        return doubled;
    }

    void twice() {
        doubled = true;
    }

    void delayed(Instant until) {
        notBefore = until;
        outOfOrder = true;
        examined = true;
    }

    int failures() {
        return failures;
    }

    void failed(Instant at) {
        failures++;
        notBefore = at.plus(pause());
    }

    /** Four times two seconds, one minute, two minutes, hourly up to the 29th attempt, then daily. */
    private Duration pause() {
        if (failures <= 4) {
            return Duration.ofSeconds(2);
        }
        if (failures <= 6) {
            return Duration.ofMinutes(failures - 4L);
        }
        return failures < 29 ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    boolean hopeless() {
        return notBefore.isAfter(begun.plus(PATIENCE));
    }
}
