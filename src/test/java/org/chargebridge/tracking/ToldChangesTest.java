package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Where webhooks tell what changes, charges are looked up rarely; where they fall silent, as often as without them. */
@ExtendWith(OutputCaptureExtension.class)
class ToldChangesTest {

    private static final String DUE = "2026-12-01";

    private final TrackingRig rig = new TrackingRig();
    private long file;

    @BeforeEach
    void registeredAndComing() {
        rig.standings.checked(
                TrackingRig.MSN,
                Optional.of(URI.create("https://payments.example.com/webhooks/recurring")),
                rig.clock.instant().plus(Duration.ofDays(1)));
        rig.standings.delivered(TrackingRig.MSN);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Accepted lines, each looked up once and found waiting. */
    private void confirmed(int lines) {
        file = rig.acknowledged("a", lines, DUE);
        lookUp("PENDING");
    }

    private int lookUp(String status) {
        int made = 0;
        for (List<Lookup> lookups = rig.plan.next(TrackingRig.MSN);
                !lookups.isEmpty();
                lookups = rig.plan.next(TrackingRig.MSN)) {
            made += lookups.size();
            lookups.forEach(lookup -> rig.found(lookup, status, summary(status, lookup)));
        }
        return made;
    }

    private static String summary(String status, Lookup lookup) {
        return status.equals("CHARGED")
                ? ",\"summary\":{\"captured\":" + lookup.line().amountMinor() + "}"
                : "";
    }

    private void signalled(int position) {
        rig.jdbc
                .sql("update charge set next_check_at = :now, signalled_at = :now where position = :position")
                .param("now", java.time.OffsetDateTime.ofInstant(rig.clock.instant(), java.time.ZoneOffset.UTC))
                .param("position", position)
                .update();
    }

    /** Seen at the API at last, as the daily check does. */
    private void stillRegistered() {
        rig.standings.checked(
                TrackingRig.MSN,
                Optional.of(URI.create("https://payments.example.com/webhooks/recurring")),
                rig.clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void aChargeIsLookedUpOnceForConfirmationAndOnceUponItsWebhook() {
        confirmed(2);
        rig.clock.moveTo("2026-12-01T08:00:00Z");
        stillRegistered();
        rig.standings.delivered(TrackingRig.MSN);
        signalled(1);
        signalled(2);
        assertThat(lookUp("CHARGED")).isEqualTo(2);
        rig.clock.moveTo("2027-01-01T08:00:00Z");
        assertThat(lookUp("CHARGED")).isZero();

        assertThat(rig.status(file, 1)).isEqualTo("CHARGED");
        assertThat(rig.meters
                        .get("chargebridge.charge.lookups")
                        .tag("told", "webhook")
                        .summary()
                        .max())
                .isEqualTo(2);
    }

    @Test
    void whatWasNeverToldIsFoundAtTheEndAndWebhooksAreNotReliedOnForADay(CapturedOutput output) {
        confirmed(2);
        rig.clock.moveTo("2026-12-01T08:00:00Z");
        stillRegistered();
        rig.standings.delivered(TrackingRig.MSN);
        signalled(1);
        lookUp("CHARGED");
        rig.clock.moveTo("2026-12-02T18:00:00Z");
        assertThat(lookUp("CHARGED")).isZero();

        rig.clock.moveTo("2026-12-04T00:11:00Z");
        stillRegistered();
        lookUp("CHARGED");
        assertThat(rig.status(file, 2)).isEqualTo("CHARGED");
        assertThat(output).contains("No webhook told what became of charge a-00000002");
        rig.plan.next(TrackingRig.MSN);
        assertThat(output).contains("Webhooks of sales unit 123456 are not relied on any more");

        rig.clock.moveTo("2026-12-05T08:00:00Z");
        stillRegistered();
        rig.standings.delivered(TrackingRig.MSN);
        rig.plan.next(TrackingRig.MSN);
        assertThat(rig.standings.of(TrackingRig.MSN).orElseThrow().relied()).isTrue();
    }

    @Test
    void silenceOnADueDayBringsPollingBackTheSameDay() {
        confirmed(3);
        rig.clock.moveTo("2026-12-01T09:29:00Z");
        stillRegistered();
        assertThat(lookUp("DUE")).isZero();
        rig.clock.moveTo("2026-12-01T09:31:00Z");
        assertThat(lookUp("CHARGED")).isEqualTo(3);
        assertThat(rig.status(file, 3)).isEqualTo("CHARGED");
    }

    @Test
    void aRegistrationThatIsGoneBringsPollingBackOnTheDueDay() {
        confirmed(1);
        rig.clock.moveTo("2026-11-25T08:00:00Z");
        assertThat(lookUp("PENDING")).isZero();
        rig.clock.moveTo("2026-12-01T09:31:00Z");
        assertThat(lookUp("CHARGED")).isEqualTo(1);
    }

    @Test
    void aWebhookThatIsEarlierThanWhatALookUpShowsIsLookedAtAgainSoon() {
        confirmed(1);
        rig.clock.moveTo("2026-12-01T08:00:00Z");
        stillRegistered();
        rig.standings.delivered(TrackingRig.MSN);
        signalled(1);
        assertThat(lookUp("PENDING")).isEqualTo(1);
        rig.clock.advance(Duration.ofMinutes(1));
        assertThat(lookUp("CHARGED")).isEqualTo(1);
    }

    @Test
    void beforeTheFirstWebhookChargesArePolled() {
        rig.jdbc.sql("update webhook_standing set last_event_at = null").update();
        confirmed(1);
        rig.clock.moveTo("2026-12-01T09:31:00Z");
        stillRegistered();
        assertThat(lookUp("CHARGED")).isEqualTo(1);
    }
}
