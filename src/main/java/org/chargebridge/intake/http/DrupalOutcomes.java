package org.chargebridge.intake.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.intake.http.DrupalTask.Entry;
import org.chargebridge.intake.http.DrupalTask.Outcome;
import org.chargebridge.ledger.AgreementOwners;
import org.chargebridge.ledger.AnsweredLine;
import org.chargebridge.ledger.DirectOutcomes;
import org.chargebridge.ledger.DirectOutcomes.OfCharge;
import org.chargebridge.ledger.DirectOutcomes.OfOperation;
import org.chargebridge.ledger.Enquiries;
import org.springframework.stereotype.Component;

/** What came of items, as lines of an answer: an error line never invites to send again what may have happened. */
@Component
class DrupalOutcomes {

    private static final String DO_NOT = "do not send again: ";

    private final DirectOutcomes ledger;
    private final Enquiries enquiries;
    private final AgreementOwners owners;

    DrupalOutcomes(DirectOutcomes ledger, Enquiries enquiries, AgreementOwners owners) {
        this.ledger = ledger;
        this.enquiries = enquiries;
        this.owners = owners;
    }

    /** Why an item cannot be meant: what it names is another channel's, or its charge is on another agreement. */
    Optional<String> mismatch(Caller caller, Action action, DrupalItem item) {
        if (item.fault().isPresent() || action == Action.CHARGE) {
            return Optional.empty();
        }
        Channel channel = caller.channel();
        if (action == Action.STOP_AGREEMENT) {
            return owners.elsewhere(channel.sourceId(), channel.msn(), List.of(item.agreementId()))
                            .isEmpty()
                    ? Optional.empty()
                    : Optional.of("there is no such agreement");
        }
        Optional<Enquiries.ChargeState> charge = enquiries.charge(channel.name(), item.subject());
        if (charge.isEmpty() && !item.agreementId().isEmpty()) {
            // The API tells whether another system made it; the line is judged like one of a file.
            return Optional.empty();
        }
        if (charge.isEmpty()) {
            return Optional.of("no charge of this channel has this id");
        }
        String agreement = charge.get().filed().line().agreementId();
        return item.agreementId().isEmpty() || agreement.equals(item.agreementId())
                ? Optional.empty()
                : Optional.of("the charge is not on agreement " + item.agreementId());
    }

    /** What intake answered to an item; what was accepted is waited for. */
    void judged(Entry entry, AnsweredLine line) {
        DrupalItem item = entry.item();
        String id = line.orderId().isEmpty() ? item.subject() : line.orderId();
        String told = DrupalInstructions.told(line.reason());
        switch (line.answer()) {
            case ACCEPTED, DUPLICATE -> entry.waitFor(id);
            case HELD -> entry.settle(Outcome.error(item.subject() + ": " + DO_NOT + id + ": " + told));
            case REFUSED, IGNORED -> entry.settle(Outcome.error(item.subject() + ": " + told));
        }
    }

    /** Looks what became of the items that are open. */
    void look(DrupalTask task) {
        List<Entry> open = task.open();
        if (open.isEmpty()) {
            return;
        }
        String channel = task.caller().channel().name();
        List<String> ids =
                open.stream().map(entry -> entry.orderId().orElseThrow()).toList();
        if (task.action() == Action.CHARGE) {
            Map<String, OfCharge> charges = ledger.charges(channel, ids);
            open.forEach(entry -> charge(
                            entry,
                            Optional.ofNullable(charges.get(entry.orderId().orElseThrow())))
                    .ifPresent(entry::settle));
            return;
        }
        List<String> targets =
                open.stream().map(entry -> entry.item().subject()).toList();
        List<OfOperation> operations = task.action() == Action.STOP_AGREEMENT
                ? ledger.onAgreements(channel, task.action(), targets)
                : ledger.onCharges(channel, task.action(), targets);
        open.forEach(entry -> operations.stream()
                .filter(operation -> operation.target().equals(entry.item().subject())
                        && operation.number().equals(entry.item().number()))
                .findFirst()
                .flatMap(operation -> operation(entry.item(), operation))
                .ifPresent(entry::settle));
    }

    private static Optional<Outcome> charge(Entry entry, Optional<OfCharge> found) {
        String agreement = entry.item().subject();
        String id = entry.orderId().orElseThrow();
        if (found.isEmpty()) {
            return Optional.of(Outcome.error(agreement + ": " + DO_NOT + id + ": it is recorded by another channel"));
        }
        OfCharge charge = found.get();
        if (charge.status().isEmpty()) {
            return charge.created() ? Optional.of(Outcome.success(id)) : Optional.empty();
        }
        String told = DrupalInstructions.told(charge.reason());
        return switch (ChargeStatus.valueOf(charge.status().get())) {
            case REFUSED -> Optional.of(Outcome.error(agreement + ": " + told));
            case HELD -> Optional.of(Outcome.error(agreement + ": " + DO_NOT + id + ": " + told));
            case PENDING, DUE, PROCESSING, RESERVED, PARTIALLY_CAPTURED, CHARGED -> Optional.of(Outcome.success(id));
            case FAILED, CANCELLED, REFUNDED, PARTIALLY_REFUNDED ->
                Optional.of(Outcome.error(agreement + ": " + DO_NOT + id + ": it is "
                        + charge.status().get()));
            case UNCONFIRMED, UNKNOWN ->
                charge.created() && !charge.refusalClaimed() ? Optional.of(Outcome.success(id)) : Optional.empty();
        };
    }

    private static Optional<Outcome> operation(DrupalItem item, OfOperation operation) {
        String told = DrupalInstructions.told(operation.reason());
        return switch (operation.state()) {
            case OPEN -> Optional.empty();
            case DONE -> Optional.of(Outcome.success(item.subject()));
            case REFUSED, DROPPED -> Optional.of(Outcome.error(item.subject() + ": " + told));
            case HELD -> Optional.of(Outcome.error(item.subject() + ": " + DO_NOT + item.subject() + ": " + told));
        };
    }

    /** Says of what is open still that nobody may send it again. */
    void giveUp(DrupalTask task) {
        String channel = task.caller().channel().name();
        for (Entry entry : task.open()) {
            String id = entry.orderId().orElseThrow();
            Optional<OfCharge> claimed = task.action() == Action.CHARGE
                    ? Optional.ofNullable(ledger.charges(channel, List.of(id)).get(id))
                            .filter(OfCharge::refusalClaimed)
                    : Optional.empty();
            String what = claimed.map(charge ->
                            "it is being checked whether this holds: " + DrupalInstructions.told(charge.reason()))
                    .orElse("it is under way, and the status report tells what came of it");
            entry.settle(Outcome.error(entry.item().subject() + ": " + DO_NOT + id + ": " + what));
        }
    }
}
