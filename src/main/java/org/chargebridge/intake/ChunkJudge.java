package org.chargebridge.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.chargebridge.agreement.Agreements;
import org.chargebridge.agreement.Finding;
import org.chargebridge.agreement.Question;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.AgreementOwners;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.IntakeLines;
import org.chargebridge.ledger.IntakeLines.Carrier;
import org.chargebridge.ledger.IntakeLines.Recorded;
import org.chargebridge.ledger.Operations;
import org.chargebridge.ledger.Queries;
import org.springframework.stereotype.Component;

/** Judges and records many lines of a file at once, with a handful of queries whatever their number. */
@Component
class ChunkJudge {

    private final IntakeLines lines;
    private final Operations operations;
    private final AgreementOwners owners;
    private final Drafts drafts;
    private final Queries queries;
    private final Agreements agreements;
    private final DeadLetters letters;
    private final IntakeLetters settled;

    ChunkJudge(
            IntakeLines lines,
            Operations operations,
            AgreementOwners owners,
            Drafts drafts,
            Queries queries,
            Agreements agreements,
            DeadLetters letters,
            IntakeLetters settled) {
        this.lines = lines;
        this.operations = operations;
        this.owners = owners;
        this.drafts = drafts;
        this.queries = queries;
        this.agreements = agreements;
        this.letters = letters;
        this.settled = settled;
    }

    /**
     * Answers lines in their order; each sees those before it.
     *
     * @param credited numbers of credit notes in the same file, by the order id they credit
     */
    List<Line> judge(
            InboundFile file,
            LineJudge judge,
            List<Request> requests,
            Map<String, String> credited,
            Releases releases) {
        Facts facts = facts(file, judge, requests, credited);
        List<Line> judged = new ArrayList<>();
        for (Request request : requests) {
            Line line = judge.judge(request, facts, releases);
            judged.add(line);
            facts.operations().add(file, line);
            if (line.occupies()) {
                String orderId = line.orderId().orElseThrow().value();
                facts.recorded()
                        .put(
                                orderId,
                                new Recorded(
                                        file.id(),
                                        file.name(),
                                        line.position(),
                                        line.action().orElseThrow(),
                                        line.digest(),
                                        line.correction(),
                                        false,
                                        false));
                line.externalId().ifPresent(id -> facts.externalIds()
                        .put(
                                id,
                                new Carrier(
                                        orderId,
                                        line.invoiceNumber(),
                                        line.agreementId(),
                                        line.amountMinor().orElse(0),
                                        line.requestedDue(),
                                        false)));
            }
        }
        return judged;
    }

    private Facts facts(InboundFile file, LineJudge judge, List<Request> requests, Map<String, String> creditedInFile) {
        Set<String> orderIds = new HashSet<>();
        Set<String> externalIds = new HashSet<>();
        Set<Question> questions = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (Request request : requests) {
            if (request.fault().isEmpty()) {
                request.orderId().map(OrderId::value).ifPresent(orderIds::add);
                request.externalId().ifPresent(externalIds::add);
                Facts.question(request, judge.today()).ifPresent(questions::add);
                named.add(request.agreementId());
            }
        }
        Map<Question, Finding> findings = agreements.find(file.sourceId(), questions);
        OperationFacts acting = operationFacts(file, requests);
        if (orderIds.isEmpty()) {
            return new Facts(new HashMap<>(), findings, Map.of(), new HashMap<>(), Map.of(), acting);
        }
        Map<String, String> credited = new HashMap<>(lines.creditedBy(orderIds));
        orderIds.stream().filter(creditedInFile::containsKey).forEach(id -> credited.put(id, creditedInFile.get(id)));
        return new Facts(
                lines.recorded(orderIds),
                findings,
                agreements.notActive(file.msn(), findings.values(), named),
                lines.takenExternalIds(file.msn(), file.id(), externalIds),
                credited,
                acting);
    }

    /** Asked for only where the chunk holds operations: most files hold charges alone. */
    private OperationFacts operationFacts(InboundFile file, List<Request> requests) {
        Set<Intent> intents = new HashSet<>();
        Set<String> identities = new HashSet<>();
        Set<String> targets = new HashSet<>();
        Set<String> onAgreements = new HashSet<>();
        for (Request request : requests) {
            request.intent().ifPresent(intent -> {
                intents.add(intent);
                identities.add(intent.identity());
                intent.offerIdentity(file.sourceId()).ifPresent(identities::add);
                (request.isOnAgreement() ? onAgreements : targets).add(intent.target());
                if (OperationJudge.namesChargeAndAgreement(request)) {
                    onAgreements.add(request.agreementId());
                }
            });
        }
        if (intents.isEmpty()) {
            return OperationFacts.none();
        }
        Map<String, Operations.Target> documents = operations.targets(targets);
        intents.forEach(intent ->
                identities.add(OperationFacts.ofInvoice(intent, documents).identity()));
        return new OperationFacts(
                operations.recorded(identities),
                documents,
                owners.elsewhere(file.sourceId(), file.msn(), onAgreements));
    }

    /** Records judged lines: what they replace, themselves, and the dead letters they open and settle. */
    void record(InboundFile file, List<Line> judged) {
        List<String> replaced = judged.stream()
                .filter(line -> line.occupies() && line.correction() > 0)
                .map(line -> line.orderId().orElseThrow().value())
                .toList();
        if (!replaced.isEmpty()) {
            lines.replace(replaced);
        }
        List<String> repeated = judged.stream()
                .filter(line -> line.isOperation() && line.correction() > 0)
                .map(line -> line.intent().orElseThrow().identity())
                .toList();
        if (!repeated.isEmpty()) {
            operations.replace(repeated);
        }
        lines.store(file, judged);
        if (judged.stream().anyMatch(line -> isOperation(line, Action.DRAFT_AGREEMENT))) {
            drafts.open(file.id());
        }
        if (judged.stream().anyMatch(line -> isOperation(line, Action.QUERY))) {
            queries.open(file.id());
        }
        List<String> accepted = orderIds(judged, Line::occupies);
        if (!accepted.isEmpty()) {
            settled.resolve(accepted);
        }
        List<String> held = orderIds(
                judged,
                line -> line.answer() == Answer.HELD
                        && line.action().filter(Action::isOperation).isEmpty());
        if (!held.isEmpty()) {
            settled.supersede(held);
        }
        judged.stream()
                .filter(ChunkJudge::needsPerson)
                .forEach(line -> letters.open(DeadLetter.ofLine(
                        file.channel(),
                        file.msn(),
                        file.id(),
                        line.position(),
                        line.orderId().map(OrderId::value).orElse(""),
                        line.reason().orElseThrow())));
    }

    private static boolean isOperation(Line line, Action action) {
        return line.isOperation() && line.action().equals(Optional.of(action));
    }

    private static List<String> orderIds(List<Line> judged, Predicate<Line> wanted) {
        return judged.stream()
                .filter(wanted)
                .map(Line::orderId)
                .flatMap(Optional::stream)
                .map(OrderId::value)
                .toList();
    }

    /** A file held as a whole has a letter of its own, and a changed agreement that of its mapping row. */
    private static boolean needsPerson(Line line) {
        if (line.answer() != Answer.HELD) {
            return false;
        }
        ReasonCode code = line.reason().orElseThrow().code();
        return code != ReasonCode.ABOVE_MAX_PER_FILE && code != ReasonCode.AGREEMENT_CHANGED;
    }
}
