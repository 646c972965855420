package org.chargebridge.console;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Approval;
import org.chargebridge.ledger.Approvals;
import org.chargebridge.ledger.AuditHistory;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.StoredDeadLetter;
import org.springframework.stereotype.Service;

/** What needs a person, why, and what can be done about it. */
@Service
public class Letters {

    /**
     * A letter with what can be decided about it now.
     *
     * @param approval what a second person decides about it, where there is such a thing
     */
    public record Told(StoredDeadLetter stored, Set<Decision> possible, Optional<Approval> approval) {

        public boolean can(Decision decision) {
            return possible.contains(decision);
        }

        /** Whether its outcome is unknown, so that it can only be looked up (MR6). */
        public boolean isUnknown() {
            return possible.equals(Set.of(Decision.LOOK_UP));
        }

        /** Whether letting it go, or giving it up, is an approver's decision. */
        public boolean needsApproval() {
            return Approval.Kind.of(stored.letter()).isPresent();
        }
    }

    private final DeadLetters deadLetters;
    private final LetterEffects effects;
    private final Approvals approvals;
    private final AuditHistory history;

    Letters(DeadLetters deadLetters, LetterEffects effects, Approvals approvals, AuditHistory history) {
        this.deadLetters = deadLetters;
        this.effects = effects;
        this.approvals = approvals;
        this.history = history;
    }

    /** A page of letters, newest first, from {@code before} on. */
    public List<Told> find(DeadLetterFilter filter, long before, int limit) {
        return deadLetters.find(filter, before, limit).stream().map(this::told).toList();
    }

    public Optional<Told> byId(long id) {
        return deadLetters.byId(id).map(this::told);
    }

    /** What was decided and tried about a letter, the first first. */
    public List<AuditHistory.Entry> history(long id) {
        return history.of("dead letter " + id);
    }

    /** The reasons of open letters. */
    public List<ReasonCode> openReasons() {
        return deadLetters.openReasons();
    }

    private Told told(StoredDeadLetter stored) {
        return new Told(
                stored,
                effects.possible(stored),
                approvals.ofLetter(stored.letter().id()).stream().findFirst());
    }
}
