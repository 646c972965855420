package org.chargebridge.intake.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.intake.DirectResult;
import org.chargebridge.intake.Intake;
import org.chargebridge.intake.ReceivedFile;
import org.chargebridge.intake.SpoolFile;
import org.chargebridge.ledger.AnsweredLine;
import org.chargebridge.ledger.ReceiptRequests;
import org.springframework.stereotype.Component;

/**
 * The endpoints of the Drupal module that move money or end something: recorded as instructions, sent by the routes that
 * send those of files, and answered with what came of it. What is not known in time is never said to have failed.
 */
@Component("drupalInstructions")
public class DrupalInstructions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DrupalSettings settings;
    private final DrupalLines lines;
    private final DrupalOutcomes outcomes;
    private final Intake intake;
    private final SpoolFile spool;
    private final ReceiptRequests receipts;

    DrupalInstructions(
            DrupalSettings settings,
            DrupalLines lines,
            DrupalOutcomes outcomes,
            Intake intake,
            SpoolFile spool,
            ReceiptRequests receipts) {
        this.settings = settings;
        this.lines = lines;
        this.outcomes = outcomes;
        this.intake = intake;
        this.spool = spool;
        this.receipts = receipts;
    }

    /** Records what the request asks for, in one transaction. */
    public DrupalTask record(Caller caller) {
        DrupalSettings.PriceUnit unit = open(settings);
        Action action = action(caller.path());
        List<DrupalItem> items =
                checked(caller, action, new DrupalForm(unit).items(action, caller.body(), caller.key()));
        long deadline = System.nanoTime() + settings.answerWithin().toNanos();
        DrupalTask task = new DrupalTask(caller, action, items, deadline);
        List<DrupalTask.Entry> open = task.open();
        if (!open.isEmpty()) {
            DirectResult result = record(
                    caller, action, open.stream().map(DrupalTask.Entry::item).toList());
            List<AnsweredLine> answered = receipts.lines(result.file().id());
            for (int i = 0; i < open.size(); i++) {
                outcomes.judged(open.get(i), answered.get(i));
            }
        }
        return task;
    }

    private DirectResult record(Caller caller, Action action, List<DrupalItem> items) {
        List<ReceivedFile> made = new ArrayList<>();
        try {
            return intake.receiveDirectly(caller.channel().name(), () -> {
                made.add(lines.file(caller, action, items));
                return made.get(made.size() - 1);
            });
        } finally {
            made.forEach(spool::remove);
        }
    }

    /** Whether something is still to be waited for; each call looks. */
    public boolean isOpen(DrupalTask task) {
        outcomes.look(task);
        return !task.open().isEmpty() && !task.isOver();
    }

    /** What came of it, in the module's shape. */
    public HttpAnswer answer(DrupalTask task) {
        outcomes.giveUp(task);
        return json(task.lines(true), task.lines(false));
    }

    /** The price unit; without one the door is closed (MR28). */
    static DrupalSettings.PriceUnit open(DrupalSettings settings) {
        return settings.priceUnit().orElseThrow(() -> HttpProblem.of(
                        404,
                        "Not found",
                        "The endpoints of the Drupal module are not open here.",
                        "Set chargebridge.drupal.price-unit to major or minor, as the caller's prices are.")
                .exception());
    }

    static HttpAnswer json(List<String> successes, List<String> errors) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("successes", successes);
        answer.put("errors", errors);
        try {
            return HttpAnswer.json(JSON.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Action action(String path) {
        return switch (path.substring(path.indexOf('/', 1))) {
            case "/charge/make" -> Action.CHARGE;
            case "/charge/cancel" -> Action.CANCEL;
            case "/charge/refund" -> Action.REFUND;
            case "/agreement/cancel" -> Action.STOP_AGREEMENT;
            default -> throw new IllegalArgumentException("no endpoint of the Drupal module: " + path);
        };
    }

    /** What must not even be recorded: a request above the channel's limit for a file would wait as a whole. */
    private List<DrupalItem> checked(Caller caller, Action action, List<DrupalItem> items) {
        List<DrupalItem> checked = items.stream()
                .map(item -> outcomes.mismatch(caller, action, item)
                        .map(item::withFault)
                        .orElse(item))
                .toList();
        long limit = caller.channel().policy().maxPerFileMinor();
        long sum = action == Action.CHARGE
                ? checked.stream()
                        .mapToLong(item -> item.fault().isPresent()
                                ? 0
                                : item.amountMinor().orElse(0))
                        .sum()
                : 0;
        if (sum <= limit) {
            return checked;
        }
        String fault = "together the items are above the limit of a file, " + MinorUnits.toDecimalString(limit)
                + "; nothing of them is done";
        return checked.stream().map(item -> item.withFault(fault)).toList();
    }

    static String told(Optional<Reason> reason) {
        return reason.map(why -> ReasonTexts.text(why, Locale.ENGLISH)).orElse("");
    }
}
