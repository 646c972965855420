package org.chargebridge.intake.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.DueDates;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.Description;
import org.chargebridge.intake.ReceivedFile;
import org.chargebridge.intake.SpoolFile;
import org.chargebridge.ledger.DirectOutcomes;
import org.chargebridge.ledger.DirectOutcomes.Earlier;
import org.springframework.stereotype.Component;

/**
 * Writes what a request of the Drupal module's form asks for as instructions, so that it is recorded and judged as those
 * of a file. An item without a number of its own that looks like one of the last 30 days waits for a person (MR28).
 */
@Component
class DrupalLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIKENESS_COUNTS = Duration.ofDays(30);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SpoolFile spool;
    private final DirectOutcomes ledger;
    private final Clock clock;

    DrupalLines(SpoolFile spool, DirectOutcomes ledger, Clock clock) {
        this.spool = spool;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A file of these items; asked for under the lock of the channel's source, where nothing else is recorded. */
    ReceivedFile file(Caller caller, Action action, List<DrupalItem> items) {
        Instant now = clock.instant();
        Channel channel = caller.channel();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Map<Integer, Reason> suspects = new HashMap<>();
        Map<Map<String, Object>, DrupalItem> seen = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            DrupalItem item = items.get(i);
            int position = i + 1;
            if (!item.identified()) {
                Optional<Earlier> earlier = Optional.ofNullable(seen.get(item.likeness()))
                        .map(before -> new Earlier(orderId(channel, action, before), now))
                        .or(() -> earlier(channel, action, item, now.minus(LIKENESS_COUNTS)));
                earlier.ifPresent(before -> suspects.put(
                        position,
                        Reason.of(
                                ReasonCode.SUSPECTED_DUPLICATE,
                                before.orderId(),
                                before.at().atZone(channel.zone()).toLocalDate())));
            }
            seen.putIfAbsent(item.likeness(), item);
            append(lines, line(channel, action, item, now));
        }
        String name = action.word() + "-" + TIME.format(now) + "-*.jsonl";
        try {
            return spool.spoolMade(
                    channel.name(),
                    caller.user(),
                    name,
                    now,
                    lines.toByteArray(),
                    new ReceivedFile.Handling(true, action == Action.CHARGE, suspects));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String orderId(Channel channel, Action action, DrupalItem item) {
        return action == Action.CHARGE ? OrderNumber.of(channel, item.number()) : item.subject();
    }

    private Optional<Earlier> earlier(Channel channel, Action action, DrupalItem item, Instant since) {
        long amount = item.amountMinor().orElse(0);
        if (action == Action.REFUND) {
            return ledger.sameRefund(item.subject(), amount, since);
        }
        // A text with the document's number in it is never the same.
        boolean numbered = item.text().isEmpty()
                || channel.defaults().descriptionTemplate().contains("{documentNumber}");
        Optional<String> text =
                numbered ? Optional.empty() : Optional.of(Description.render(channel, item.text(), item.number()));
        return ledger.sameCharge(channel.sourceId(), channel.msn(), item.subject(), amount, text, since);
    }

    private Map<String, Object> line(Channel channel, Action action, DrupalItem item, Instant now) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("action", action.word());
        if (!item.number().isEmpty()) {
            line.put("invoiceNumber", item.number());
        }
        if (action == Action.CHARGE) {
            LocalDate today = LocalDate.ofInstant(now, channel.currency().marketZone());
            // The same item on another day is the same charge, so it keeps the date it had.
            LocalDate due = (item.identified()
                            ? ledger.dueOf(OrderNumber.of(channel, item.number()))
                            : Optional.<LocalDate>empty())
                    .orElse(DueDates.earliest(channel, now));
            line.put("agreementId", item.agreementId());
            line.put("dueDate", due.toString());
            if (channel.policy().goLiveDate().isPresent()) {
                line.put("invoiceDate", today.toString());
            }
        } else if (action == Action.STOP_AGREEMENT) {
            line.put("agreementId", item.agreementId());
        } else {
            line.put("orderId", item.subject());
            if (!item.agreementId().isEmpty()) {
                line.put("agreementId", item.agreementId());
            }
        }
        if (item.amountMinor().isPresent()) {
            line.put("amountMinor", item.amountMinor().getAsLong());
        }
        if (!item.text().isEmpty()) {
            line.put("description", item.text());
        }
        return line;
    }

    private static void append(ByteArrayOutputStream lines, Map<String, Object> line) {
        try {
            lines.writeBytes((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
