package org.chargebridge.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Answer;
import org.chargebridge.ledger.ChargeHistories;
import org.chargebridge.ledger.Enquiries;
import org.chargebridge.ledger.FoundLine;
import org.chargebridge.ledger.LineSearch;
import org.springframework.stereotype.Service;

/** Finds charges by what people know of them, and tells all that happened to one. */
@Service
public class ChargeRecords {

    private static final int LINES_OF_ONE = 200;

    /**
     * What happened to a charge.
     *
     * @param charge as it stands; empty where the order id was never taken
     * @param lines all that named it, newest first
     * @param attempts the order ids of all charges of the same invoice, the first one first
     * @param steps the first one first
     */
    public record History(
            String orderId,
            Optional<Enquiries.ChargeState> charge,
            List<FoundLine> lines,
            List<String> attempts,
            List<Step> steps) {}

    private final LineSearch search;
    private final Enquiries enquiries;
    private final ChargeHistories histories;

    ChargeRecords(LineSearch search, Enquiries enquiries, ChargeHistories histories) {
        this.search = search;
        this.enquiries = enquiries;
        this.histories = histories;
    }

    /**
     * At most {@code limit} lines, newest first, and what {@link ChargeQuestion#before()} is to be for those after them.
     *
     * @throws IllegalArgumentException for a question with a fault
     */
    public Listed<FoundLine, String> find(ChargeQuestion question, int limit) {
        return Listed.of(
                search.find(question.wanted(), limit + 1), limit, line -> line.fileId() + "-" + line.position());
    }

    /** All that happened to the charge of an order id; empty for one that nobody named. */
    public Optional<History> history(String orderId) {
        List<FoundLine> lines = search.find(
                new LineSearch.Wanted(
                        Optional.empty(),
                        Optional.of(orderId),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty()),
                LINES_OF_ONE);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String currency = lines.get(0).currency();
        List<Step> steps = new ArrayList<>();
        for (FoundLine line : lines) {
            steps.addAll(of(line, orderId));
        }
        histories.webhooks(orderId).forEach(told -> steps.add(Steps.of(told, currency)));
        steps.sort(Comparator.comparing(Step::at).thenComparing(Step::kind));
        return Optional.of(
                new History(orderId, standing(lines, orderId), lines, enquiries.attempts(orderId), List.copyOf(steps)));
    }

    private Optional<Enquiries.ChargeState> standing(List<FoundLine> lines, String orderId) {
        return lines.stream()
                .filter(line -> isCharge(line) && !line.replaced())
                .findFirst()
                .flatMap(line -> enquiries.charge(line.channel(), orderId));
    }

    private static boolean isCharge(FoundLine line) {
        return line.action().equals(Action.CHARGE.word()) && line.answer() == Answer.ACCEPTED;
    }

    private List<Step> of(FoundLine line, String orderId) {
        ChargeHistories.Place place = new ChargeHistories.Place(line.fileId(), line.position());
        List<Step> steps = new ArrayList<>();
        steps.add(Steps.of(line));
        List<ChargeHistories.Request> requests = isCharge(line) ? histories.dispatches(place) : List.of();
        requests.forEach(request -> steps.add(Steps.of(request, Step.Kind.REQUEST, orderId)));
        if (!isCharge(line)) {
            histories.operation(place).ifPresent(request -> steps.add(Steps.of(request, Step.Kind.OPERATION, orderId)));
        }
        histories
                .events(
                        place,
                        requests.stream().map(ChargeHistories.Request::id).toList())
                .forEach(event -> steps.add(Steps.of(event, line)));
        histories.settled(place).forEach(entry -> steps.add(Steps.of(entry)));
        histories.letters(place).forEach(letter -> steps.add(Steps.of(letter)));
        return steps;
    }
}
