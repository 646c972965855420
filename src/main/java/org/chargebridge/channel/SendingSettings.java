package org.chargebridge.channel;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How charges are sent: {@code chargebridge.sending}.
 *
 * @param pollInterval how often the ledger is asked for the next dispatch
 * @param concurrentRequests requests of one sales unit that may be under way at once; one while its outcomes are unknown
 * @param threads requests of all sales units of this node that may be under way at once
 * @param linesPerDispatchMax lines a request holds at most; the API takes 2,000
 * @param fillWait how long a dispatch that is not full waits for more lines
 * @param replayWindow how long after the first send an unanswered request is repeated with the same bytes and key
 * @param gracePeriod how long after that a charge that is not found counts as not created
 * @param createsPerMinute what the API allows a sales unit a minute
 * @param unscheduledPerMinute of these, charges that are made at once; each is a request of its own
 * @param probeInterval how often a halted sales unit is tried again
 * @param singleSendsMax how often a line whose requests are never answered is sent again by itself
 * @param confirmationDelay how long after an answer its charges are first looked up
 */
@ConfigurationProperties("chargebridge.sending")
public record SendingSettings(
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("3") int concurrentRequests,
        @DefaultValue("12") int threads,
        @DefaultValue("2000") int linesPerDispatchMax,
        @DefaultValue("1s") Duration fillWait,
        @DefaultValue("10m") Duration replayWindow,
        @DefaultValue("60m") Duration gracePeriod,
        @DefaultValue("500") int createsPerMinute,
        @DefaultValue("300") int unscheduledPerMinute,
        @DefaultValue("15m") Duration probeInterval,
        @DefaultValue("3") int singleSendsMax,
        @DefaultValue("10s") Duration confirmationDelay) {

    public SendingSettings {
        if (linesPerDispatchMax < 1 || linesPerDispatchMax > 2000) {
            throw new IllegalArgumentException("chargebridge.sending.lines-per-dispatch-max is " + linesPerDispatchMax
                    + "; the API takes 1 to 2000 charges a request");
        }
        atLeastOne("concurrent-requests", concurrentRequests, 3);
        atLeastOne("threads", threads, 12);
        atLeastOne("creates-per-minute", createsPerMinute, 500);
        atLeastOne("unscheduled-per-minute", unscheduledPerMinute, 300);
    }

    private static void atLeastOne(String name, int value, int usual) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "chargebridge.sending." + name + " is " + value + "; set 1 or more, by default " + usual);
        }
    }
}
