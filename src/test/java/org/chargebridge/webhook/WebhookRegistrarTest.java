package org.chargebridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chargebridge.ledger.WebhookStandings;
import org.chargebridge.publicport.PublicSettings;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.WebhookRequests;
import org.chargebridge.sealing.Seal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Registrations over a real ledger, with the answers the API gives played by the test. */
@ExtendWith(OutputCaptureExtension.class)
class WebhookRegistrarTest {

    private static final String HERE = "https://payments.example.com";

    private final SignalRig rig = new SignalRig();
    private final WebhookStandings standings = new WebhookStandings(rig.jdbc, rig.clock);

    /** What the API has: address by id. */
    private final Map<String, String> atApi = new TreeMap<>();

    private final List<String> asked = new ArrayList<>();
    private int made;
    private Optional<Integer> refusal = Optional.empty();
    private Map<String, Object> retryAfter = Map.of();
    private WebhookRegistrar registrar = registrar(HERE, rig.seal);

    WebhookRegistrarTest() {
        rig.jdbc.sql("delete from webhook_registration").update();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** A gateway that has just started. */
    private WebhookRegistrar registrar(String url, Seal seal) {
        WebhookSettings settings = new WebhookSettings(
                Duration.ofSeconds(1),
                WebhookSettings.SCHEDULE,
                Duration.ofHours(24),
                Duration.ofDays(180),
                Duration.ofDays(30));
        return new WebhookRegistrar(
                rig.registrations,
                new RegistrationChecks(standings, settings, rig.clock),
                rig.events,
                seal,
                new PublicSettings(
                        Optional.of(url).filter(text -> !text.isEmpty()).map(URI::create), 8081, ""),
                settings,
                ApiSettings.of(URI.create("http://127.0.0.1:1")),
                rig.clock);
    }

    /** What the route does; the calls that were made. */
    private List<String> look() {
        asked.clear();
        List<RegistrationCall> calls = registrar.begin(SignalRig.MSN);
        while (!calls.isEmpty()) {
            RegistrationCall call = calls.get(0);
            asked.add(call.method());
            if (refusal.isPresent()) {
                String problem = "{\"title\":\"Bad Request\",\"detail\":\"no\"}";
                registrar.record(call, refusal.get(), retryAfter, problem.getBytes(StandardCharsets.UTF_8));
            } else {
                answer(call);
            }
            calls = registrar.next(call);
        }
        return List.copyOf(asked);
    }

    private void answer(RegistrationCall call) {
        if (call.method().equals("GET")) {
            String list = atApi.entrySet().stream()
                    .map(one -> "{\"id\":\"" + one.getKey() + "\",\"url\":\"" + one.getValue() + "\",\"events\":[\""
                            + String.join("\",\"", WebhookRequests.EVENTS) + "\"]}")
                    .collect(Collectors.joining(","));
            registrar.record(call, 200, Map.of(), ("{\"webhooks\":[" + list + "]}").getBytes(StandardCharsets.UTF_8));
        } else if (call.method().equals("POST")) {
            String body = new String(call.body(), StandardCharsets.UTF_8);
            made++;
            atApi.put("made-" + made, body.replaceAll(".*\"url\":\"([^\"]*)\".*", "$1"));
            registrar.record(
                    call,
                    201,
                    Map.of(),
                    ("{\"id\":\"made-" + made + "\",\"secret\":\"secret-" + made + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
        } else {
            atApi.remove(call.path().replaceAll(".*/", ""));
            registrar.record(call, 204, Map.of(), new byte[0]);
        }
    }

    private int deliver(String secret, String id) {
        return rig.deliver(secret, SignedSender.charge("captured", SignalRig.MSN, id, ""));
    }

    private String trouble() {
        return standings
                .of(SignalRig.MSN)
                .flatMap(WebhookStandings.Standing::trouble)
                .orElse("-");
    }

    @Test
    void registersOnceAndLooksAgainTheNextDayAndAtEachStart() {
        assertThat(look()).containsExactly("GET", "POST");
        assertThat(atApi).containsValues(HERE + "/webhooks/recurring");
        assertThat(look()).isEmpty();
        rig.clock.advance(Duration.ofHours(23));
        assertThat(look()).isEmpty();
        rig.clock.advance(Duration.ofHours(1));
        assertThat(look()).containsExactly("GET");
        registrar = registrar(HERE, rig.seal);
        assertThat(look()).containsExactly("GET");
        assertThat(atApi).hasSize(1);
    }

    @Test
    void whatItRegisteredIsBelievedAndItsSecretNotReadable() {
        look();

        assertThat(deliver("secret-1", "a-1")).isEqualTo(204);
        assertThat(rig.jdbc
                        .sql("select encode(secret, 'escape') from webhook_registration")
                        .query(String.class)
                        .single())
                .doesNotContain("secret-1");
    }

    @Test
    void whatTheApiEndedIsRegisteredAgain(CapturedOutput output) {
        look();
        atApi.clear();
        rig.clock.advance(Duration.ofDays(1));

        assertThat(look()).containsExactly("GET", "POST");
        assertThat(output).contains("The API has no longer the webhook registration made-1 of sales unit 123456");
    }

    @Test
    void isRotatedWithoutAGap() {
        look();
        rig.clock.advance(Duration.ofDays(181));

        assertThat(look()).containsExactly("GET", "POST", "DELETE");
        assertThat(atApi).containsOnlyKeys("made-2");
        assertThat(deliver("secret-1", "was under way")).isEqualTo(204);
        assertThat(deliver("secret-2", "is new")).isEqualTo(204);
    }

    @Test
    void aChangedAddressIsRegisteredAtOnceAndTheOldOneEnds() {
        look();
        registrar = registrar("https://new.example.com", rig.seal);

        assertThat(look()).containsExactly("GET", "POST", "DELETE");
        assertThat(atApi)
                .containsValues("https://new.example.com/webhooks/recurring")
                .hasSize(1);
    }

    @Test
    void withoutAnAddressWhatWasRegisteredIsEndedAndNothingIsAskedAnyMore() {
        look();
        registrar = registrar("", rig.seal);

        assertThat(look()).containsExactly("GET", "DELETE");
        assertThat(atApi).isEmpty();
        registrar = registrar("", rig.seal);
        assertThat(look()).isEmpty();
    }

    @Test
    void anAnswerThatNeverCameLeavesNoRegistrationBehind() {
        atApi.put("orphan", HERE + "/webhooks/recurring");

        assertThat(look()).containsExactly("GET", "POST", "DELETE");
        assertThat(atApi).containsOnlyKeys("made-1");
    }

    @Test
    void ofOthersNothingIsEnded() {
        atApi.put("shop", "https://shop.example.com/hook");

        assertThat(look()).containsExactly("GET", "POST");
        assertThat(atApi).containsKeys("shop", "made-1");
    }

    @Test
    void aRefusalIsToldOnceAndTriedAgainLessAndLessOften(CapturedOutput output) {
        refusal = Optional.of(403);
        assertThat(look()).containsExactly("GET");
        assertThat(trouble()).startsWith("the API does not list them: HTTP 403");
        assertThat(look()).isEmpty();
        for (int minutes : new int[] {1, 5, 15, 60, 60}) {
            rig.clock.advance(Duration.ofMinutes(minutes));
            assertThat(look()).containsExactly("GET");
            assertThat(look()).isEmpty();
        }
        assertThat(output.getAll().split("cannot be looked after", -1)).hasSize(2);

        refusal = Optional.empty();
        rig.clock.advance(Duration.ofHours(1));
        assertThat(look()).containsExactly("GET", "POST");
        assertThat(trouble()).isEqualTo("-");
        assertThat(output).contains("Webhooks of sales unit 123456 are registered again");
    }

    @Test
    void aFullListIsToldInPlainWords() {
        for (int i = 0; i < 25; i++) {
            atApi.put("other-" + i, "https://shop.example.com/" + i);
        }
        List<RegistrationCall> calls = registrar.begin(SignalRig.MSN);
        answer(calls.get(0));
        calls = registrar.next(calls.get(0));
        registrar.record(calls.get(0), 400, Map.of(), "{\"title\":\"Bad Request\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(registrar.next(calls.get(0))).isEmpty();
        assertThat(trouble()).startsWith("the sales unit has 25 registrations and may have 25; delete some");
    }

    @Test
    void whatAnOldKeySealedIsSealedAnewAndWhatNoKeyOpensIsReplaced(CapturedOutput output) {
        look();
        deliver("secret-1", "a-1");
        assertThat(tellsChanges()).isTrue();
        byte[] fresh = new byte[32];
        fresh[0] = 1;
        registrar = registrar(HERE, new Seal(List.of(fresh, new byte[32])));
        assertThat(look()).containsExactly("GET");
        registrar = registrar(HERE, new Seal(List.of(fresh)));
        assertThat(look()).containsExactly("GET");

        fresh = new byte[32];
        fresh[0] = 2;
        registrar = registrar(HERE, new Seal(List.of(fresh)));
        assertThat(tellsChanges()).isTrue();
        assertThat(look()).containsExactly("GET", "POST", "DELETE");

        // What came under the key that is lost was refused, and is found by look-ups.
        assertThat(tellsChanges()).isFalse();
        assertThat(output)
                .containsOnlyOnce("webhook registration made-1 of sales unit 123456 was replaced: no line of"
                        + " chargebridge.encryption-key opens its secret");
    }

    private boolean tellsChanges() {
        return standings
                .of(SignalRig.MSN)
                .filter(standing -> standing.tellsChanges(rig.clock.instant()))
                .isPresent();
    }

    @Test
    void asLongAsTheApiAsksToBeLeftAloneItIsNotAsked() {
        refusal = Optional.of(429);
        retryAfter = Map.of("Retry-After", "600");
        look();
        rig.clock.advance(Duration.ofMinutes(9));
        assertThat(look()).isEmpty();
        rig.clock.advance(Duration.ofMinutes(1));
        assertThat(look()).containsExactly("GET");
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsATrouble() {
        RegistrationCall call = registrar.begin(SignalRig.MSN).get(0);
        registrar.record(call, 200, Map.of(), "<html>".getBytes(StandardCharsets.UTF_8));
        assertThat(registrar.next(call)).isEmpty();
        assertThat(trouble()).contains("is not understood");
        rig.clock.advance(Duration.ofMinutes(1));
        call = registrar.begin(SignalRig.MSN).get(0);
        registrar.recordFailure(call, new java.io.IOException("refused"));
        assertThat(registrar.next(call)).isEmpty();
        assertThat(trouble()).isEqualTo("the API was not reached: refused");
    }
}
