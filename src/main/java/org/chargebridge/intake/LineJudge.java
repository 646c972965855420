package org.chargebridge.intake;

import static org.chargebridge.charge.MinorUnits.toDecimalString;
import static org.chargebridge.intake.Unrecorded.answer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.chargebridge.agreement.Finding;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.DueDates;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.IntakeLines.Carrier;
import org.chargebridge.ledger.IntakeLines.Recorded;

/**
 * Answers one line: a pure function of what it asks, what the ledger knows, the channel's rules and the time. Content
 * comes first, then what is recorded already, then dates and limits, so that a file sent again later is a duplicate and
 * not a late one.
 */
final class LineJudge {

    private final Channel channel;
    private final Map<Integer, Reason> suspects;
    private final LocalDate today;
    private final LocalDate earliest;
    private final LocalDate latest;
    private final OperationJudge operations;

    LineJudge(Channel channel, Instant now) {
        this(channel, now, Map.of());
    }

    /** @param suspects positions that wait for a person where they would be accepted, and why */
    LineJudge(Channel channel, Instant now, Map<Integer, Reason> suspects) {
        this.suspects = suspects;
        this.channel = channel;
        this.today = LocalDate.ofInstant(now, channel.currency().marketZone());
        this.operations = new OperationJudge(channel, today);
        this.earliest = DueDates.earliest(channel, now);
        this.latest = today.plusYears(Limits.DUE_YEARS);
    }

    /** The market's day, on which what is not scheduled is charged. */
    LocalDate today() {
        return today;
    }

    /** Who pays and how often the API tries, once that is settled. */
    private record Payer(String agreementId, OptionalInt retryDays) {}

    /** Answers a line that is no discard. */
    Line judge(Request request, Facts facts, Releases releases) {
        Line line = onItsOwn(request, facts, releases);
        Reason suspicion = suspects.get(request.position());
        return suspicion == null || line.answer() != Answer.ACCEPTED || releases.has(suspicion.code())
                ? line
                : answer(request, Answer.HELD, suspicion);
    }

    private Line onItsOwn(Request request, Facts facts, Releases releases) {
        if (request.fault().isPresent()) {
            return answer(request, Answer.REFUSED, request.fault().get());
        }
        if (request.isOperation()) {
            return operations.judge(request, facts, releases);
        }
        Optional<Recorded> occupying =
                facts.recorded(request.orderId().orElseThrow()).filter(recorded -> !recorded.refusedByApi());
        if (occupying.isPresent() && isSame(request, occupying.get())) {
            return answer(
                    request,
                    Answer.DUPLICATE,
                    Reason.of(
                            ReasonCode.ALREADY_RECORDED,
                            occupying.get().fileName(),
                            occupying.get().position()));
        }
        if (!request.finished() && !releases.has(ReasonCode.FINAL_LINE_UNFINISHED)) {
            return answer(request, Answer.HELD, Reason.of(ReasonCode.FINAL_LINE_UNFINISHED));
        }
        if (request.creditNote() && !request.isFor(Action.KNOWN)) {
            if (operations.canCredit(request, facts.operations())) {
                return operations.judge(request, facts, releases);
            }
            String credited =
                    request.creditedNumber().isEmpty() ? Detail.NO_INVOICE_NAMED.of() : request.creditedNumber();
            return answer(request, Answer.HELD, Reason.of(ReasonCode.CREDIT_NOTE, credited));
        }
        if (request.amountMinor().orElseThrow() == 0) {
            return answer(request, Answer.IGNORED, Reason.of(ReasonCode.NOTHING_TO_COLLECT));
        }
        if (occupying.isPresent()) {
            return answer(
                    request,
                    Answer.HELD,
                    Reason.of(
                            ReasonCode.CONFLICT,
                            request.orderId().get(),
                            occupying.get().fileName(),
                            occupying.get().position()));
        }
        return request.isFor(Action.KNOWN) ? known(request, facts) : charge(request, facts, releases);
    }

    /** A document said to be collected elsewhere is not the same as one we collect, whatever its content. */
    private static boolean isSame(Request request, Recorded recorded) {
        return Arrays.equals(request.digest(), recorded.digest())
                && (recorded.action() == Action.KNOWN || !request.isFor(Action.KNOWN));
    }

    private Line known(Request request, Facts facts) {
        Reason reason = Reason.of(ReasonCode.REGISTERED_AS_KNOWN);
        Payer payer = new Payer(request.agreementId(), OptionalInt.empty());
        Optional<LocalDate> due = request.unscheduled() ? Optional.of(today) : request.due();
        return line(request, Answer.IGNORED, Optional.of(reason), payer, due, facts);
    }

    private Line charge(Request request, Facts facts, Releases releases) {
        Optional<Line> stopped = stopped(request, facts, releases);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        return facts.finding(request, today)
                .fold(
                        pays -> paidBy(request, pays, facts, releases),
                        unknown ->
                                answer(request, Answer.REFUSED, Reason.of(ReasonCode.AGREEMENT_UNKNOWN, keys(request))),
                        several -> answer(
                                request,
                                Answer.REFUSED,
                                Reason.of(
                                        ReasonCode.AGREEMENT_AMBIGUOUS,
                                        keys(request),
                                        String.join(", ", several.agreementIds()))),
                        changed -> answer(
                                request,
                                Answer.HELD,
                                Reason.of(ReasonCode.AGREEMENT_CHANGED, changed.before(), changed.after())));
    }

    /** What holds or refuses a charge whoever pays. */
    private Optional<Line> stopped(Request request, Facts facts, Releases releases) {
        Optional<Recorded> discarded = facts.recorded(request.orderId().orElseThrow())
                .filter(recorded -> recorded.discarded() && isSame(request, recorded));
        if (discarded.isPresent() && !releases.has(ReasonCode.DISCARDED_BEFORE)) {
            return discarded.map(recorded -> answer(
                    request,
                    Answer.HELD,
                    Reason.of(ReasonCode.DISCARDED_BEFORE, recorded.fileName(), recorded.position())));
        }
        Optional<LocalDate> goLive = channel.policy().goLiveDate();
        if (goLive.isPresent() && request.issued().isEmpty()) {
            return Optional.of(answer(request, Answer.REFUSED, Reason.of(ReasonCode.ISSUE_DATE_MISSING, goLive.get())));
        }
        if (goLive.isPresent()
                && request.issued().get().isBefore(goLive.get())
                && !releases.has(ReasonCode.BEFORE_GO_LIVE)) {
            return Optional.of(answer(
                    request,
                    Answer.HELD,
                    Reason.of(ReasonCode.BEFORE_GO_LIVE, request.issued().get(), goLive.get())));
        }
        String creditNote = facts.credited().get(request.orderId().orElseThrow().value());
        if (creditNote != null && !releases.has(ReasonCode.CREDITED_IN_FILE)) {
            return Optional.of(answer(request, Answer.HELD, Reason.of(ReasonCode.CREDITED_IN_FILE, creditNote)));
        }
        return Optional.empty();
    }

    private Line paidBy(Request request, Finding.Pays pays, Facts facts, Releases releases) {
        Optional<Currency> currency = pays.currency();
        if (currency.isPresent() && !currency.get().name().equals(request.currency())) {
            return answer(
                    request,
                    Answer.REFUSED,
                    Reason.of(ReasonCode.CURRENCY_MISMATCH, request.currency(), currency.get()));
        }
        String status = facts.notActive().get(pays.agreementId());
        if (status != null) {
            return answer(
                    request, Answer.REFUSED, Reason.of(ReasonCode.AGREEMENT_NOT_ACTIVE, pays.agreementId(), status));
        }
        Payer payer = new Payer(pays.agreementId(), pays.retryDays());
        return request.unscheduled()
                ? within(request, payer, today, facts, releases)
                : onTime(request, payer, request.due().orElseThrow(), facts, releases);
    }

    private Line onTime(Request request, Payer payer, LocalDate due, Facts facts, Releases releases) {
        if (due.isAfter(latest)) {
            return answer(request, Answer.REFUSED, Reason.of(ReasonCode.DUE_TOO_FAR, due, latest));
        }
        if (!due.isBefore(earliest)) {
            return within(request, payer, due, facts, releases);
        }
        long daysLate = DueDates.daysLate(due, earliest);
        boolean released = releases.has(ReasonCode.TOO_LATE_TO_SHIFT);
        return switch (channel.policy().lateDue()) {
            case REFUSE -> answer(request, Answer.REFUSED, Reason.of(ReasonCode.DUE_TOO_SOON, due, earliest));
            case SHIFT ->
                daysLate <= channel.policy().maxDaysLate() || released
                        ? within(request, payer, earliest, facts, releases)
                        : answer(
                                request,
                                Answer.HELD,
                                Reason.of(
                                        ReasonCode.TOO_LATE_TO_SHIFT,
                                        due,
                                        daysLate,
                                        channel.policy().maxDaysLate()));
        };
    }

    private Line within(Request request, Payer payer, LocalDate due, Facts facts, Releases releases) {
        long amount = request.amountMinor().orElseThrow();
        long limit = channel.policy().maxPerChargeMinor();
        if (amount > limit && !releases.has(ReasonCode.ABOVE_MAX_PER_CHARGE)) {
            return answer(
                    request,
                    Answer.HELD,
                    Reason.of(ReasonCode.ABOVE_MAX_PER_CHARGE, toDecimalString(amount), toDecimalString(limit)));
        }
        Optional<Carrier> twin = twin(request, payer, facts);
        if (twin.isPresent() && !releases.has(ReasonCode.SAME_UNDER_OTHER_IDENTITY)) {
            return answer(
                    request,
                    Answer.HELD,
                    Reason.of(
                            ReasonCode.SAME_UNDER_OTHER_IDENTITY,
                            request.invoiceNumber(),
                            twin.get().orderId()));
        }
        Optional<Reason> note = request.due()
                .filter(asked -> !asked.equals(due))
                .map(asked -> Reason.of(ReasonCode.DUE_SHIFTED, asked, due));
        return line(request, Answer.ACCEPTED, note, payer, Optional.of(due), facts);
    }

    /**
     * What came with another file and agrees with the line in all but what tells one company's or year's numbers from
     * another's: more likely the same invoice, after a channel was given another legal entity or series, than two of one
     * number, customer, amount and due date (MR1).
     */
    private Optional<Carrier> twin(Request request, Payer payer, Facts facts) {
        OrderId own = request.orderId().orElseThrow();
        return request.externalId()
                .map(facts.externalIds()::get)
                .filter(carrier -> carrier.ofAnotherFile()
                        && !carrier.orderId().equals(own.value())
                        && carrier.orderId().startsWith(channel.sourceId() + "-")
                        && carrier.invoiceNumber().equals(request.invoiceNumber())
                        && carrier.agreementId().equals(payer.agreementId())
                        && carrier.amountMinor() == request.amountMinor().orElseThrow()
                        && carrier.due().equals(request.due()));
    }

    /** The keys of a line that names no agreement, for a reason. */
    static String keys(Request request) {
        List<String> keys = new ArrayList<>();
        if (!request.customerNumber().isEmpty()) {
            keys.add("customer_number " + Masked.tail(request.customerNumber()));
        }
        if (!request.kid().isEmpty()) {
            keys.add("kid " + Masked.tail(request.kid()));
        }
        return String.join(", ", keys);
    }

    /** A line that occupies its identity. */
    private Line line(
            Request request,
            Answer answer,
            Optional<Reason> reason,
            Payer payer,
            Optional<LocalDate> effectiveDue,
            Facts facts) {
        String orderId = request.orderId().orElseThrow().value();
        int correction = facts.recorded(request.orderId().get())
                .map(replaced -> replaced.correction() + 1)
                .orElse(0);
        Optional<String> externalId = request.externalId()
                .filter(id -> !facts.externalIds().containsKey(id)
                        || facts.externalIds().get(id).orderId().equals(orderId));
        int retryDays = request.retryDays()
                .orElse(payer.retryDays().orElse(channel.defaults().retryDays()));
        return new Line(
                request.position(),
                request.action(),
                answer,
                reason,
                request.orderId(),
                request.invoiceNumber(),
                request.customerNumber(),
                request.kid(),
                payer.agreementId(),
                request.amountMinor(),
                request.currency(),
                request.due(),
                effectiveDue,
                retryDays,
                request.description(),
                externalId,
                request.digest(),
                correction,
                Optional.empty(),
                request.cells(),
                Optional.empty(),
                request.transactionType());
    }
}
