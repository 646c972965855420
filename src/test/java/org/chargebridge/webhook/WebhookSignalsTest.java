package org.chargebridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** A webhook has its charge looked up and does nothing else. */
class WebhookSignalsTest {

    private final SignalRig rig = new SignalRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void deliver(String event, String chargeId, String more) {
        assertThat(rig.deliver(SignedSender.charge(event, SignalRig.MSN, chargeId, more)))
                .isEqualTo(204);
        rig.apply();
    }

    private void row(long file, int position, String status, String more) {
        rig.jdbc
                .sql("update charge set status = :status, next_check_at = null" + more
                        + " where file_id = :file and position = :position")
                .param("status", status)
                .param("file", file)
                .param("position", position)
                .update();
    }

    @Test
    void aLineOfAnAcceptedRequestGetsARowAndIsLookedUpNow() {
        long file = rig.sent("a", 2, "ACCEPTED");

        deliver("captured", "a-00000001", ",\"amountCaptured\":10000");

        assertThat(rig.charge(file, 1)).isEqualTo("UNCONFIRMED 12-01 08:00");
        assertThat(rig.charge(file, 2)).isEqualTo("-");
        assertThat(rig.written()).containsExactly("CHARGE DONE");
    }

    @Test
    void aChargeThatIsKnownIsLookedUpNow() {
        long file = rig.sent("a", 1, "ACCEPTED");
        deliver("failed", "a-00000001", "");
        row(file, 1, "PENDING", ", seen_at = now()");
        rig.clock.advance(Duration.ofHours(1));

        deliver("captured", "a-00000001", "");

        assertThat(rig.charge(file, 1)).isEqualTo("PENDING 12-01 09:00");
    }

    @Test
    void whatALookUpHasShownAlreadyIsNotLookedUpAgain() {
        long file = rig.sent("a", 1, "ACCEPTED");
        deliver("reserved", "a-00000001", "");
        row(file, 1, "CHARGED", ", seen_at = now(), amount_captured = 10000");

        deliver("captured", "a-00000001", ",\"amountCaptured\":10000");
        assertThat(rig.charge(file, 1)).isEqualTo("CHARGED never");

        deliver("refunded", "a-00000001", ",\"amountCaptured\":10000,\"amountRefunded\":500");
        assertThat(rig.charge(file, 1)).isEqualTo("CHARGED 12-01 08:00");
        // No event of ours was recorded for what this test wrote.
        rig.jdbc.sql("delete from charge").update();
    }

    @Test
    void aFailedCreationIsARefusalToBeBorneOut() {
        long file = rig.sent("a", 2, "ACCEPTED");

        deliver("creation-failed", "a-00000001", ",\"failureReason\":\"duplicate\"");

        assertThat(rig.charge(file, 1)).isEqualTo("UNCONFIRMED claimed 12-01 08:00");
        assertThat(rig.jdbc
                        .sql("select reason_code || ' ' || array_to_string(reason_arguments, ' ') from charge")
                        .query(String.class)
                        .single())
                .isEqualTo("REFUSED_BY_API 202 duplicate");
    }

    @Test
    void aFailedCreationOfAChargeThatWasSeenIsASignalOnly() {
        long file = rig.sent("a", 1, "ACCEPTED");
        deliver("reserved", "a-00000001", "");
        row(file, 1, "PENDING", ", seen_at = now()");

        deliver("creation-failed", "a-00000001", "");

        assertThat(rig.charge(file, 1)).isEqualTo("PENDING 12-01 08:00");
    }

    @Test
    void aWebhookThatIsEarlierThanTheAnswerWaitsForIt() {
        long file = rig.sent("a", 1, "SENDING");

        deliver("captured", "a-00000001", "");
        assertThat(rig.charge(file, 1)).isEqualTo("-");
        assertThat(rig.written()).containsExactly("CHARGE NEW");

        rig.jdbc
                .sql("update dispatch set state = 'ACCEPTED', next_check_at = '2026-12-01T08:00:00Z'")
                .update();
        rig.clock.advance(Duration.ofSeconds(2));
        rig.apply();
        assertThat(rig.charge(file, 1)).isEqualTo("UNCONFIRMED 12-01 08:00");
        assertThat(rig.written()).containsExactly("CHARGE DONE");
    }

    @Test
    void aChargeThatIsNotOursIsLookedForThreeTimesAndLeftAlone() {
        deliver("captured", "a-webshop-order", "");
        for (int i = 0; i < 3; i++) {
            assertThat(rig.written()).containsExactly("CHARGE NEW");
            rig.clock.advance(Duration.ofMinutes(1));
            rig.apply();
        }

        assertThat(rig.written()).containsExactly("CHARGE NOT_OURS");
        assertThat(rig.jdbc.sql("select count(*) from charge").query(Long.class).single())
                .isZero();
    }

    @Test
    void eventsOfAgreementsWaitForWhoeverFollowsThem() {
        rig.deliver(SignedSender.agreement("activated", SignalRig.MSN, "agr_demo0001"));
        rig.apply();

        var waiting = rig.database.transactions().execute(tx -> rig.events.nextOfAgreements(10));
        assertThat(waiting).singleElement().satisfies(one -> {
            assertThat(one.event().agreementId()).contains("agr_demo0001");
            assertThat(one.event().eventType()).isEqualTo("recurring.agreement-activated.v1");
            assertThat(one.event().actor()).contains("USER");
        });
        assertThat(rig.written()).containsExactly("AGREEMENT NEW");
    }

    @Test
    void onlyWhatWasSettledLongAgoIsForgotten() {
        rig.sent("a", 1, "ACCEPTED");
        deliver("captured", "a-00000001", "");
        rig.clock.advance(Duration.ofDays(31));
        deliver("failed", "a-00000001", "");
        rig.deliver(SignedSender.agreement("activated", SignalRig.MSN, "agr_demo0001"));

        assertThat(rig.events.forget(rig.clock.instant().minus(Duration.ofDays(30))))
                .isEqualTo(1);
        assertThat(rig.written()).containsExactly("CHARGE DONE", "AGREEMENT NEW");
    }

    @Test
    void oneThatCannotBeWorkedOnHoldsUpNoOther() {
        long file = rig.sent("a", 2, "ACCEPTED");
        rig.jdbc
                .sql("alter table charge add constraint broken check (position <> 1)")
                .update();
        rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a-00000001", ""));
        rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a-00000002", ""));

        assertThatThrownBy(rig.signals::next).isInstanceOf(DataAccessException.class);
        rig.apply();
        assertThat(rig.charge(file, 2)).isEqualTo("UNCONFIRMED 12-01 08:00");

        rig.jdbc.sql("alter table charge drop constraint broken").update();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.apply();
        assertThat(rig.charge(file, 1)).isEqualTo("UNCONFIRMED 12-01 08:01");
        assertThat(rig.written()).containsExactly("CHARGE DONE", "CHARGE DONE");
    }
}
