package org.chargebridge.webhook;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.ledger.WebhookEvents;
import org.chargebridge.ledger.WebhookRegistrations;
import org.chargebridge.publicport.PublicSettings;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.UnreadableAnswer;
import org.chargebridge.recurring.WebhookRequests;
import org.chargebridge.recurring.WebhookRequests.Listed;
import org.chargebridge.sealing.Seal;
import org.chargebridge.webhook.RegistrationStep.Delete;
import org.chargebridge.webhook.RegistrationStep.Lost;
import org.chargebridge.webhook.RegistrationStep.Register;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees to it that the API delivers each sales unit's webhooks here: lists what it has, registers what is missing, ends
 * what was replaced. Each call is made by the route between {@link #begin} or {@link #next} and {@link #record}.
 */
@Component("webhookRegistrar")
public class WebhookRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRegistrar.class);
    private static final byte[] NO_BODY = new byte[0];

    private final WebhookRegistrations registrations;
    private final RegistrationChecks checks;
    private final WebhookEvents events;
    private final Seal seal;
    private final PublicSettings outside;
    private final WebhookSettings settings;
    private final ApiSettings api;
    private final Clock clock;

    WebhookRegistrar(
            WebhookRegistrations registrations,
            RegistrationChecks checks,
            WebhookEvents events,
            Seal seal,
            PublicSettings outside,
            WebhookSettings settings,
            ApiSettings api,
            Clock clock) {
        this.registrations = registrations;
        this.checks = checks;
        this.events = events;
        this.seal = seal;
        this.outside = outside;
        this.settings = settings;
        this.api = api;
        this.clock = clock;
    }

    private Optional<URI> wanted() {
        return outside.isOn() ? Optional.of(outside.address(WebhookConfiguration.PATH)) : Optional.empty();
    }

    /** The first call of a look after a sales unit's registrations; none while it is not time. */
    public List<RegistrationCall> begin(String msn) {
        boolean any = !registrations.live(msn).isEmpty();
        if (!checks.isDue(msn, wanted(), any)) {
            return List.of();
        }
        sealAnew(msn);
        return List.of(new RegistrationCall(msn, "GET", WebhookRequests.PATH, NO_BODY, new RegistrationRun()));
    }

    /** The next call after one was recorded; none at the end. */
    public List<RegistrationCall> next(RegistrationCall call) {
        RegistrationRun run = call.run();
        String msn = call.msn();
        while (!run.isOver()) {
            RegistrationStep step = plan(msn).next(run.atApi(), own(msn));
            run.begin(step);
            if (run.isEndless()) {
                fail(call, "registrations do not come out as asked for; see what the sales unit has at the API");
            } else if (step instanceof Register register) {
                byte[] body = WebhookRequests.registration(register.url());
                return List.of(new RegistrationCall(msn, "POST", WebhookRequests.PATH, body, run));
            } else if (step instanceof Delete delete) {
                return List.of(new RegistrationCall(msn, "DELETE", WebhookRequests.path(delete.id()), NO_BODY, run));
            } else if (step instanceof Lost lost) {
                lost(msn, lost.id());
            } else {
                done(msn, run);
            }
        }
        return List.of();
    }

    private RegistrationPlan plan(String msn) {
        Instant newestBefore = clock.instant().minus(settings.rotateAfter());
        return new RegistrationPlan(
                wanted(), newestBefore, registrations.addresses(msn), registrations.liveOfOthers(msn));
    }

    private List<RegistrationPlan.Own> own(String msn) {
        return registrations.live(msn).stream()
                .map(one -> new RegistrationPlan.Own(
                        one.id(),
                        one.url().toString(),
                        one.events(),
                        one.registeredAt(),
                        seal.open(one.id(), one.secret()).isPresent()))
                .toList();
    }

    /** What the old key of two encrypted is encrypted under the new one, so that the old one may go. */
    private void sealAnew(String msn) {
        for (WebhookRegistrations.Registration one : registrations.live(msn)) {
            if (!seal.isCurrent(one.secret())) {
                seal.open(one.id(), one.secret())
                        .ifPresent(secret -> registrations.sealedAnew(one.id(), seal.seal(one.id(), secret)));
            }
        }
    }

    private void lost(String msn, String id) {
        registrations.gone(id);
        checks.missed(msn);
        if (wanted().isPresent()) {
            LOG.warn(
                    "The API has no longer the webhook registration {} of sales unit {}; it ends one that did not answer"
                            + " for two weeks. It is registered again",
                    id,
                    msn);
        }
    }

    private void done(String msn, RegistrationRun run) {
        run.end();
        checks.well(msn, wanted());
        registrations.forgetSecrets();
        events.forget(clock.instant().minus(settings.keep()));
        if (run.changed()) {
            LOG.info(
                    "Webhooks of sales unit {} {}",
                    msn,
                    wanted().map(url -> "are delivered to " + url).orElse("are not registered any more"));
        }
    }

    /** An HTTP answer came. */
    public void record(RegistrationCall call, int status, Map<String, Object> headers, byte[] body) {
        try {
            Optional<String> trouble = call.run().hasList() ? stepped(call, status, body) : listed(call, status, body);
            trouble.ifPresent(
                    what -> fail(call, what, RetryAfter.asked(status, headers, clock.instant(), api.retryAfterCap())));
        } catch (UnreadableAnswer unreadable) {
            fail(call, "the API's answer to " + call.method() + " is not understood: " + unreadable.getMessage());
        }
    }

    private static Optional<String> listed(RegistrationCall call, int status, byte[] body) throws UnreadableAnswer {
        if (status != 200) {
            return Optional.of("the API does not list them: " + said(status, body));
        }
        call.run().list(WebhookRequests.parseList(body));
        return Optional.empty();
    }

    private Optional<String> stepped(RegistrationCall call, int status, byte[] body) throws UnreadableAnswer {
        RegistrationStep step = call.run().underWay();
        if (step instanceof Register register) {
            return registered(call, register, status, body);
        }
        return step instanceof Delete delete ? deleted(call, delete, status, body) : Optional.empty();
    }

    private Optional<String> registered(RegistrationCall call, Register register, int status, byte[] body)
            throws UnreadableAnswer {
        if (status != 201 && status != 200) {
            return Optional.of(whyNotRegistered(call.run(), register.url(), said(status, body)));
        }
        WebhookRequests.Made made = WebhookRequests.parseMade(body);
        registrations.made(
                made.id(), call.msn(), register.url(), WebhookRequests.EVENTS, seal.seal(made.id(), made.secret()));
        call.run().made(new Listed(made.id(), register.url().toString(), WebhookRequests.EVENTS));
        return Optional.empty();
    }

    private static String whyNotRegistered(RegistrationRun run, URI url, String said) {
        return run.atApi().size() >= WebhookRequests.REGISTRATIONS_MAX
                ? "the sales unit has " + run.atApi().size() + " registrations and may have "
                        + WebhookRequests.REGISTRATIONS_MAX + "; delete some that nobody uses (" + said + ")"
                : "the API refuses to deliver to " + url + ": " + said;
    }

    /** One that the API does not know is as good as ended. */
    private Optional<String> deleted(RegistrationCall call, Delete delete, int status, byte[] body) {
        if (status >= 300 && status != 400 && status != 404 && status != 410) {
            return Optional.of("the API does not end a registration that was replaced: " + said(status, body));
        }
        if (own(call.msn()).stream().anyMatch(one -> one.id().equals(delete.id()) && !one.opens())) {
            checks.missed(call.msn());
            LOG.warn(
                    "The webhook registration {} of sales unit {} was replaced: no line of chargebridge.encryption-key opens"
                            + " its secret. What it told since that key is gone could not be checked; all charges are looked"
                            + " up until webhooks of the new one have come for a day",
                    delete.id(),
                    call.msn());
        }
        registrations.gone(delete.id());
        call.run().deleted(delete.id());
        return Optional.empty();
    }

    private static String said(int status, byte[] body) {
        return Problem.of(status, body).summary();
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(RegistrationCall call, Throwable failure) {
        fail(call, "the API was not reached: " + failure.getMessage());
    }

    private void fail(RegistrationCall call, String trouble) {
        fail(call, trouble, Optional.empty());
    }

    private void fail(RegistrationCall call, String trouble, Optional<Duration> asked) {
        call.run().end();
        checks.trouble(call.msn(), trouble, asked);
    }
}
