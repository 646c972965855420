package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Approvals;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterDecisionsTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private final DeadLetters deadLetters = new DeadLetters(database.jdbc(), Clock.systemUTC());
    private Optional<OutcomeSentence> refusal = Optional.empty();
    private boolean broken;
    private long id;

    /** Changes something in the ledger before it says whether it can, so that a rollback shows. */
    private final DeadLetterHandler handler = new DeadLetterHandler() {
        @Override
        public Set<DeadLetter.Kind> kinds() {
            return Set.of(DeadLetter.Kind.ROUTE);
        }

        @Override
        public OrderOutcome redrive(DeadLetter letter) throws NotPossible {
            database.jdbc()
                    .sql("insert into channel_source values ('effect', 'x', now())")
                    .update();
            if (broken) {
                throw new IllegalStateException("no connection");
            }
            if (refusal.isPresent()) {
                throw new NotPossible(refusal.get().of());
            }
            return OutcomeSentence.ROUTE_TRIES_AGAIN.of();
        }

        @Override
        public OrderOutcome discard(DeadLetter letter) {
            return OutcomeSentence.LINE_DROPPED.of();
        }
    };

    private DeadLetterDecisions decisions;

    @BeforeEach
    void open() {
        AuditTrail audit = new AuditTrail(database.jdbc(), Clock.systemUTC());
        AuditedOrder orders = new AuditedOrder(audit, database.transactions());
        Approvals approvals = new Approvals(database.jdbc(), Clock.systemUTC());
        LetterEffects effects = new LetterEffects(deadLetters, List.of(handler));
        Channels channels = new Channels(List.of(), List.of());
        decisions = new DeadLetterDecisions(
                deadLetters,
                effects,
                approvals,
                new ApprovalDecisions(approvals, effects, channels, orders),
                channels,
                orders,
                Clock.systemUTC());
        deadLetters.open(DeadLetter.ofRoute(
                Optional.empty(), "send-charges", Reason.of(ReasonCode.ROUTE_FAILED, "send-charges", "x")));
        id = database.jdbc().sql("select id from dead_letter").query(Long.class).single();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Result decide(Decision decision, String actor, String reason) {
        return decisions.decide(id, LetterOrder.of(decision), new Actor(actor, Set.of(Role.OPERATOR)), reason);
    }

    private long count(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private DeadLetter.State state() {
        return deadLetters.byId(id).orElseThrow().state();
    }

    @Test
    void whatIsNotPossibleLeavesNoEffectButAnAuditEvent() {
        refusal = Optional.of(OutcomeSentence.OPERATION_NOT_HELD);

        Result result = decide(Decision.REDRIVE, "ann", "now");

        assertThat(result).isEqualTo(new Result(Result.Kind.NOT_POSSIBLE, OutcomeSentence.OPERATION_NOT_HELD.of()));
        assertThat(state()).isEqualTo(DeadLetter.State.OPEN);
        assertThat(count("audit_event where result = 'refused: The operation is not held any more.'"))
                .isEqualTo(1);
    }

    @Test
    void decisionClosesTheLetterAndIsKept() {
        assertThat(decide(Decision.DISCARD, "ann", "old").kind()).isEqualTo(Result.Kind.DONE);
        Result late = decide(Decision.REDRIVE, "bob", "again");
        assertThat(late.kind()).isEqualTo(Result.Kind.NOT_POSSIBLE);
        assertThat(late.message()).isEqualTo("Dead letter " + id + " is already DISCARDED.");
        assertThat(late.outcome().in(Locale.forLanguageTag("da"))).isEqualTo("Sag " + id + " er allerede kasseret.");

        assertThat(state()).isEqualTo(DeadLetter.State.DISCARDED);
        assertThat(
                        count(
                                "audit_event where actor = 'ann' and reason = 'old' and result = 'The line is dropped; nothing is sent for it.'"))
                .isEqualTo(1);
    }

    /** As one of two approvers at once, or one who pressed the button twice. */
    @Test
    void anApproverWhoComesLateIsToldThatItIsDecided() {
        decide(Decision.DISCARD, "ann", "old");

        Result late =
                decisions.decide(id, LetterOrder.of(Decision.DISCARD), new Actor("arne", Set.of(Role.APPROVER)), "old");

        assertThat(late)
                .isEqualTo(new Result(
                        Result.Kind.NOT_POSSIBLE, OutcomeSentence.LETTER_DECIDED.of(id, DeadLetter.State.DISCARDED)));
    }

    @Test
    void failureInTheMiddleChangesNothing() {
        broken = true;

        assertThatThrownBy(() -> decide(Decision.REDRIVE, "ann", "again")).hasMessage("no connection");

        assertThat(state()).isEqualTo(DeadLetter.State.OPEN);
        assertThat(count("audit_event")).isZero();
    }

    @Test
    void routeHasOneOpenLetterAtATime() {
        for (int i = 0; i < 3; i++) {
            deadLetters.open(DeadLetter.ofRoute(
                    Optional.empty(), "send-charges", Reason.of(ReasonCode.ROUTE_FAILED, "send-charges", "y")));
        }
        assertThat(count("dead_letter")).isEqualTo(1);

        deadLetters.resolveRoute("send-charges");

        assertThat(state()).isEqualTo(DeadLetter.State.RESOLVED);
        assertThat(deadLetters.openCount(DeadLetter.Kind.ROUTE)).isZero();
    }
}
