package org.chargebridge.simulator.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** One charge. Its fields are small because a million of them must fit in memory. */
final class Charge {

    private final Merchant merchant;
    private final AgreementAccount account;
    private final String id;
    private final String externalId;
    private final String description;
    private final String createKey;
    private final int amount;
    private final int dueEpochDay;
    private final byte retryDays;
    private final boolean reserveOnly;
    private final long createdAt;
    private ChargeStatus status = ChargeStatus.DUE;
    private FailureReason failure;
    private long changedAt;
    private long reservedAt;
    private long number;
    private String cancelKey;
    private boolean attempted;
    private boolean seen;

    Charge(Merchant merchant, AgreementAccount account, ChargeOrder order, String createKey, Instant createdAt) {
        this.merchant = merchant;
        this.account = account;
        this.id = order.orderId();
        this.externalId = order.externalId();
        this.description = order.description();
        this.createKey = createKey;
        this.amount = order.amount();
        this.dueEpochDay = Math.toIntExact(order.due().toEpochDay());
        this.retryDays = (byte) order.retryDays();
        this.reserveOnly = order.reserveOnly();
        this.createdAt = createdAt.toEpochMilli();
        this.changedAt = this.createdAt;
    }

    Merchant merchant() {
        return merchant;
    }

    AgreementAccount account() {
        return account;
    }

    Agreement agreement() {
        return account.agreement();
    }

    String id() {
        return id;
    }

    Optional<String> externalId() {
        return Optional.ofNullable(externalId);
    }

    String description() {
        return description;
    }

    String createKey() {
        return createKey;
    }

    int amount() {
        return amount;
    }

    LocalDate due() {
        return LocalDate.ofEpochDay(dueEpochDay);
    }

    int retryDays() {
        return retryDays;
    }

    boolean reserveOnly() {
        return reserveOnly;
    }

    Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    ChargeStatus status() {
        return status;
    }

    Optional<FailureReason> failure() {
        return Optional.ofNullable(failure);
    }

    Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    Optional<Instant> reservedAt() {
        return reservedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(reservedAt));
    }

    /** Whether an attempt on the due date has failed already. */
    boolean attempted() {
        return attempted;
    }

    /** Whether somebody has asked for it since it last changed. */
    boolean seen() {
        return seen;
    }

    void markSeen() {
        seen = true;
    }

    /** Ten digits, given when the money is taken. */
    Optional<String> transactionId() {
        return number == 0 ? Optional.empty() : Optional.of(Long.toString(5_000_000_000L + number));
    }

    /** The key of the call that cancelled it; empty when it fell with its agreement. */
    Optional<String> cancelKey() {
        return Optional.ofNullable(cancelKey);
    }

    void cancelledBy(String key) {
        cancelKey = key;
    }

    void created(ChargeStatus first) {
        status = first;
    }

    void move(ChargeStatus to, Instant at, long newNumber) {
        status = to;
        changedAt = at.toEpochMilli();
        seen = false;
        switch (to) {
            case RESERVED -> reservedAt = changedAt;
            case CHARGED -> {
                number = newNumber;
                failure = null;
            }
            default -> {}
        }
    }

    /** A failed attempt leaves the charge DUE while retry days remain; only the reason shows. */
    void attemptFailed(FailureReason reason, Instant at) {
        attempted = true;
        failure = reason;
        changedAt = at.toEpochMilli();
        seen = false;
    }
}
