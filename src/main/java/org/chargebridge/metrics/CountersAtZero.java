package org.chargebridge.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.ChargeStatus;
import org.springframework.stereotype.Component;

/** Makes counters that are there before they count: a rate or an alert over one that is not there says nothing. */
@Component
class CountersAtZero implements MeterBinder {

    private static final List<String> FILE_STATES = List.of("RECORDED", "HELD", "REFUSED", "DUPLICATE");
    private static final List<String> PASSES = List.of("CHECKED", "RECORDED");
    private static final List<String> WEBHOOK_OUTCOMES = List.of("unreadable", "forged");
    private static final List<String> CALLS_WITHOUT_ANSWER = List.of("not-sent", "unanswered");
    private static final List<String> OPERATIONS = List.of("create-charges", "get-charge", "fetch-token");

    private final Channels channels;

    CountersAtZero(Channels channels) {
        this.channels = channels;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Channel channel : channels.all()) {
            String name = channel.name();
            FILE_STATES.forEach(state -> registry.counter("chargebridge.files", "channel", name, "state", state));
            PASSES.forEach(pass -> registry.counter("chargebridge.lines.read", "channel", name, "pass", pass));
            registry.counter("chargebridge.written.bytes", "channel", name);
            for (Answer answer : Answer.values()) {
                registry.counter("chargebridge.lines", "channel", name, "answer", answer.name());
                registry.counter("chargebridge.lines.amount.minor", "channel", name, "answer", answer.name());
            }
            for (ChargeStatus status : ChargeStatus.values()) {
                registry.counter("chargebridge.charges", "channel", name, "status", status.name());
                registry.counter("chargebridge.charges.amount.minor", "channel", name, "status", status.name());
            }
            registry.counter("chargebridge.route.failures", "route", "fetch-invoices", "channel", name);
        }
        for (SalesUnit unit : channels.salesUnits()) {
            registry.counter("chargebridge.dispatches", "msn", unit.msn(), "outcome", "Answered");
            for (String told : List.of("webhook", "look-up")) {
                DistributionSummary.builder("chargebridge.charge.lookups")
                        .description("Look-ups of a charge until its outcome was final")
                        .tags("msn", unit.msn(), "told", told)
                        .register(registry);
            }
            for (String operation : OPERATIONS) {
                CALLS_WITHOUT_ANSWER.forEach(outcome -> registry.counter(
                        "chargebridge.api.calls", "msn", unit.msn(), "operation", operation, "outcome", outcome));
            }
        }
        WEBHOOK_OUTCOMES.forEach(outcome -> registry.counter("chargebridge.webhooks", "outcome", outcome, "about", ""));
    }
}
