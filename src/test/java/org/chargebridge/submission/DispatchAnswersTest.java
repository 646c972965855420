package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatchAnswersTest {

    private final SendingRig rig = new SendingRig();
    private final RecordedLines lines = new RecordedLines(rig.database);

    @AfterEach
    void closeLedger() {
        assertThat(rig.linesOutsideExactlyOneBlock()).isZero();
        rig.close();
    }

    @Test
    void smallFilesFillOneRequest() {
        for (int file = 0; file < 30; file++) {
            lines.file("file" + file, 100);
        }
        assertThat(rig.lease().lineCount()).isEqualTo(2000);
        assertThat(rig.lease().lineCount()).isEqualTo(1000);
        assertThat(rig.nothingMayGo()).isTrue();
    }

    @Test
    void blockThatDoesNotFitIsSplitToFillTheRequest() {
        lines.file("small", 300);
        lines.file("large", 2000);
        assertThat(rig.lease().lineCount()).isEqualTo(2000);
        assertThat(rig.lease().lineCount()).isEqualTo(300);
    }

    @Test
    void requestThatIsNotFullWaitsForMore() {
        rig.clock.moveTo("2026-11-20T08:00:00.500Z");
        lines.file("file", 10);
        assertThat(rig.nothingMayGo()).isTrue();
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(rig.lease().lineCount()).isEqualTo(10);
    }

    @Test
    void acknowledgedRequestIsLookedUpAndNeverSentAgain() {
        lines.file("file", 10);
        Lease lease = rig.lease();
        rig.acknowledge(lease);
        rig.clock.advance(Duration.ofDays(1));
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.dispatchState(lease.dispatchId())).isEqualTo("ACCEPTED");
        assertThat(rig.count("select count(*) from dispatch where next_check_at is not null"))
                .isOne();
    }

    @Test
    void unansweredRequestIsRepeatedWithTheSameBytesAndKey() {
        lines.file("file", 10);
        Lease first = rig.lease();
        rig.answers.recordFailure(first, new SocketTimeoutException("Read timed out"));
        assertThat(rig.nothingMayGo()).isTrue();
        rig.clock.advance(Duration.ofSeconds(6));
        Lease second = rig.lease();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(second.unanswered()).isOne();
    }

    @Test
    void afterTheReplayWindowEveryChargeIsLookedUpAndTheRequestIsNeverSentAgain() {
        long file = lines.file("file", 10);
        Lease lease = rig.lease();
        rig.answer(lease, 503, "<html>Service unavailable</html>");
        rig.clock.advance(Duration.ofMinutes(11));
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.dispatchState(lease.dispatchId())).isEqualTo("VOID");
        assertThat(rig.chargeStatus(file, 1)).contains("UNCONFIRMED");
        assertThat(rig.count("select count(*) from event where status = 'UNCONFIRMED' and reportable"))
                .isEqualTo(10);
    }

    @Test
    void senderThatDiedLeavesAReplay() {
        lines.file("file", 10);
        Lease first = rig.lease();
        rig.jdbc
                .sql("update dispatch set lease_until = clock_timestamp() - interval '1 second'")
                .update();
        Lease second = rig.lease();
        assertThat(second.idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(second.token()).isGreaterThan(first.token());
        rig.acknowledge(first);
        assertThat(rig.dispatchState(first.dispatchId())).isEqualTo("SENDING");
        assertThat(rig.nextDispatch.holds(first)).isFalse();
        assertThat(rig.nextDispatch.holds(second)).isTrue();
    }

    @Test
    void duringAnOutageOneRequestIsUnderWayAtATime() {
        lines.file("one", 2000);
        lines.file("two", 2000);
        lines.file("three", 2000);
        Lease first = rig.lease();
        rig.answer(first, 500, "");
        rig.clock.advance(Duration.ofSeconds(6));
        Lease again = rig.lease();
        assertThat(again.dispatchId()).isEqualTo(first.dispatchId());
        assertThat(rig.nothingMayGo()).isTrue();
        rig.acknowledge(again);
        assertThat(rig.lease().dispatchId()).isNotEqualTo(first.dispatchId());
    }

    @Test
    void requestThatNeverLeftIsQueuedAgainWithTheSameKey() {
        lines.file("file", 10);
        Lease first = rig.lease();
        rig.answers.recordFailure(first, new ConnectException("Connection refused"));
        assertThat(rig.dispatchState(first.dispatchId())).isEqualTo("VOID");
        assertThat(rig.nothingMayGo()).isTrue();
        rig.clock.advance(Duration.ofSeconds(6));
        Lease second = rig.lease();
        assertThat(second.idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(second.unanswered()).isZero();
    }

    @Test
    void throttledRequestWaitsAsLongAsTheApiAsks() {
        lines.file("file", 10);
        Lease lease = rig.lease();
        rig.answers.record(lease, 429, Map.of("retry-after", "1"), new byte[0]);
        assertThat(rig.dispatchState(lease.dispatchId())).isEqualTo("READY");
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.count("select count(*) from pacing where blocked_until > clock_timestamp()"))
                .isOne();
    }

    @Test
    void first401IsRepeatedAtOnceAndTheSecondHaltsTheSalesUnit() {
        lines.file("file", 10);
        Lease first = rig.lease();
        rig.answer(first, 401, "");
        Lease second = rig.lease();
        assertThat(second.idempotencyKey()).isEqualTo(first.idempotencyKey());
        rig.answer(second, 401, "");
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.salesUnits.standing(SendingRig.MSN).orElseThrow().haltedAt())
                .isPresent();
    }

    @Test
    void haltedSalesUnitIsProbedWithACorrectedKeyAndResumesByItself() {
        lines.file("file", 10);
        Lease first = rig.lease();
        rig.answer(first, 403, "{\"type\":\"x#invalid-sale-unit\",\"title\":\"Forbidden\"}");
        assertThat(rig.nothingMayGo()).isTrue();
        rig.clock.advance(Duration.ofMinutes(16));
        Lease probe = rig.lease();
        assertThat(probe.idempotencyKey()).isNotEqualTo(first.idempotencyKey());
        assertThat(probe.correction()).isEqualTo(first.correction() + 1);
        rig.acknowledge(probe);
        assertThat(rig.salesUnits.standing(SendingRig.MSN).orElseThrow().haltedAt())
                .isEmpty();
    }

    @Test
    void restartTriesAHaltedSalesUnitAtOnce() {
        lines.file("file", 10);
        rig.answer(rig.lease(), 403, "");
        assertThat(rig.nothingMayGo()).isTrue();
        new ProbeAtStart(rig.salesUnits, rig.clock).probe();
        assertThat(rig.lease().lineCount()).isEqualTo(10);
    }

    @Test
    void requestRefusedAsAWholeIsHalvedUntilTheCulpritStandsAlone() {
        long file = lines.file("file", 2000);
        String poison = "file-00001234";
        int calls = 0;
        Set<String> keys = new HashSet<>();
        List<Integer> accepted = new ArrayList<>();
        while (true) {
            var lease = rig.nextDispatch.lease(SendingRig.MSN);
            if (lease.isEmpty()) {
                break;
            }
            calls++;
            assertThat(keys.add(lease.get().idempotencyKey())).isTrue();
            if (new String(lease.get().body(), java.nio.charset.StandardCharsets.UTF_8).contains(poison)) {
                rig.answer(lease.get(), 400, "{\"title\":\"validation-error\"}");
            } else {
                accepted.add(lease.get().lineCount());
                rig.acknowledge(lease.get());
            }
        }
        assertThat(calls - 1).isLessThanOrEqualTo(22);
        assertThat(accepted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1999);
        assertThat(rig.chargeStatus(file, 1234)).contains("UNCONFIRMED");
        assertThat(rig.count("select count(*) from charge where refusal_claimed"))
                .isOne();
    }

    @Test
    void refusalOfARequestThatWasUnansweredBeforeIsNotBelieved() {
        long file = lines.file("file", 2);
        rig.answer(rig.lease(), 500, "");
        rig.clock.advance(Duration.ofSeconds(6));
        Lease second = rig.lease();
        rig.answer(second, 400, "{\"title\":\"validation-error\"}");
        assertThat(rig.dispatchState(second.dispatchId())).isEqualTo("VOID");
        assertThat(rig.chargeStatus(file, 1)).contains("UNCONFIRMED");
        assertThat(rig.count("select count(*) from charge where unanswered")).isEqualTo(2);
    }

    @Test
    void conflictIsLookedUpAndNotSentAgain() {
        lines.file("file", 3);
        Lease lease = rig.lease();
        rig.answer(lease, 409, "{\"title\":\"Conflict\"}");
        rig.clock.advance(Duration.ofDays(1));
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.count("select count(*) from charge where status = 'UNCONFIRMED'"))
                .isEqualTo(3);
    }

    @Test
    void lineClaimedInvalidIsLookedUpBeforeItIsRefused() {
        long file = lines.file("file", 3);
        rig.answer(
                rig.lease(),
                202,
                "{\"validCharges\":[\"file-00000001\",\"file-00000003\"],\"invalidCharges\":["
                        + "{\"chargeBatchItemDto\":{\"orderId\":\"file-00000002\"},\"errors\":[\"amount too low\"]}]}");
        assertThat(rig.chargeStatus(file, 1)).isEmpty();
        assertThat(rig.chargeStatus(file, 2)).contains("UNCONFIRMED");
        assertThat(rig.count("select count(*) from charge where refusal_claimed and problem like '%amount too low%'"))
                .isOne();
    }

    @Test
    void truncatedAcknowledgementIsNoAnswer() {
        lines.file("file", 3);
        Lease lease = rig.lease();
        rig.answer(lease, 202, "{\"validCharges\":[\"file-0000");
        assertThat(rig.dispatchState(lease.dispatchId())).isEqualTo("READY");
        assertThat(rig.count("select unanswered from dispatch")).isOne();
    }

    @Test
    void lineWhoseDueDatePassedInTheQueueLeavesBeforeItsFirstSend() {
        long late = lines.due("2026-11-20").file("late", 2);
        lines.due("2026-12-01").file("good", 5);
        assertThat(rig.lease().lineCount()).isEqualTo(5);
        assertThat(rig.chargeStatus(late, 1)).contains("REFUSED");
        assertThat(rig.count("select count(*) from event where reason_code = 'DUE_PASSED_IN_QUEUE' and reportable"))
                .isEqualTo(2);
    }

    @Test
    void channelThatShiftsSendsALateLineForTheEarliestDate() {
        Channel shifting = ChannelBuilder.channel()
                .policy(p -> new Channel.Policy(
                        Channel.LateDue.SHIFT,
                        3,
                        p.leadDays(),
                        p.cutOff(),
                        p.onConflict(),
                        p.goLiveDate(),
                        p.maxPerChargeMinor(),
                        p.maxPerFileMinor()))
                .build();
        try (SendingRig other = new SendingRig(shifting)) {
            new RecordedLines(other.database).due("2026-11-20").file("late", 1);
            long tooLate = new RecordedLines(other.database).due("2026-11-10").file("older", 1);
            Lease lease = other.lease();
            assertThat(lease.lineCount()).isOne();
            assertThat(new String(lease.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"due\":\"2026-11-21\"");
            assertThat(other.chargeStatus(tooLate, 1)).contains("HELD");
        }
    }

    @Test
    void redriveOfADefiniteRefusalKeepsTheOrderIdAndRaisesTheCorrection() throws Exception {
        long file = lines.file("file", 3);
        Lease first = rig.lease();
        rig.acknowledge(first);
        rig.jdbc
                .sql("insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,"
                        + " retry_days, changed_at) select file_id, position, order_id, msn, 'demo', agreement_id,"
                        + " 'REFUSED', effective_due, retry_days, now() from instruction where position = 2")
                .update();
        var letter = DeadLetter.ofCharge(
                "demo",
                SendingRig.MSN,
                file,
                2,
                "file-00000002",
                Reason.of(ReasonCode.NOT_CREATED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        rig.transactions.executeWithoutResult(tx -> {
            try {
                rig.redrive.redrive(letter);
            } catch (DeadLetterHandler.NotPossible e) {
                throw new AssertionError(e);
            }
        });
        Lease again = rig.lease();
        assertThat(again.lineCount()).isOne();
        assertThat(again.correction()).isEqualTo(first.correction() + 1);
        assertThat(new String(again.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("file-00000002");
    }

    @Test
    void refusedChargeIsCorrectedUnderItsOrderId() throws Exception {
        long file = lines.file("file", 3);
        rig.acknowledge(rig.lease());
        for (boolean dueDate : new boolean[] {true, false}) {
            rig.jdbc
                    .sql("insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,"
                            + " retry_days, changed_at) select file_id, position, order_id, msn, 'demo', agreement_id,"
                            + " 'REFUSED', effective_due, retry_days, now() from instruction where position = 2")
                    .update();
            var letter = DeadLetter.ofCharge(
                    "demo",
                    SendingRig.MSN,
                    file,
                    2,
                    "file-00000002",
                    Reason.of(ReasonCode.NOT_CREATED),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            assertThat(rig.redrive.possible(letter))
                    .contains(
                            DeadLetterHandler.Decision.CORRECT_DUE_DATE, DeadLetterHandler.Decision.CORRECT_AGREEMENT);
            rig.transactions.executeWithoutResult(tx -> {
                try {
                    if (dueDate) {
                        rig.redrive.correctDueDate(letter, java.time.LocalDate.parse("2026-12-24"));
                    } else {
                        rig.redrive.correctAgreement(letter, "agr_other1");
                    }
                } catch (DeadLetterHandler.NotPossible e) {
                    throw new AssertionError(e);
                }
            });
            Lease again = rig.lease();
            assertThat(again.lineCount()).isOne();
            assertThat(new String(again.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("file-00000002", "2026-12-24")
                    .contains(dueDate ? "2026-12-24" : "agr_other1");
            rig.acknowledge(again);
        }
    }

    @Test
    void aLineHeldForAChargeElsewhereIsSentOnceAPersonSaysThatItIsAnother() throws Exception {
        long file = lines.file("file", 3);
        rig.jdbc
                .sql("insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, reason_code,"
                        + " reason_arguments, due, retry_days, changed_at) select file_id, position, order_id, msn,"
                        + " 'demo', agreement_id, 'HELD', 'CHARGED_ELSEWHERE', '{a,b,c}', effective_due, retry_days,"
                        + " now() from instruction where position = 2")
                .update();
        Lease first = rig.lease();
        assertThat(new String(first.body(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("file-00000002");
        rig.acknowledge(first);
        var letter = DeadLetter.ofCharge(
                "demo",
                SendingRig.MSN,
                file,
                2,
                "file-00000002",
                Reason.of(ReasonCode.CHARGED_ELSEWHERE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        rig.transactions.executeWithoutResult(tx -> {
            try {
                rig.redrive.redrive(letter);
            } catch (DeadLetterHandler.NotPossible e) {
                throw new AssertionError(e);
            }
        });
        assertThat(new String(rig.lease().body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("file-00000002");
    }

    @Test
    void aLineHeldForAChargeElsewhereIsToldToBeRefusedOnceAPersonGivesItUp() throws Exception {
        long file = lines.file("file", 1);
        rig.jdbc
                .sql("insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, reason_code,"
                        + " reason_arguments, due, retry_days, changed_at) select file_id, position, order_id, msn,"
                        + " 'demo', agreement_id, 'HELD', 'CHARGED_ELSEWHERE', '{a,b,c}', effective_due, retry_days,"
                        + " now() from instruction")
                .update();
        rig.jdbc
                .sql("insert into event (occurred_at, channel, msn, file_id, position, order_id, status, reportable)"
                        + " select now(), channel, msn, file_id, position, order_id, status, true from charge")
                .update();

        DeadLetters letters = new DeadLetters(rig.jdbc, rig.clock);
        letters.open(DeadLetter.ofCharge(
                "demo",
                SendingRig.MSN,
                file,
                1,
                "file-00000001",
                Reason.of(ReasonCode.CHARGED_ELSEWHERE, "a", "b", "c"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        DeadLetter letter = letters.byId(1).orElseThrow().letter();

        rig.redrive.discard(letter);
        letters.close(letter.id(), DeadLetter.State.DISCARDED);

        assertThat(rig.jdbc
                        .sql(
                                "select status || ' ' || coalesce(reason_code, '-') from event where reportable order by id")
                        .query(String.class)
                        .list())
                .containsExactly("HELD -", "REFUSED DISCARDED");
        assertThat(rig.jdbc
                        .sql("select status || ' ' || reason_code from charge")
                        .query(String.class)
                        .list())
                .containsExactly("REFUSED DISCARDED");
    }

    @Test
    void aBlockThatWaitsForItsAgreementsIsNotSent() {
        lines.file("file", 1);
        rig.jdbc.sql("update block set check_agreements = true").update();
        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.salesUnits.hasChargesToSend(SendingRig.MSN)).isFalse();
        rig.jdbc.sql("update block set check_agreements = false").update();
        assertThat(rig.lease().lineCount()).isOne();
    }

    @Test
    void nothingButALookUpIsPossibleWhileTheOutcomeIsUnknown() {
        long file = lines.file("file", 1);
        rig.answer(rig.lease(), 500, "");
        rig.clock.advance(Duration.ofMinutes(11));
        assertThat(rig.nothingMayGo()).isTrue();
        var letter = DeadLetter.ofCharge(
                "demo",
                SendingRig.MSN,
                file,
                1,
                "file-00000001",
                Reason.of(ReasonCode.OUTCOME_UNKNOWN),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> rig.redrive.discard(letter))
                .isInstanceOf(DeadLetterHandler.NotPossible.class)
                .hasMessageContaining("unknown");
        assertThatThrownBy(() -> rig.redrive.redrive(letter)).hasMessageContaining("look it up");
        assertThatThrownBy(() -> rig.redrive.correctDueDate(letter, java.time.LocalDate.parse("2026-12-24")))
                .hasMessageContaining("look it up");
        assertThatThrownBy(() -> rig.redrive.correctAgreement(letter, "agr_demo0002"))
                .hasMessageContaining("look it up");
        assertThat(rig.redrive.possible(letter)).containsExactly(DeadLetterHandler.Decision.LOOK_UP);
    }

    @Test
    void serverThatAsksForAPauseWhileItFailsGetsIt() {
        lines.file("file", 10);
        Lease lease = rig.lease();
        rig.answers.record(lease, 503, Map.of("Retry-After", "300"), "<html>".getBytes(StandardCharsets.UTF_8));
        rig.jdbc.sql("update pacing set blocked_until = null").update();
        rig.clock.advance(Duration.ofSeconds(299));
        assertThat(rig.nothingMayGo()).isTrue();
        rig.clock.advance(Duration.ofSeconds(2));
        assertThat(rig.lease().idempotencyKey()).isEqualTo(lease.idempotencyKey());
    }

    @Test
    void pauseThatAServerAsksForIsKeptByAllNodes() {
        lines.file("file", 10);
        rig.answers.record(rig.lease(), 503, Map.of("Retry-After", "300"), new byte[0]);
        assertThat(rig.count("select count(*) from pacing where limit_class = 'CREATE_CHARGE'"
                        + " and blocked_until > clock_timestamp() + interval '4 minutes'"))
                .isOne();
    }

    @Test
    void linesOfAChannelThatIsGoneAreHeldAndKeepNoOthersFromBeingSent() {
        long gone = new RecordedLines(rig.database).channel("gone").file("gone", 3);
        lines.file("file", 10);
        Lease lease = rig.lease();
        assertThat(lease.lineCount()).isEqualTo(10);
        assertThat(rig.chargeStatus(gone, 1)).contains("HELD");
        assertThat(rig.count("select count(*) from dead_letter where state = 'OPEN'"
                        + " and reason_code = 'REQUEST_NOT_POSSIBLE' and channel = 'gone'"))
                .isEqualTo(3);
    }

    @Test
    void linesOfAChannelThatWasGoneGoOnOnceItIsBackAndAPersonLetsThemThrough() {
        long gone = new RecordedLines(rig.database).channel("gone").file("gone", 2);
        assertThat(rig.nothingMayGo()).isTrue();
        // It is set up again.
        rig.jdbc.sql("update block set channel = 'demo'").update();

        for (int position = 1; position <= 2; position++) {
            letThrough(gone, position);
        }

        Lease lease = rig.lease();
        assertThat(lease.lineCount()).isEqualTo(2);
        assertThat(new String(lease.body(), StandardCharsets.UTF_8)).contains("gone-00000001", "gone-00000002");
        assertThat(rig.linesOutsideExactlyOneBlock()).isZero();
    }

    private void letThrough(long file, int position) {
        var letter = DeadLetter.ofCharge(
                "demo",
                SendingRig.MSN,
                file,
                position,
                "gone-0000000" + position,
                Reason.of(ReasonCode.REQUEST_NOT_POSSIBLE, "no channel gone"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(rig.redrive.possible(letter)).contains(DeadLetterHandler.Decision.REDRIVE);
        rig.transactions.executeWithoutResult(tx -> {
            try {
                rig.redrive.redrive(letter);
            } catch (DeadLetterHandler.NotPossible e) {
                throw new AssertionError(e);
            }
        });
    }
}
