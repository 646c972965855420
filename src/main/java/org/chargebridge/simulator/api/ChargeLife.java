package org.chargebridge.simulator.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happens to a charge next, and when, if nobody touches it. */
final class ChargeLife {

    /** A run of the main batch takes about this long for one charge. */
    private static final Duration PROCESSING = Duration.ofMinutes(20);

    private static final Duration UNKNOWN_RESULT = Duration.ofHours(1);
    private static final int UNKNOWN_RESULT_AMOUNT = 201;
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final int VISIBLE_DAYS = 29;

    /** What is only asked of customers in Norway: 3-D Secure and SCA. */
    private static final Set<Integer> NORWEGIAN = Set.of(197, 202);

    /** The amounts of the API's test environment, and one of our own (188) for a failure on the API's side. */
    private static final Map<Integer, FailureReason> FAILING = Map.of(
            151, FailureReason.USER_ACTION_REQUIRED,
            182, FailureReason.USER_ACTION_REQUIRED,
            183, FailureReason.NON_TECHNICAL_ERROR,
            184, FailureReason.USER_ACTION_REQUIRED,
            186, FailureReason.USER_ACTION_REQUIRED,
            187, FailureReason.USER_ACTION_REQUIRED,
            188, FailureReason.TECHNICAL_ERROR,
            197, FailureReason.USER_ACTION_REQUIRED,
            202, FailureReason.USER_ACTION_REQUIRED);

    private final Map<Integer, Integer> recoveries;

    ChargeLife(Map<Integer, Integer> recoveries) {
        this.recoveries = recoveries;
    }

    enum Kind {
        BECOME_DUE,
        START,
        ATTEMPT_FAILS,
        FINISH,
        GIVE_UP,
        /** What was reserved and not captured within the market's time goes back to the customer. */
        RELEASE
    }

    record Step(Instant at, Kind kind) {}

    /**
     * The state a new charge is first seen in: PENDING while its due date is 30 days away or more, or while its
     * agreement waits to be accepted.
     */
    static ChargeStatus first(Charge charge) {
        if (charge.type() == ChargeType.UNSCHEDULED) {
            return ChargeStatus.PROCESSING;
        }
        if (charge.type() == ChargeType.INITIAL) {
            return ChargeStatus.PENDING;
        }
        boolean far = becomesDue(charge).isAfter(charge.createdAt());
        return far ? ChargeStatus.PENDING : ChargeStatus.DUE;
    }

    private static Instant becomesDue(Charge charge) {
        return charge.agreement().market().startOf(charge.due().minusDays(VISIBLE_DAYS));
    }

    Optional<Step> next(Charge charge) {
        return switch (charge.status()) {
            case PENDING ->
                charge.type() == ChargeType.INITIAL
                        ? Optional.empty()
                        : Optional.of(new Step(becomesDue(charge), Kind.BECOME_DUE));
            case DUE -> Optional.of(nextWhileDue(charge));
            case PROCESSING -> Optional.of(nextWhileProcessed(charge));
            case RESERVED, PARTIALLY_CAPTURED, PARTIALLY_REFUNDED, REFUNDED -> release(charge);
            case CHARGED, FAILED, CANCELLED -> Optional.empty();
        };
    }

    private Step nextWhileProcessed(Charge charge) {
        if (charge.type() == ChargeType.UNSCHEDULED && failure(charge).isPresent()) {
            return charge.attempted()
                    ? new Step(charge.changedAt(), Kind.GIVE_UP)
                    : new Step(charge.changedAt().plus(AT_ONCE), Kind.ATTEMPT_FAILS);
        }
        return new Step(charge.changedAt().plus(processing(charge)), Kind.FINISH);
    }

    private static Optional<Step> release(Charge charge) {
        if (charge.uncaptured() == 0) {
            return Optional.empty();
        }
        int days = charge.merchant().may(Merchant.Feature.LATE_CAPTURE)
                ? Market.NO.captureDays()
                : charge.agreement().market().captureDays();
        return charge.reservedAt().map(at -> new Step(at.plus(Duration.ofDays(days)), Kind.RELEASE));
    }

    private Step nextWhileDue(Charge charge) {
        if (!charge.attempted()) {
            boolean fails = failure(charge).isPresent();
            return new Step(run(charge, 0, 0), fails ? Kind.ATTEMPT_FAILS : Kind.START);
        }
        if (charge.singleAttempt()) {
            return new Step(charge.changedAt(), Kind.GIVE_UP);
        }
        Optional<Instant> allowed = onceAllowed(charge);
        if (allowed.isPresent()) {
            return new Step(allowed.get(), Kind.START);
        }
        Integer recovery = recoveries.get(charge.amount());
        if (recovery != null && recovery <= charge.retryDays()) {
            return new Step(run(charge, recovery, recovery == 0 ? 1 : 0), Kind.START);
        }
        Instant end = charge.due()
                .plusDays(charge.retryDays() + 1L)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return new Step(end, Kind.GIVE_UP);
    }

    /** The next run on a retry day after the customer raised the maximum that the charge was above. */
    private Optional<Instant> onceAllowed(Charge charge) {
        boolean wasTooHigh = charge.failure().equals(Optional.of(FailureReason.CHARGE_AMOUNT_TOO_HIGH));
        if (!wasTooHigh || failure(charge).isPresent()) {
            return Optional.empty();
        }
        Instant raised = charge.allowedAt().orElse(charge.changedAt());
        return IntStream.rangeClosed(0, charge.retryDays())
                .boxed()
                .flatMap(day -> Stream.of(run(charge, day, 0), run(charge, day, 1)))
                .filter(run -> run.isAfter(raised) && run.isAfter(charge.changedAt()))
                .findFirst();
    }

    private static Instant run(Charge charge, int retryDay, int run) {
        return charge.agreement().market().run(charge.due().plusDays(retryDay), run);
    }

    private static Duration processing(Charge charge) {
        if (charge.amount() == UNKNOWN_RESULT_AMOUNT) {
            return UNKNOWN_RESULT;
        }
        return charge.type() == ChargeType.UNSCHEDULED ? AT_ONCE : PROCESSING;
    }

    /** Why an attempt on the due date fails; empty when it succeeds. */
    Optional<FailureReason> failure(Charge charge) {
        if (charge.agreement().tooHighForCustomer(charge.amount())) {
            return Optional.of(FailureReason.CHARGE_AMOUNT_TOO_HIGH);
        }
        if (NORWEGIAN.contains(charge.amount()) && charge.agreement().market() != Market.NO) {
            return Optional.empty();
        }
        return recoveries.containsKey(charge.amount())
                ? Optional.of(FailureReason.USER_ACTION_REQUIRED)
                : Optional.ofNullable(FAILING.get(charge.amount()));
    }
}
