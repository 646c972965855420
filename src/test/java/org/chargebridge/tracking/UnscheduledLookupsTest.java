package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Charges that are made at once: when they are looked up, and what "not found" means of them. */
class UnscheduledLookupsTest {

    /** A file that was sent at once and acknowledged at nine in the morning of November 20th. */
    private static long sent(TrackingRig rig, String prefix, int lines) {
        long file = rig.acknowledged(prefix, lines, "2026-11-20");
        for (String change : List.of(
                "update instruction set requested_due = null, retry_days = 0 where file_id = :file",
                "update block set unscheduled = true where file_id = :file",
                "update dispatch set kind = 'UNSCHEDULED' where id in (select dispatch_id from block where file_id = :file)")) {
            rig.jdbc.sql(change).param("file", file).update();
        }
        return file;
    }

    private static Lookup only(TrackingRig rig) {
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        assertThat(round).hasSize(1);
        return round.get(0);
    }

    @Test
    void itIsPaidWithinMoments() {
        try (TrackingRig rig = new TrackingRig()) {
            long file = sent(rig, "file", 1);
            rig.found(only(rig), "PROCESSING", ",\"type\":\"UNSCHEDULED\"");
            assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
            rig.clock.advance(Duration.ofMinutes(1));
            rig.found(
                    only(rig),
                    "CHARGED",
                    ",\"type\":\"UNSCHEDULED\",\"summary\":{\"captured\":10000,\"refunded\":0,\"cancelled\":0}");
            assertThat(rig.status(file, 1)).isEqualTo("CHARGED");
            assertThat(rig.reported()).containsExactly("CHARGED");
            rig.clock.advance(Duration.ofDays(3));
            assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        }
    }

    @Test
    void aScheduledChargeUnderItsOrderIdIsHeldForAPerson() {
        try (TrackingRig rig = new TrackingRig()) {
            long file = sent(rig, "file", 1);
            rig.found(only(rig), "DUE", ",\"type\":\"RECURRING\"");
            assertThat(rig.status(file, 1)).isEqualTo("HELD");
        }
    }

    @Test
    void itIsNotUnconfirmedBeforeTheDayIsOverOnWhichItWasSent() {
        try (TrackingRig rig = new TrackingRig(5)) {
            long file = sent(rig, "file", 3);
            rig.plan.next(TrackingRig.MSN);
            assertThat(rig.reported()).isEmpty();
            assertThat(rig.status(file, 3)).isEqualTo("-");
            rig.clock.moveTo("2026-11-20T23:30:00Z");
            rig.plan.next(TrackingRig.MSN);
            assertThat(rig.reported()).containsOnly("UNCONFIRMED").hasSize(3);
        }
    }

    @Test
    void anAcknowledgedOneThatIsMissingIsRefusedOnlyAfterThatDayBesideAnotherThatIsFound() {
        try (TrackingRig rig = new TrackingRig()) {
            rig.acknowledged("other", 1, "2026-12-20");
            long file = sent(rig, "file", 1);
            rig.plan.next(TrackingRig.MSN).forEach(lookup -> settle(rig, lookup));
            rig.plan.next(TrackingRig.MSN).forEach(lookup -> settle(rig, lookup));
            rig.clock.moveTo("2026-11-20T22:59:00Z");
            rig.plan.next(TrackingRig.MSN).forEach(lookup -> settle(rig, lookup));
            assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
            rig.clock.moveTo("2026-11-20T23:59:00Z");
            rig.plan.next(TrackingRig.MSN).forEach(lookup -> settle(rig, lookup));
            assertThat(rig.status(file, 1)).isEqualTo("REFUSED");
            assertThat(rig.count("select count(*) from block where unscheduled and dispatch_id is null"))
                    .isZero();
        }
    }

    @Test
    void oneWhoseRequestWasNeverAnsweredIsSentAgainByItselfAfterTheGracePeriodAlsoOnAnotherDay() {
        try (TrackingRig rig = new TrackingRig()) {
            sent(rig, "file", 1);
            rig.missing(only(rig));
            rig.jdbc.sql("update charge set unanswered = true").update();
            rig.clock.advance(Duration.ofMinutes(2));
            rig.missing(only(rig));
            assertThat(rig.count("select count(*) from block where dispatch_id is null"))
                    .isZero();
            rig.clock.moveTo("2026-11-22T08:00:00Z");
            rig.missing(only(rig));
            assertThat(rig.count(
                            "select count(*) from block where dispatch_id is null and unscheduled and correction = 1"))
                    .isOne();
        }
    }

    private static void settle(TrackingRig rig, Lookup lookup) {
        if (lookup.line().orderId().startsWith("file")) {
            rig.missing(lookup);
        } else {
            rig.found(lookup, "DUE", "");
        }
    }

    @Property
    void itIsLookedAtSoonAndThenLessAndLessOftenButEveryDay(
            @ForAll @IntRange(max = 100) int looks, @ForAll boolean told) {
        Instant now = Instant.parse("2026-11-20T08:00:00Z");
        Instant next = NextCheck.ofUnscheduled(looks, now, told);
        assertThat(next).isAfter(now).isBefore(now.plus(Duration.ofDays(1)));
        assertThat(NextCheck.ofUnscheduled(looks + 1, now, told)).isAfterOrEqualTo(next);
    }
}
