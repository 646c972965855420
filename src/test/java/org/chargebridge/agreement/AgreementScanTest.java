package org.chargebridge.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.agreement.AgreementRig.agreement;
import static org.chargebridge.agreement.AgreementRig.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.chargebridge.ledger.KnownAgreements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgreementScanTest {

    private final AgreementRig rig = new AgreementRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void night() {
        rig.clock.advance(Duration.ofHours(2));
        rig.waitForLists();
    }

    @Test
    void theListIsReadOnceANightPageByPageAndNoFasterThanTheApiAllows() {
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        night();
        AgreementCall first = rig.call();
        assertThat(first.path()).isEqualTo("/recurring/v3/agreements");
        assertThat(first.query()).isEqualTo("status=ACTIVE&pageNumber=1&pageSize=2000");
        rig.answer(first, 200, AgreementRig.fullPage("agr_a"));
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        rig.waitForLists();
        AgreementCall second = rig.call();
        assertThat(second.query()).isEqualTo("status=ACTIVE&pageNumber=2&pageSize=2000");
        rig.answer(second, 200, page(agreement("agr_b", "ACTIVE")));
        rig.waitForLists();
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        assertThat(rig.texts("select count(*)::text from agreement where status = 'ACTIVE'"))
                .containsExactly("2001");
        rig.clock.advance(Duration.ofDays(1));
        assertThat(rig.call().page()).isEqualTo(1);
    }

    @Test
    void aListWhosePagesAreSmallerThanAskedForIsReadUntilThereIsNoOther() {
        night();
        rig.answer(rig.call(), 200, AgreementRig.page(500, "agr_a"));
        rig.waitForLists();
        rig.answer(rig.call(), 200, AgreementRig.page(500, "agr_b"));
        rig.waitForLists();
        AgreementCall behind = rig.call();
        assertThat(behind.page()).isEqualTo(3);
        rig.answer(behind, 404, "{\"title\":\"No such page\"}");
        rig.waitForLists();
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        assertThat(rig.texts("select count(*)::text from agreement where status = 'ACTIVE'"))
                .containsExactly("1000");
    }

    @Test
    void aPageAnsweredTwiceCountsOnceAndAFailureIsAskedAgainLater() {
        night();
        AgreementCall call = rig.call();
        rig.answer(call, 503, "");
        rig.waitForLists();
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        rig.clock.advance(Duration.ofMinutes(1));
        AgreementCall again = rig.call();
        assertThat(again.page()).isEqualTo(1);
        rig.answer(again, 200, AgreementRig.fullPage("agr_a"));
        rig.answer(again, 200, AgreementRig.fullPage("agr_a"));
        assertThat(rig.texts("select next_page::text from agreement_scan")).containsExactly("2");
    }

    @Test
    void aPageThatIsTooManyBlocksTheLimitForAllNodes() {
        night();
        rig.answer(rig.call(), 429, Map.of("Retry-After", "3600"), "");
        rig.clock.advance(Duration.ofMinutes(2));
        rig.waitForLists();
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
    }

    @Test
    void whatTheListDoesNotNameIsLookedUpByItselfAndItsEndIsToldToItsChannel() {
        rig.lines.agreement("agr_gone").file("demo-gone", 2);
        rig.lines.agreement("agr_here").file("demo-here", 1);
        night();
        rig.answer(rig.call(), 200, page(agreement("agr_here", "ACTIVE"), agreement("agr_new", "ACTIVE")));
        AgreementCall look = rig.call();
        assertThat(look.path()).isEqualTo("/recurring/v3/agreements/agr_gone");
        rig.answer(look, 200, agreement("agr_gone", "STOPPED"));
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        assertThat(rig.texts(
                        "select channel || ' ' || agreement_id || ' ' || status from event where position is null"))
                .containsExactly("demo agr_gone STOPPED");
        assertThat(rig.texts("select order_id || ' ' || status || ' ' || reason_code from charge order by position"))
                .containsExactly(
                        "demo-gone-00000001 REFUSED AGREEMENT_NOT_ACTIVE",
                        "demo-gone-00000002 REFUSED AGREEMENT_NOT_ACTIVE");
        rig.clock.advance(Duration.ofDays(1));
        rig.waitForLists();
        rig.answer(rig.call(), 200, page(agreement("agr_here", "ACTIVE")));
        assertThat(rig.call().agreementId()).isEqualTo("agr_new");
    }

    @Test
    void aPageThatWasReadBeforeAnAgreementEndedBringsItNotBack() {
        rig.lines.agreement("agr_here").file("demo-here", 1);
        night();
        AgreementCall list = rig.call();
        lookUp("agr_here");
        rig.answer(rig.call(), 200, agreement("agr_here", "STOPPED"));

        rig.answer(list, 200, page(agreement("agr_here", "ACTIVE")));
        assertThat(rig.texts("select status from agreement")).containsExactly("STOPPED");
        lookUp("agr_here");
        rig.answer(rig.call(), 200, agreement("agr_here", "STOPPED"));

        assertThat(rig.texts("select agreement_id || ' ' || status from event where position is null"))
                .containsExactly("agr_here STOPPED");
    }

    @Test
    void anAgreementThatTheSalesUnitDoesNotHaveIsNotAskedForEveryNight() {
        rig.lines.agreement("agr_other").file("demo-other", 1);
        night();
        rig.answer(rig.call(), 200, "[]");
        rig.answer(rig.call(), 404, "{\"title\":\"Not Found\"}");
        assertThat(rig.texts("select status from agreement")).containsExactly("MISSING");
        assertThat(rig.texts("select status from charge")).isEmpty();
        rig.clock.advance(Duration.ofDays(1));
        rig.waitForLists();
        rig.answer(rig.call(), 200, "[]");
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
    }

    @Test
    void linesInARequestThatWasStoredAndNeverSentAreTakenBackAndThoseUnderWayAreNot() {
        long stored = rig.lines.agreement("agr_gone").file("demo-stored", 1);
        long other = rig.lines.agreement("agr_here").file("demo-other", 1);
        long sending = rig.lines.agreement("agr_gone").file("demo-sending", 1);
        dispatch("READY", null, stored, other);
        dispatch("SENDING", "2026-11-20T00:00:00Z", sending);
        lookUp("agr_gone");
        rig.answer(rig.call(), 200, agreement("agr_gone", "STOPPED"));
        assertThat(rig.texts("select order_id from charge")).containsExactly("demo-stored-00000001");
        assertThat(rig.texts("select state from dispatch order by id")).containsExactly("VOID", "SENDING");
        assertThat(rig.texts("select file_id::text from block where dispatch_id is null order by 1"))
                .containsExactly(String.valueOf(stored), String.valueOf(other));
    }

    @Test
    void anAgreementWithoutWaitingLinesEndsWhileSomebodySends() {
        rig.lines.agreement("agr_waits").file("demo-waits", 1);
        long sent = rig.lines.agreement("agr_sent").file("demo-sent", 1);
        dispatch("SENDING", "2026-11-20T00:00:00Z", sent);
        lookUp("agr_sent");
        AgreementCall call = rig.call();
        rig.jdbc.sql("insert into sales_unit (msn) values ('123456')").update();

        rig.database.transactions().executeWithoutResult(sending -> {
            rig.jdbc
                    .sql("select msn from sales_unit for update")
                    .query(String.class)
                    .single();
            assertThat(CompletableFuture.runAsync(() -> rig.answer(call, 200, agreement("agr_sent", "STOPPED"))))
                    .succeedsWithin(Duration.ofSeconds(30));
        });

        assertThat(rig.texts("select agreement_id || ' ' || status from event where position is null"))
                .containsExactly("agr_sent STOPPED");
        assertThat(rig.texts("select order_id from charge")).isEmpty();
    }

    @Test
    void whatMayHaveBeenCancelledWithAnAgreementIsLookedUpSoonAndNothingElse() {
        charge("agr_gone", "DUE", "2026-12-01T09:30:00Z");
        charge("agr_gone", "RESERVED", "2026-11-20T00:10:30Z");
        charge("agr_gone", "CHARGED", "2026-12-02T09:30:00Z");
        charge("agr_gone", "CANCELLED", null);
        charge("agr_here", "DUE", "2026-12-01T09:30:00Z");
        lookUp("agr_gone");

        rig.answer(rig.call(), 200, agreement("agr_gone", "STOPPED"));

        assertThat(rig.texts("select agreement_id || ' ' || status || ' ' || coalesce(to_char(next_check_at"
                        + " at time zone 'UTC', 'DD HH24:MI:SS'), 'never') from charge order by file_id"))
                .containsExactly(
                        "agr_gone DUE 20 00:11:00",
                        "agr_gone RESERVED 20 00:10:30",
                        "agr_gone CHARGED 02 09:30:00",
                        "agr_gone CANCELLED never",
                        "agr_here DUE 01 09:30:00");
    }

    private void charge(String agreementId, String status, String nextCheckAt) {
        long file = rig.lines.agreement(agreementId).file("demo-" + agreementId + status, 1);
        dispatch("ACCEPTED", "2026-11-20T00:00:00Z", file);
        rig.jdbc
                .sql(
                        """
                        with told as (
                            insert into event (occurred_at, channel, msn, file_id, position, order_id, status,
                                reportable, amount_captured)
                            select now(), 'demo', msn, file_id, position, order_id, :status, true, 0
                            from instruction where file_id = :file)
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                            retry_days, seen_at, next_check_at, changed_at)
                        select file_id, position, order_id, msn, 'demo', agreement_id, :status, effective_due,
                            retry_days, now(), :nextCheckAt::timestamptz, now()
                        from instruction where file_id = :file
                        """)
                .param("status", status)
                .param("nextCheckAt", nextCheckAt)
                .param("file", file)
                .update();
    }

    private void dispatch(String state, String firstSent, long... files) {
        long id = rig.jdbc
                .sql(
                        """
                        insert into dispatch (msn, kind, state, idempotency_key, path, body_sha256, line_count,
                            earliest_due, next_attempt_at, first_sent_at, lease_until, created_at)
                        values ('123456', 'BATCH', :state, 'c', '/', '', :count, '2026-12-01',
                            case when :state = 'READY' then '2026-11-20T00:10:00Z'::timestamptz end,
                            :firstSent::timestamptz, now(), now())
                        returning id
                        """)
                .param("state", state)
                .param("count", files.length)
                .param("firstSent", firstSent)
                .query(Long.class)
                .single();
        for (long file : files) {
            rig.jdbc
                    .sql("update block set dispatch_id = :id where file_id = :file")
                    .param("id", id)
                    .param("file", file)
                    .update();
        }
    }

    private void lookUp(String agreement) {
        rig.known.lookUp(AgreementRig.MSN, agreement);
    }

    @Test
    void aLookUpThatFailsIsRepeatedAndAnUnknownWordChangesNothing() {
        lookUp("agr_1");
        rig.answers.recordFailure(rig.call(), new java.io.IOException("cut"));
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.answer(rig.call(), 200, "{\"id\":\"agr_1\"");
        rig.clock.advance(Duration.ofMinutes(1));
        rig.lines.agreement("agr_1").file("demo-1", 1);
        rig.answer(rig.call(), 200, agreement("agr_1", "PAUSED"));
        assertThat(rig.texts("select status from agreement")).containsExactly("PAUSED");
        assertThat(rig.texts("select status from event")).isEmpty();
    }

    @Test
    void anAgreementThatALineFoundPendingIsStillAskedAboutUntilTheCustomerDecides() {
        rig.known.lookUpAt(AgreementRig.MSN, "agr_1", rig.clock.instant().plus(Duration.ofMinutes(1)));
        // As a line does that would stop or change it.
        rig.known.show(AgreementRig.MSN, List.of(pending("agr_1")), OptionalLong.empty(), false);
        rig.clock.advance(Duration.ofMinutes(1));
        assertThat(rig.call().agreementId()).isEqualTo("agr_1");
    }

    private static KnownAgreements.Shown pending(String id) {
        return new KnownAgreements.Shown(
                id,
                "PENDING",
                Optional.empty(),
                "LEGACY",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void aWebhookAboutAnAgreementLeadsToALookUp() {
        rig.jdbc
                .sql(
                        """
                        insert into webhook_event (msn, kind, event_type, agreement_id, occurred, fingerprint,
                            received_at, state, next_attempt_at)
                        values ('123456', 'AGREEMENT', 'recurring.agreement-stopped.v1', 'agr_1', 'now', '\\x01', now(),
                            'NEW', '2026-11-20T00:00:00Z')
                        """)
                .update();
        assertThat(rig.call().agreementId()).isEqualTo("agr_1");
        assertThat(rig.texts("select state from webhook_event")).containsExactly("DONE");
    }

    @Test
    void aHaltedSalesUnitAsksNothing() {
        lookUp("agr_1");
        rig.jdbc
                .sql("insert into sales_unit (msn, halted_at, next_probe_at) values ('123456', now(), :later)")
                .param(
                        "later",
                        java.time.OffsetDateTime.ofInstant(
                                rig.clock.instant().plusSeconds(900), java.time.ZoneOffset.UTC))
                .update();
        assertThat(rig.plan.next(AgreementRig.MSN)).isEqualTo(List.of());
    }

    @Test
    void keysThatAreRefusedTwiceHaltTheUnitAndNoCallButAProbeIsMade() {
        night();
        rig.answer(rig.call(), 401, "");
        assertThat(halts()).as("a token may have run out").isEmpty();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.waitForLists();
        rig.answer(rig.call(), 401, "");
        assertThat(halts()).singleElement().asString().startsWith("401 ");

        rig.waitForLists();
        rig.clock.advance(Duration.ofMinutes(14));
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        rig.clock.advance(Duration.ofMinutes(1));
        AgreementCall probe = rig.call();
        assertThat(probe.query()).endsWith("pageSize=1");
        assertThat(rig.plan.next(AgreementRig.MSN)).as("one only").isEmpty();
        rig.answer(probe, 401, "");
        assertThat(halts()).hasSize(1);
        rig.waitForLists();
        rig.clock.advance(Duration.ofMinutes(15));
        rig.answer(rig.call(), 200, "[]");
        assertThat(halts()).isEmpty();
        rig.waitForLists();
        AgreementCall list = rig.call();
        assertThat(list.page()).isEqualTo(1);
        rig.answer(list, 200, page(agreement("agr_a", "ACTIVE")));
    }

    @Test
    void aSalesUnitWithAChargeToLookUpIsTriedByThat() {
        night();
        rig.answer(rig.call(), 403, "{\"type\":\"#invalid-sale-unit\",\"title\":\"No\",\"status\":403}");
        assertThat(halts()).singleElement().asString().startsWith("403 ");
        rig.lines.file("a", 1);
        rig.waitForLists();
        rig.clock.advance(Duration.ofMinutes(15));

        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
    }

    private List<String> halts() {
        return rig.texts("select halt_reason from sales_unit where halted_at is not null");
    }
}
