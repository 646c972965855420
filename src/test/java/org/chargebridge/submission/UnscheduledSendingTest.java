package org.chargebridge.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.Dispatches.Kind;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Charges that are made at once: each by itself, with its type, on the day on which it is sent. */
class UnscheduledSendingTest {

    private final SendingRig rig = new SendingRig();

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    private long unscheduled(String prefix, int lines) {
        return new RecordedLines(rig.database).unscheduled().due("2026-11-20").file(prefix, lines);
    }

    private static String body(Lease lease) {
        return new String(lease.body(), UTF_8);
    }

    private void taken(Lease lease) {
        rig.answer(lease, 201, "{\"chargeId\":\"x\"}");
    }

    private LocalDate day(String table, String column) {
        return rig.jdbc
                .sql("select max(%s) from %s".formatted(column, table))
                .query(LocalDate.class)
                .single();
    }

    private void senderDies() {
        rig.jdbc
                .sql(
                        "update dispatch set lease_until = clock_timestamp() - interval '1 second' where state = 'SENDING'")
                .update();
    }

    @Test
    void eachGoesByItselfWithItsTypeAndNoneOfThemInABatch() {
        unscheduled("once", 3);
        new RecordedLines(rig.database).file("due", 5);
        List<Lease> sent = new ArrayList<>();
        for (int requests = 0; requests < 4; requests++) {
            sent.add(rig.lease());
            taken(sent.get(requests));
        }
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(sent)
                .extracting(Lease::kind)
                .containsExactlyInAnyOrder(Kind.UNSCHEDULED, Kind.UNSCHEDULED, Kind.UNSCHEDULED, Kind.BATCH);
        assertThat(sent).extracting(Lease::idempotencyKey).doesNotHaveDuplicates();
        for (Lease lease : sent) {
            if (lease.kind() == Kind.BATCH) {
                assertThat(body(lease)).contains("due-00000005").doesNotContain("once-");
            } else {
                assertThat(lease.path()).endsWith("/agr_demo0001/charges");
                assertThat(lease.lineCount()).isOne();
                assertThat(body(lease))
                        .contains("\"type\":\"UNSCHEDULED\"")
                        .doesNotContain("\"due\"")
                        .doesNotContain("retryDays");
            }
        }
        assertThat(rig.linesOutsideExactlyOneBlock()).isZero();
    }

    @Test
    void aSenderThatDiesBeforeTheAnswerLeavesTheSameBytesAndKeyAndThenOnlyALookUp() {
        long file = unscheduled("once", 1);
        Lease first = rig.lease();
        senderDies();
        rig.clock.advance(Duration.ofMinutes(5));
        Lease again = rig.lease();
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.idempotencyKey()).isEqualTo(first.idempotencyKey());
        senderDies();
        rig.clock.advance(Duration.ofMinutes(6));
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.chargeStatus(file, 1)).contains("UNCONFIRMED");
        assertThat(rig.dispatchState(first.dispatchId())).isEqualTo("VOID");
        rig.clock.advance(Duration.ofDays(3));
        assertThat(rig.nothingMayGo()).isTrue();
    }

    @Test
    void theDayCountsOnWhichItIsSentLast() {
        unscheduled("once", 1);
        rig.clock.moveTo("2026-11-21T22:55:00Z");
        rig.lease();
        assertThat(day("instruction", "effective_due")).isEqualTo("2026-11-21");
        senderDies();
        rig.clock.moveTo("2026-11-21T23:01:00Z");
        Lease again = rig.lease();
        assertThat(day("instruction", "effective_due")).isEqualTo("2026-11-22");
        assertThat(day("dispatch", "earliest_due")).isEqualTo("2026-11-22");
        rig.answer(again, 400, "{\"title\":\"no\",\"status\":400}");
        assertThat(day("charge", "due")).isEqualTo("2026-11-22");
        assertThat(rig.count("select count(*) from instruction where requested_due is not null"))
                .isZero();
    }

    @Test
    void noCutOffAndNoLeadTimeKeepsItFromGoingHoweverLongItWaited() {
        long file = unscheduled("once", 1);
        rig.transactions.executeWithoutResult(
                tx -> new Pacing(rig.jdbc).block(SendingRig.MSN, LimitClass.CREATE_CHARGE, Duration.ofHours(1)));
        assertThat(rig.nothingMayGo()).isTrue();
        rig.jdbc.sql("update pacing set blocked_until = null").update();
        rig.clock.moveTo("2026-12-05T22:59:00Z");
        taken(rig.lease());
        assertThat(rig.count("select count(*) from dispatch")).isOne();
        assertThat(rig.chargeStatus(file, 1)).isEmpty();
    }

    @Test
    void itsOwnLimitKeepsNoOtherFromItsTurn() {
        unscheduled("once", 2);
        new RecordedLines(rig.database).file("due", 5);
        Lease throttled = rig.lease();
        assertThat(throttled.kind()).isEqualTo(Kind.UNSCHEDULED);
        rig.answers.record(throttled, 429, Map.of("Retry-After", "3600"), new byte[0]);
        Lease next = rig.lease();
        assertThat(next.kind()).isEqualTo(Kind.BATCH);
        taken(next);
        assertThat(rig.nothingMayGo()).isTrue();

        rig.jdbc.sql("update pacing set blocked_until = null").update();
        rig.clock.advance(Duration.ofHours(1));
        Lease again = rig.lease();
        assertThat(again.body()).isEqualTo(throttled.body());
        taken(again);
        taken(rig.lease());
        assertThat(rig.nothingMayGo()).isTrue();
    }

    private static final String REFUSED =
            """
            with refused as (
                insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due, retry_days,
                    changed_at)
                select file_id, position, order_id, msn, 'demo', agreement_id, 'REFUSED', effective_due, retry_days, now()
                from instruction
                returning *)
            insert into event (occurred_at, channel, msn, file_id, position, order_id, status, reportable)
            select changed_at, channel, msn, file_id, position, order_id, status, true from refused
            """;

    private void redrive(long file) {
        DeadLetter letter = DeadLetter.ofCharge(
                "demo",
                SendingRig.MSN,
                file,
                1,
                "once-00000001",
                Reason.of(ReasonCode.NOT_CREATED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        rig.transactions.executeWithoutResult(tx -> {
            try {
                rig.redrive.redrive(letter);
            } catch (DeadLetterHandler.NotPossible e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aRefusedOneThatAPersonSendsAgainGoesAtOnceUnderItsOrderId() {
        long file = unscheduled("once", 1);
        Lease first = rig.lease();
        taken(first);
        rig.jdbc.sql(REFUSED).update();
        redrive(file);
        Lease again = rig.lease();
        taken(again);
        assertThat(again.kind()).isEqualTo(Kind.UNSCHEDULED);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.idempotencyKey()).isNotEqualTo(first.idempotencyKey());
    }

    @Test
    void whatWasMadeWithItsAgreementIsNeverSentByItselfAndHoldsNothingUp() {
        long file = unscheduled("once", 1);
        taken(rig.lease());
        rig.jdbc.sql("update block set unscheduled = false, single = true").update();
        rig.jdbc.sql(REFUSED).update();
        assertThatThrownBy(() -> redrive(file)).hasMessageContaining("offer the agreement again");
        new RecordedLines(rig.database).file("due", 1);
        taken(rig.lease());
        assertThat(rig.nothingMayGo()).isTrue();
    }
}
