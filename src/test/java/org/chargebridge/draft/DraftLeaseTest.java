package org.chargebridge.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chargebridge.ledger.DraftReplies;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.ReportedChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that drafts dies or stands still, and another goes on: a customer is offered one agreement. */
class DraftLeaseTest extends DraftRig {

    @Test
    void whoeverStoodStillLongerThanTheLeaseDraftsNothing() {
        DraftCall late = call();
        assertThat(next.holds(late)).isTrue();
        leaseRunsOut();

        assertThat(next.holds(late)).isFalse();

        searchedInVain();
        DraftCall anew = call();
        assertThat(anew.drafts()).isTrue();
        assertThat(next.holds(late)).isFalse();
        assertThat(next.holds(anew)).isTrue();
    }

    @Test
    void whatWasAnsweredIsLeasedToNobody() {
        answer(call(), 201, "{\"agreementId\":\"agr_1\",\"vippsConfirmationUrl\":\"https://example.com/1\"}");

        assertThat(jdbc.sql("select count(*) from draft where lease_owner is null and lease_until is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void anAnswerThatCameAfterTheLeaseIsFoundByASearchAndNotRecordedTwice() {
        DraftCall dead = call();
        leaseRunsOut();
        DraftCall search = call();
        assertThat(search.drafts()).isFalse();
        assertThat(next.holds(search)).isTrue();

        answer(dead, 201, "{\"agreementId\":\"agr_1\",\"vippsConfirmationUrl\":\"https://example.com/1\"}");
        assertThat(state()).isEqualTo("UNKNOWN");
        answer(search, 200, "[" + agreement("agr_1", "C1") + "]");

        assertThat(state()).isEqualTo("PENDING");
        assertThat(next.next(MSN)).isEmpty();
    }

    @Test
    void whatTheErpTookBackIsDraftedNeitherAtFirstNorOnceItsRequestWasSearchedForInVain() {
        DraftCall dead = call();
        leaseRunsOut();
        offer("2");
        takenBack();

        assertThat(dead.drafts()).isTrue();
        searchedInVain();

        assertThat(states()).containsExactly("READY", "STOPPED");
        assertThat(next.next(MSN)).isEmpty();
        takenBack();
        assertThat(states()).as("the stop looks once more").containsExactly("STOPPED", "STOPPED");
    }

    @Test
    void whatTheErpTookBackBeforeItWasDraftedIsToldWithoutAnAddress() {
        takenBack();

        DraftReplies replies = new DraftReplies(jdbc, clock);
        List<ReportedChange> told = database.transactions()
                .execute(tx -> replies.told(replies.take("demo").orElseThrow()));

        assertThat(told).extracting(ReportedChange::status).containsExactly("STOPPED");
        assertThat(told).allSatisfy(row -> assertThat(row.confirmationUrl()).isEmpty());
        database.transactions()
                .executeWithoutResult(tx -> assertThat(replies.take("demo")).isEmpty());
    }

    @Test
    void whatTheErpTookBackAndTheApiHasAllTheSameIsFollowed() {
        answer(call(), 500, "");
        takenBack();
        clock.advance(Duration.ofSeconds(30));

        answer(call(), 200, "[" + agreement("agr_1", "C1") + "]");

        assertThat(states()).containsExactly("PENDING agr_1");
    }

    private void takenBack() {
        database.transactions().executeWithoutResult(tx -> {
            Drafts drafts = new Drafts(jdbc, clock);
            for (Long file :
                    jdbc.sql("select file_id from draft").query(Long.class).list()) {
                drafts.withdraw(drafts.lock(file, 100).orElseThrow());
            }
        });
    }

    @Test
    void oneListTellsOfAllDraftsWhoseAnswersGotLost() {
        offer("2");
        offer("3");
        for (int draft = 0; draft < 3; draft++) {
            answer(readyCall(), 500, "");
        }
        clock.advance(Duration.ofSeconds(30));

        answer(call(), 200, "[" + agreement("agr_1", "C1") + "," + agreement("agr_3", "C3") + "]");
        assertThat(states()).containsExactly("PENDING agr_1", "PENDING agr_3", "UNKNOWN");
        answer(call(), 200, "[]");
        assertThat(states()).containsExactly("PENDING agr_1", "PENDING agr_3", "READY");
    }

    @Test
    void anAgreementOfAnotherPriceIsAnotherLinesOffer() {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));

        answer(call(), 200, "[" + agreement("agr_2", "C1").replace("49900", "59900") + "]");

        assertThat(state()).isEqualTo("UNKNOWN");
    }

    @Test
    void aListWhosePagesAreSmallerThanAskedForIsReadToItsEndBeforeAnotherIsDrafted() {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));
        answer(call(), 200, pageOfOthers());

        DraftCall second = call();
        assertThat(second.query()).contains("status=PENDING").contains("pageNumber=2");
        answer(second, 200, "[" + agreement("agr_1", "C1") + "]");

        assertThat(state()).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aPageThatTheApiDoesNotHaveEndsTheList(int status) {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));
        answer(call(), 200, pageOfOthers());

        answer(call(), status, "{\"title\":\"No such page\"}");

        assertThat(call().query()).contains("status=ACTIVE").contains("pageNumber=1");
    }

    @Test
    void anAnswerThatComesAfterTheNextSearchTellsNothingOfAPageThatNobodyRead() {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));
        DraftCall late = call();
        clock.advance(Duration.ofMinutes(2));
        answer(call(), 200, pageOfOthers());

        answer(late, 200, pageOfOthers());

        assertThat(call().query()).contains("pageNumber=2");
    }

    @Test
    void anAnswerThatComesAfterTheNextSearchOffersNothingOnceMore() {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));
        DraftCall late = call();
        clock.advance(Duration.ofMinutes(2));
        answer(call(), 200, "[]");

        answer(late, 200, "[]");

        assertThat(call().query()).contains("status=ACTIVE");
    }

    private static String pageOfOthers() {
        return IntStream.range(0, 500)
                .mapToObj(n -> agreement("agr_other" + n, "D" + n))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update draft set channel = 'gone'", "update operation set amount_minor = null, channel = 'demo'"
            })
    void oneThatNoRequestCanBeMadeOfIsToldAndKeepsNoOtherFromBeingDrafted(String broken) {
        jdbc.sql(broken).update();
        offer("2");
        assertThat(readyCall().draft().invoiceNumber()).isEqualTo("O2");
        assertThat(states()).containsExactlyInAnyOrder("REFUSED", "SENDING");
        assertThat(jdbc.sql("select reason_code from event where reportable")
                        .query(String.class)
                        .list())
                .containsExactly("REQUEST_NOT_POSSIBLE");
    }
}
