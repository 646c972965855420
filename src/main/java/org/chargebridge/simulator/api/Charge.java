package org.chargebridge.simulator.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedList;
import java.util.List;
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
    private final ChargeType type;
    private final boolean singleAttempt;
    private final long createdAt;
    private ChargeStatus status = ChargeStatus.DUE;
    private FailureReason failure;
    private long changedAt;
    private ChargeEvent latest;
    private long number;
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
        this.type = order.type();
        this.singleAttempt = order.singleAttempt();
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

    ChargeType type() {
        return type;
    }

    /** Whether it is given up when its first attempt fails. */
    boolean singleAttempt() {
        return singleAttempt;
    }

    /** What happened to it since it was created, oldest first. */
    List<ChargeEvent> events() {
        LinkedList<ChargeEvent> events = new LinkedList<>();
        for (ChargeEvent event = latest; event != null; event = event.previous()) {
            events.addFirst(event);
        }
        return events;
    }

    private Optional<ChargeEvent> last(ChargeEvent.Kind kind) {
        for (ChargeEvent event = latest; event != null; event = event.previous()) {
            if (event.kind() == kind && event.success()) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private int sum(ChargeEvent.Kind kind) {
        int sum = 0;
        for (ChargeEvent event = latest; event != null; event = event.previous()) {
            sum += event.kind() == kind && event.success() ? event.amount() : 0;
        }
        return sum;
    }

    Optional<Instant> reservedAt() {
        return last(ChargeEvent.Kind.RESERVE).map(ChargeEvent::occurred);
    }

    Optional<Instant> capturedAt() {
        return last(ChargeEvent.Kind.CAPTURE).map(ChargeEvent::occurred);
    }

    /** Minor units, like all sums here. */
    int captured() {
        return sum(ChargeEvent.Kind.CAPTURE);
    }

    int refunded() {
        return sum(ChargeEvent.Kind.REFUND);
    }

    int cancelled() {
        return sum(ChargeEvent.Kind.CANCEL);
    }

    /** What could still be collected. */
    int uncaptured() {
        return amount - captured() - cancelled();
    }

    /** Whether an attempt on the due date has failed already. */
    boolean attempted() {
        return attempted;
    }

    /** When the customer last set another maximum, where that happened since the agreement was accepted. */
    Optional<Instant> allowedAt() {
        return account.history().stream()
                .filter(event ->
                        event.kind() == AgreementEvent.Kind.UPDATE && event.actor() == AgreementEvent.Actor.USER)
                .map(AgreementEvent::occurred)
                .reduce((earlier, later) -> later);
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

    void created(ChargeStatus first) {
        status = first;
    }

    void move(ChargeStatus to, Instant at) {
        status = to;
        changedAt = at.toEpochMilli();
        seen = false;
    }

    void happened(ChargeEvent.Kind kind, Instant at, int sum, String key, boolean success) {
        latest = new ChargeEvent(kind, at.toEpochMilli(), sum, key, success, latest);
        if (kind == ChargeEvent.Kind.CAPTURE && success) {
            failure = null;
        }
    }

    void numbered(long newNumber) {
        number = newNumber;
    }

    /** A failed attempt leaves the charge DUE while retry days remain; only the reason shows. */
    void attemptFailed(FailureReason reason, Instant at) {
        attempted = true;
        failure = reason;
        changedAt = at.toEpochMilli();
        seen = false;
    }
}
