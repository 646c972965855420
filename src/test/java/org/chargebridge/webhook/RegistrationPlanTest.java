package org.chargebridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.recurring.WebhookRequests;
import org.chargebridge.recurring.WebhookRequests.Listed;
import org.chargebridge.webhook.RegistrationPlan.Own;
import org.chargebridge.webhook.RegistrationStep.Delete;
import org.chargebridge.webhook.RegistrationStep.Done;
import org.chargebridge.webhook.RegistrationStep.Lost;
import org.chargebridge.webhook.RegistrationStep.Register;
import org.junit.jupiter.api.Test;

/** What the API has, what the ledger knows, and the step that follows. */
class RegistrationPlanTest {

    private static final String HERE = "https://payments.example.com/webhooks/recurring";
    private static final String BEFORE = "https://old.example.com/webhooks/recurring";
    private static final Instant NEWEST_BEFORE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant YOUNG = Instant.parse("2026-11-01T00:00:00Z");

    private static RegistrationStep next(List<Listed> atApi, List<Own> own) {
        return new RegistrationPlan(Optional.of(URI.create(HERE)), NEWEST_BEFORE, Set.of(HERE, BEFORE), Set.of("other"))
                .next(atApi, own);
    }

    private static Listed listed(String id, String url) {
        return new Listed(id, url, WebhookRequests.EVENTS);
    }

    private static Own own(String id, String url) {
        return new Own(id, url, WebhookRequests.EVENTS, YOUNG, true);
    }

    private static final RegistrationStep REGISTER = new Register(URI.create(HERE));

    @Test
    void whatIsMissingIsRegistered() {
        assertThat(next(List.of(), List.of())).isEqualTo(REGISTER);
        assertThat(next(List.of(listed("x", "https://shop.example.com/hook")), List.of()))
                .isEqualTo(REGISTER);
    }

    @Test
    void whatIsThereIsLeftAlone() {
        assertThat(next(
                        List.of(listed("1", HERE), listed("x", "https://shop.example.com/hook")),
                        List.of(own("1", HERE))))
                .isEqualTo(new Done());
    }

    /** Keys that act for several sales units may see the registrations of all. */
    @Test
    void whatAnotherSalesUnitOfOursRegisteredIsLeftAlone() {
        assertThat(next(List.of(listed("1", HERE), listed("other", HERE)), List.of(own("1", HERE))))
                .isEqualTo(new Done());
    }

    @Test
    void whatTheApiEndedIsForgottenAndRegisteredAgain() {
        assertThat(next(List.of(), List.of(own("1", HERE)))).isEqualTo(new Lost("1"));
    }

    @Test
    void aNewAddressIsRegisteredBeforeTheOldOneEnds() {
        List<Listed> old = List.of(listed("1", BEFORE));
        assertThat(next(old, List.of(own("1", BEFORE)))).isEqualTo(REGISTER);
        assertThat(next(List.of(listed("1", BEFORE), listed("2", HERE)), List.of(own("2", HERE), own("1", BEFORE))))
                .isEqualTo(new Delete("1"));
    }

    @Test
    void anOldOneIsReplacedByANewOne() {
        Own old = new Own("1", HERE, WebhookRequests.EVENTS, Instant.parse("2026-05-01T00:00:00Z"), true);
        assertThat(next(List.of(listed("1", HERE)), List.of(old))).isEqualTo(REGISTER);
        assertThat(next(List.of(listed("1", HERE), listed("2", HERE)), List.of(own("2", HERE), old)))
                .isEqualTo(new Delete("1"));
    }

    @Test
    void oneWhoseSecretNobodyHasIsReplaced() {
        Own unreadable = new Own("1", HERE, WebhookRequests.EVENTS, YOUNG, false);
        assertThat(next(List.of(listed("1", HERE)), List.of(unreadable))).isEqualTo(REGISTER);
        assertThat(next(List.of(listed("0", HERE)), List.of())).isEqualTo(REGISTER);
        assertThat(next(List.of(listed("0", HERE), listed("2", HERE)), List.of(own("2", HERE))))
                .isEqualTo(new Delete("0"));
        assertThat(next(List.of(listed("0", BEFORE), listed("2", HERE)), List.of(own("2", HERE))))
                .isEqualTo(new Delete("0"));
    }

    @Test
    void oneThatIsNotToldAllIsReplaced() {
        Own some = new Own("1", HERE, List.of("recurring.charge-captured.v1"), YOUNG, true);
        assertThat(next(List.of(listed("1", HERE)), List.of(some))).isEqualTo(REGISTER);
    }

    @Test
    void ofTwoGoodOnesTheNewerStays() {
        Own older = new Own("1", HERE, WebhookRequests.EVENTS, YOUNG.minusSeconds(60), true);
        assertThat(next(List.of(listed("1", HERE), listed("2", HERE)), List.of(older, own("2", HERE))))
                .isEqualTo(new Delete("1"));
    }

    @Test
    void withoutAnAddressOursAreEndedAndOthersStay() {
        RegistrationPlan none = new RegistrationPlan(Optional.empty(), NEWEST_BEFORE, Set.of(HERE), Set.of());
        Listed other = listed("x", "https://shop.example.com/hook");

        assertThat(none.next(List.of(other, listed("1", HERE)), List.of(own("1", HERE))))
                .isEqualTo(new Delete("1"));
        assertThat(none.next(List.of(other), List.of())).isEqualTo(new Done());
    }
}
