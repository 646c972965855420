package org.chargebridge.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a run that has come to rest kept both promises: nothing lost, nobody charged twice. A run rests when
 * no file waits, every charge is final, and the last status report has been delivered.
 */
public final class Oracle {

    private Oracle() {}

    /** What is wrong, in plain sentences; empty when everything is right. */
    public static List<String> findings(Evidence evidence) {
        List<String> findings = new ArrayList<>();
        History history = History.read(evidence.simulatorLog());
        Accepted accepted = new Accepted();
        Deeds deeds = new Deeds();
        HeldLines held = new HeldLines();
        List<StatusReport> reports = new ArrayList<>();
        for (Evidence.Exchange exchange : evidence.channels()) {
            List<Dropped> dropped = Dropped.in(evidence, exchange.channel());
            new ReceiptCheck(exchange, dropped, accepted, deeds, held, findings).run();
            new FileCheck(exchange, dropped, findings).run();
            reports.addAll(new ReportCheck(exchange, findings).run());
        }
        Told told = new Told(reports);
        new ChargeCheck(accepted, deeds, history, told, findings).run();
        new DeedCheck(deeds, history, told, findings).run();
        Set<String> approving = evidence.channels().stream()
                .filter(Evidence.Exchange::approvesRefunds)
                .map(Evidence.Exchange::channel)
                .collect(Collectors.toSet());
        Decisions decisions = Decisions.read(evidence.people().decisions());
        new ApprovalCheck(approving, decisions, accepted, deeds, history, told, findings).run();
        new HeldLinesCheck(held, decisions, findings).run();
        new OrderCheck(evidence.people().orders(), findings).run();
        new AgreementCheck(accepted, deeds, history, told, findings).run();
        new OfferCheck(evidence.channels(), deeds, history, told, findings).run();
        new LinkCheck(evidence.people().led(), deeds, history, told, findings).run();
        new SettlementCheck(evidence.channels(), accepted, history.settlements(), findings).run();
        new LogCheck(evidence, findings).run();
        return List.copyOf(findings);
    }
}
