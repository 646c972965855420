package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupAnswersTest {

    private final TrackingRig rig = new TrackingRig();

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    @Test
    void acknowledgedChargesAreConfirmedOnceEarliestDueFirst() {
        rig.acknowledged("later", 2, "2026-12-09");
        rig.acknowledged("sooner", 2, "2026-12-01");
        List<Lookup> first = rig.plan.next(TrackingRig.MSN);
        assertThat(first).extracting(l -> l.line().orderId()).startsWith("sooner-00000001", "sooner-00000002");
        first.forEach(lookup -> rig.found(lookup, "DUE", ""));
        rig.plan.next(TrackingRig.MSN).forEach(lookup -> rig.found(lookup, "DUE", ""));
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        assertThat(rig.count("select count(*) from dispatch where next_check_at is not null"))
                .isZero();
        assertThat(rig.reported()).isEmpty();
    }

    @Test
    void aDocumentThatWasCollectedElsewhereIsNeitherLookedUpNorReported() {
        rig.acknowledged("file", 3, "2026-12-01");
        rig.jdbc
                .sql("update instruction set action = 'KNOWN', reason_code = 'REGISTERED_AS_KNOWN' where position = 2")
                .update();
        rig.jdbc.sql("update block set line_count = 2").update();
        rig.clock.moveTo("2026-12-01T06:00:00Z");

        assertThat(rig.plan.next(TrackingRig.MSN))
                .extracting(lookup -> lookup.line().position())
                .containsExactlyInAnyOrder(1, 3);
        assertThat(rig.reported()).containsExactly("UNCONFIRMED", "UNCONFIRMED");
    }

    @Test
    void whatIsNotSentYetIsNotReportedUnconfirmedOnItsDueDate() {
        rig.acknowledged("file", 2, "2026-12-01");
        rig.jdbc
                .sql(
                        """
                        insert into block (file_id, first_position, last_position, line_count, msn, channel, earliest_due,
                            recorded_at)
                        select file_id, 2, 2, 1, msn, channel, earliest_due, recorded_at from block
                        """)
                .update();
        rig.jdbc
                .sql("update block set last_position = 1, line_count = 1 where first_position = 1")
                .update();
        rig.jdbc.sql("update dispatch set line_count = 1").update();
        rig.clock.moveTo("2026-12-01T06:00:00Z");

        assertThat(rig.plan.next(TrackingRig.MSN))
                .extracting(lookup -> lookup.line().position())
                .containsExactly(1);
        assertThat(rig.reported()).containsExactly("UNCONFIRMED");
    }

    @Test
    void paidChargeIsReportedOnceWithItsAmount() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "DUE", "");
        rig.clock.moveTo("2026-12-01T12:00:00Z");
        rig.found(
                rig.plan.next(TrackingRig.MSN).get(0),
                "CHARGED",
                ",\"transactionId\":\"42\",\"summary\":{\"captured\":10000,\"refunded\":0,\"cancelled\":0}");
        assertThat(rig.status(file, 1)).isEqualTo("CHARGED");
        assertThat(rig.reported()).containsExactly("CHARGED");
        assertThat(rig.count("select amount_captured from event where reportable"))
                .isEqualTo(10_000);
        rig.clock.advance(Duration.ofDays(30));
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
    }

    @Test
    void failedChargeIsLookedAtOnceMoreAndMayStillBePaid() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "FAILED", ",\"failureReason\":\"user_action_required\"");
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        rig.clock.advance(Duration.ofDays(1));
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "CHARGED", "");
        assertThat(rig.status(file, 1)).isEqualTo("CHARGED");
        assertThat(rig.reported()).containsExactly("FAILED", "CHARGED");
    }

    /** The words of before are no longer given, and old charges hold them. */
    @ParameterizedTest
    @CsvSource({
        "user_action_required, USER_ACTION_REQUIRED",
        "insufficient_funds, USER_ACTION_REQUIRED",
        "invalid_card, USER_ACTION_REQUIRED",
        "verification_required, USER_ACTION_REQUIRED",
        "invalid_payment_source, USER_ACTION_REQUIRED",
        "charge_amount_too_high, CHARGE_AMOUNT_TOO_HIGH",
        "non_technical_error, NON_TECHNICAL_ERROR",
        "technical_error, TECHNICAL_ERROR",
        "internal_error, TECHNICAL_ERROR",
        "a_new_word, FAILED_WITHOUT_REASON"
    })
    void whyAChargeFailedIsToldByTheApisWord(String word, String reason) {
        rig.acknowledged("file", 1, "2026-12-01");
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "FAILED", ",\"failureReason\":\"" + word + "\"");
        assertThat(rig.count("select count(*) from event where reportable and reason_code = '" + reason + "'"))
                .isEqualTo(1);
    }

    @Test
    void stateThatMovesBackIsRecordedAndNotApplied() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "RESERVED", "");
        rig.clock.advance(Duration.ofDays(1));
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "DUE", "");
        assertThat(rig.status(file, 1)).isEqualTo("RESERVED");
        assertThat(rig.count("select count(*) from event where anomaly")).isOne();
        assertThat(rig.reported()).containsExactly("RESERVED");
    }

    @Test
    void acknowledgedChargeThatIsNotFoundIsReportedUnconfirmedAfterTheGracePeriodAndRefusedOnlyAfterItsDueDate() {
        long other = rig.acknowledged("other", 1, "2026-12-20");
        long file = rig.acknowledged("file", 1, "2026-12-01");
        for (Lookup lookup : rig.plan.next(TrackingRig.MSN)) {
            settle(lookup);
        }
        rig.plan.next(TrackingRig.MSN).forEach(this::settle);
        assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
        assertThat(rig.reported()).isEmpty();
        rig.clock.advance(Duration.ofHours(2));
        rig.plan.next(TrackingRig.MSN).forEach(this::settle);
        assertThat(rig.reported()).containsExactly("UNCONFIRMED");
        rig.clock.moveTo("2026-12-01T22:00:00Z");
        rig.plan.next(TrackingRig.MSN).forEach(this::settle);
        assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
        rig.clock.moveTo("2026-12-02T06:00:00Z");
        rig.plan.next(TrackingRig.MSN).forEach(this::settle);
        assertThat(rig.status(file, 1)).isEqualTo("REFUSED");
        assertThat(rig.status(other, 1)).isEqualTo("DUE");
        assertThat(rig.reported()).containsExactly("UNCONFIRMED", "REFUSED");
        assertThat(rig.count("select count(*) from dead_letter where state = 'OPEN'"))
                .isOne();
        rig.plan.next(TrackingRig.MSN);
        assertThat(rig.count("select count(*) from receipt_request where kind = 'ERRORS'"))
                .isOne();
    }

    private void settle(Lookup lookup) {
        if (lookup.line().orderId().startsWith("file")) {
            rig.missing(lookup);
        } else {
            rig.found(lookup, "DUE", "");
        }
    }

    @Test
    void wrongKeysAnswer404AndRefuseNothing() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.missing(rig.plan.next(TrackingRig.MSN).get(0));
        rig.clock.moveTo("2026-12-05T06:00:00Z");
        rig.plan.next(TrackingRig.MSN).forEach(rig::missing);
        assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
    }

    @Test
    void chargeFoundWithAnotherTokenProvesNothingAboutOneThatIsMissing() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.acknowledged("other", 2, "2026-12-01");
        rig.missing(lookup(rig.plan.next(TrackingRig.MSN), "file"));
        rig.clock.moveTo("2026-12-05T06:00:00Z");
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        Lookup asked = lookup(round, "other-00000001");
        Lookup refused = lookup(round, "other-00000002");
        Lookup late = lookup(round, "file");
        assertThat(asked.begins() && refused.begins()).isTrue();
        rig.answers.record(refused, 401, Map.of(), new byte[0]);
        assertThat(late.begins()).isTrue();
        rig.found(asked, "CHARGED", "");
        rig.missing(late);
        assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
    }

    @Test
    void oneAnswerThatCannotBeRecordedKeepsNoOtherFromIt() {
        long file = rig.acknowledged("file", 3, "2026-12-01");
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        round.forEach(lookup -> rig.noteFound(lookup, "DUE"));
        rig.jdbc
                .sql("alter table charge add constraint broken check (position <> 2)")
                .update();
        assertThatThrownBy(() -> rig.answers.record(round)).hasMessageContaining("broken");
        assertThat(rig.status(file, 1)).isEqualTo("DUE");
        assertThat(rig.status(file, 2)).isEqualTo("-");
        assertThat(rig.status(file, 3)).isEqualTo("DUE");
    }

    private static Lookup lookup(List<Lookup> round, String orderId) {
        return round.stream()
                .filter(lookup -> lookup.line().orderId().startsWith(orderId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusalOfTheApiIsBorneOutByA404() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        Lookup lookup = rig.plan.next(TrackingRig.MSN).get(0);
        rig.missing(lookup);
        rig.jdbc
                .sql("update charge set refusal_claimed = true, reason_code = 'REFUSED_BY_API',"
                        + " reason_arguments = '{400,too low}', next_check_at = now() - interval '1 year'")
                .update();
        rig.missing(rig.plan.next(TrackingRig.MSN).get(0));
        assertThat(rig.status(file, 1)).isEqualTo("REFUSED");
    }

    @Test
    void refusalThatIsNotTrueIsAdopted() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.missing(rig.plan.next(TrackingRig.MSN).get(0));
        rig.jdbc
                .sql("update charge set refusal_claimed = true, next_check_at = now() - interval '1 year'")
                .update();
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "DUE", "");
        assertThat(rig.status(file, 1)).isEqualTo("DUE");
    }

    @Test
    void lineWhoseRequestWasNeverAnsweredIsSentOnceMoreByItself() {
        long file = rig.acknowledged("file", 3, "2026-12-01");
        Lookup lookup = rig.plan.next(TrackingRig.MSN).get(1);
        rig.missing(lookup);
        rig.jdbc
                .sql("update charge set unanswered = true, next_check_at = now() - interval '1 year'")
                .update();
        rig.clock.advance(Duration.ofMinutes(61));
        rig.plan.next(TrackingRig.MSN).stream()
                .filter(l -> l.line().position() == 2)
                .forEach(rig::missing);
        assertThat(rig.count("select count(*) from block where single and dispatch_id is null"
                        + " and first_position = 2 and last_position = 2 and file_id = " + file))
                .isOne();
        assertThat(rig.count("select sum(line_count) from block")).isEqualTo(3);
    }

    @Test
    void chargeWithOtherContentIsHeldForAPerson() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        Lookup lookup = rig.plan.next(TrackingRig.MSN).get(0);
        rig.answers.record(
                lookup,
                200,
                Map.of(),
                ("{\"id\":\"file-00000001\",\"agreementId\":\"agr_demo0001\",\"amount\":99900,\"due\":\"2026-12-01T00:00:00Z\","
                                + "\"status\":\"DUE\"}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(rig.status(file, 1)).isEqualTo("HELD");
        assertThat(rig.count("select count(*) from dead_letter where reason_code = 'FOUND_WITH_OTHER_CONTENT'"))
                .isOne();
    }

    @Test
    void heldChargeThatIsRedrivenAndFoundAsBeforeAsksAPersonAgain() {
        chargeWithOtherContentIsHeldForAPerson();
        redrive();
        rig.answers.record(
                rig.plan.next(TrackingRig.MSN).get(0),
                200,
                Map.of(),
                ("{\"id\":\"file-00000001\",\"agreementId\":\"agr_demo0001\",\"amount\":99900,\"due\":\"2026-12-01T00:00:00Z\","
                                + "\"status\":\"DUE\"}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        assertThat(rig.count("select count(*) from dead_letter where state = 'OPEN'"))
                .isOne();
    }

    @Test
    void heldChargeThatIsRedrivenAndNotThereIsLookedUpOnceAndAsksAPersonAgain() {
        rig.acknowledged("file", 1, "2026-12-01");
        rig.missing(rig.plan.next(TrackingRig.MSN).get(0));
        rig.jdbc
                .sql(
                        """
                        update charge set status = 'HELD', reason_code = 'TOO_LATE_TO_SHIFT',
                            reason_arguments = array['2026-11-01', '9', '3'];
                        insert into event (occurred_at, channel, msn, file_id, position, order_id, status, reportable)
                        select now(), channel, msn, file_id, position, order_id, status, true from charge
                        """)
                .update();
        redrive();
        rig.missing(rig.plan.next(TrackingRig.MSN).get(0));
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        assertThat(rig.count("select count(*) from dead_letter where state = 'OPEN'"))
                .isOne();
    }

    private void redrive() {
        rig.jdbc
                .sql(
                        """
                        update dead_letter set state = 'REDRIVEN';
                        update charge set next_check_at = '2026-11-20T08:00:00Z'
                        """)
                .update();
    }

    @Test
    void statusThatThisVersionDoesNotKnowIsKeptAndTold() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "DISPUTED", "");
        assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
        assertThat(rig.count("select count(*) from event where reason_code = 'STATUS_UNKNOWN'"))
                .isOne();
    }

    @Test
    void apiThatDoesNotAnswerStopsTheRoundAndRefusesNothing() {
        long file = rig.acknowledged("file", 2, "2026-12-01");
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        rig.answers.recordFailure(round.get(0), new SocketTimeoutException("Read timed out"));
        assertThat(round.get(1).begins()).isFalse();
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        assertThat(rig.status(file, 1)).isEqualTo("-");
    }

    @Test
    void sinceWhenNoLookupIsAnsweredIsKeptUntilOneIs() {
        rig.acknowledged("file", 2, "2026-12-01");
        rig.jdbc
                .sql("insert into sales_unit (msn) values ('123456') on conflict do nothing")
                .update();
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        for (Lookup lookup : round) {
            rig.answers.note(lookup, 500, Map.of(), new byte[0]);
            rig.clock.advance(Duration.ofSeconds(1));
        }
        rig.answers.record(round);
        assertThat(rig.count("select count(*) from sales_unit where lookups_fail_since is not null"))
                .isOne();

        rig.jdbc.sql("update pacing set blocked_until = null").update();
        rig.clock.advance(Duration.ofMinutes(15));
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "DUE", "");

        assertThat(rig.count("select count(*) from sales_unit where lookups_fail_since is not null"))
                .isZero();
    }

    @Test
    void chargeThatNothingIsSaidOfKeepsNoOtherFromBeingLookedUp() {
        long broken = rig.acknowledged("broken", 2, "2026-12-01");
        long others = rig.acknowledged("others", 3, "2026-12-09");
        List<Lookup> first = rig.plan.next(TrackingRig.MSN);
        rig.answers.note(first.get(0), 500, Map.of(), new byte[0]);
        rig.answers.note(first.get(1), 200, Map.of(), "<html>".getBytes(StandardCharsets.UTF_8));
        rig.answers.record(first);
        assertThat(rig.plan.next(TrackingRig.MSN)).as("the sales unit rests").isEmpty();
        rig.jdbc.sql("update pacing set blocked_until = null").update();
        List<Lookup> second = rig.plan.next(TrackingRig.MSN);
        second.forEach(lookup -> rig.found(lookup, "DUE", ""));
        assertThat(second).extracting(lookup -> lookup.line().orderId()).allMatch(id -> id.startsWith("others"));
        assertThat(rig.count("select count(*) from charge where status = 'DUE' and file_id = " + others))
                .isEqualTo(3);
        assertThat(rig.status(broken, 1)).isEqualTo("UNCONFIRMED");
        assertThat(rig.reported()).isEmpty();
    }

    @Test
    void chargeThatNothingIsSaidOfWhileOthersAreToldIsAskedForByItselfAndReportedUnconfirmedWhenItIsDue() {
        long file = rig.acknowledged("file", 2, "2026-12-01");
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        rig.found(round.get(0), "DUE", "");
        rig.answers.record(round.get(1), 403, Map.of(), new byte[0]);
        assertThat(rig.count("select count(*) from pacing where blocked_until is not null"))
                .isZero();
        rig.clock.moveTo("2026-12-01T06:00:00Z");
        rig.answers.record(lookup(rig.plan.next(TrackingRig.MSN), "file-00000002"), 410, Map.of(), new byte[0]);
        assertThat(rig.status(file, 2)).isEqualTo("UNCONFIRMED");
        assertThat(rig.reported()).containsExactly("UNCONFIRMED");
        rig.jdbc.sql("update pacing set blocked_until = null").update();
        rig.clock.advance(Duration.ofMinutes(15));
        rig.found(lookup(rig.plan.next(TrackingRig.MSN), "file-00000002"), "DUE", "");
        assertThat(rig.reported()).containsExactly("UNCONFIRMED", "DUE");
    }

    @Test
    void first401IsMendedByAFreshTokenAndOnlyTheSecondStopsTheRound() {
        rig.acknowledged("file", 3, "2026-12-01");
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        rig.answers.record(round.get(0), 401, Map.of(), new byte[0]);
        assertThat(round.get(1).begins()).isTrue();
        rig.answers.record(round.get(1), 401, Map.of(), new byte[0]);
        assertThat(round.get(2).begins()).isFalse();
    }

    @Test
    void whatCannotBeConfirmedBeforeItsDueDateIsReportedUnconfirmed() {
        rig.acknowledged("file", 3, "2026-12-01");
        rig.clock.moveTo("2026-12-01T06:00:00Z");
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        assertThat(rig.reported()).containsExactly("UNCONFIRMED", "UNCONFIRMED", "UNCONFIRMED");
        round.forEach(lookup -> rig.found(lookup, "DUE", ""));
        assertThat(rig.reported()).hasSize(6).endsWith("DUE", "DUE", "DUE");
    }

    @Test
    void serverThatAsksForAPauseIsNotAskedOnAlthoughItToldOfOthers() {
        rig.acknowledged("file", 3, "2026-12-01");
        List<Lookup> round = rig.plan.next(TrackingRig.MSN);
        rig.found(round.get(0), "DUE", "");
        rig.answers.note(round.get(1), 503, Map.of("Retry-After", "600"), new byte[0]);
        assertThat(round.get(2).begins()).isFalse();
        assertThat(rig.count("select count(*) from pacing where limit_class = 'FETCH_CHARGE'"
                        + " and blocked_until > clock_timestamp() + interval '9 minutes'"))
                .isOne();
    }
}
