package org.chargebridge.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a draft, and to a search for one, means: a customer is offered one agreement. */
class DraftAnswersTest extends DraftRig {

    private static final String NO = "{\"title\":\"Odd\",\"detail\":\"no\"}";

    private void draftedOnce() {
        DraftCall call = readyCall();
        answer(call, 201, "{\"agreementId\":\"agr_1\",\"vippsConfirmationUrl\":\"https://example.com/1\"}");
        assertThat(states()).containsExactly("PENDING agr_1");
        assertThat(call.draft().number()).as("the number of its order id").isOne();
    }

    private Optional<String> halt() {
        return jdbc.sql("select halt_reason from sales_unit where msn = '123456' and halted_at is not null")
                .query(String.class)
                .optional();
    }

    /** A draft whose answer got lost is searched for among the agreements. */
    private DraftCall search() {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));
        DraftCall search = call();
        assertThat(search.drafts()).isFalse();
        return search;
    }

    private void foundOnce() {
        clock.advance(Duration.ofMinutes(2));
        answer(call(), 200, "[" + agreement("agr_1", "C1") + "]");
        assertThat(states()).containsExactly("PENDING agr_1");
    }

    @Test
    void aTokenThatIsOverIsMetByTheSameDraftWithANewOne() {
        answer(call(), 401, NO);

        assertThat(halt()).isEmpty();
        draftedOnce();
    }

    @Test
    void twoRefusalsInARowHaltTheSalesUnit() {
        answer(call(), 401, NO);
        answer(call(), 401, NO);

        assertThat(halt()).hasValueSatisfying(cause -> assertThat(cause).startsWith("401"));
        assertThat(states()).containsExactly("READY");
    }

    @Test
    void twoRefusalsWithAnAnswerInBetweenHaltNothing() {
        answer(call(), 401, NO);
        answer(search(), 401, NO);

        assertThat(halt()).isEmpty();
        foundOnce();
    }

    @Test
    void aRefusedSalesUnitHalts() {
        answer(call(), 403, "{\"type\":\"https://example.com/problems#invalid-sale-unit\",\"title\":\"No\"}");

        assertThat(halt()).hasValueSatisfying(cause -> assertThat(cause).startsWith("403"));
        assertThat(states()).containsExactly("READY");
    }

    @Test
    void aDraftThatIsTooMuchWaitsForAsLongAsTheApiSays() {
        answers.record(call(), 429, Map.of("Retry-After", "90"), NO.getBytes(StandardCharsets.UTF_8));

        clock.advance(Duration.ofSeconds(80));
        assertThat(next.next(MSN)).isEmpty();
        clock.advance(Duration.ofSeconds(11));
        jdbc.sql("update pacing set tokens = 1, blocked_until = null").update();
        draftedOnce();
    }

    @Test
    void aProxyThatWantsALoginLetNothingThrough() {
        answer(call(), 407, NO);

        clock.advance(Duration.ofMinutes(1));
        draftedOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 503})
    void aDraftWithoutARealAnswerIsSearchedForBeforeAnotherIsMade(int status) {
        answer(call(), status, NO);
        clock.advance(Duration.ofSeconds(30));

        assertThat(call().drafts()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}"})
    void aDraftWhoseAnswerIsNotUnderstoodIsSearchedForBeforeAnotherIsMade(String body) {
        answer(call(), 201, body);
        clock.advance(Duration.ofSeconds(30));

        assertThat(call().drafts()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void aRefusedDraftIsToldAndNotMadeAgain(int status) {
        answer(call(), status, NO);

        assertThat(states()).containsExactly("REFUSED");
        assertThat(jdbc.sql("select reason_code from event where reportable")
                        .query(String.class)
                        .list())
                .containsExactly("DRAFT_REFUSED");
        assertThat(next.next(MSN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 407, 500, 503})
    void aSearchThatFailsConcludesNothing(int status) {
        answer(search(), status, NO);

        foundOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "[{\"id\":1}]"})
    void aSearchThatIsNotUnderstoodConcludesNothing(String body) {
        answer(search(), 200, body);

        foundOnce();
    }
}
