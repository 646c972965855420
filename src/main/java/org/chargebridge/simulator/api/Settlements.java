package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What happens to money after it was captured, outside the API; and the simulator's own books of it, to compare with. */
public final class Settlements {

    private static final long FIRST_PAYMENT = 8_000_000_000L;

    private final Engine engine;

    Settlements(Engine engine) {
        this.engine = engine;
    }

    /** A ledger as the simulator's books have it; the balance is what was not paid out yet, in minor units. */
    public record LedgerView(String ledgerId, List<String> msns, String currency, long balanceMinor, int payouts) {}

    /**
     * An entry as the simulator's books have it; amounts are signed minor units.
     *
     * @param msn empty where it belongs to the whole ledger
     */
    public record EntryView(
            String type,
            Instant time,
            LocalDate ledgerDate,
            String pspReference,
            String reference,
            String msn,
            long amountMinor) {}

    /** A person who paid to the merchant's number; the Report API tells it only when it is asked to. */
    public record Payer(String name, String message, String maskedPhoneNo) {}

    public List<LedgerView> ledgers() {
        synchronized (engine) {
            engine.advance();
            return engine.books().settlements().all().stream()
                    .map(ledger -> new LedgerView(
                            ledger.id(),
                            ledger.merchants().stream().map(Merchant::msn).toList(),
                            ledger.market().currency(),
                            ledger.balance(),
                            ledger.payouts()))
                    .toList();
        }
    }

    /** @param topic {@code funds} or {@code fees} */
    public List<EntryView> entries(String ledgerId, String topic) {
        synchronized (engine) {
            engine.advance();
            return ledger(ledgerId).topic(topic).entries().stream()
                    .map(entry -> new EntryView(
                            entry.type(),
                            entry.time(),
                            entry.ledgerDate(),
                            entry.pspReference(),
                            entry.reference(),
                            entry.msn(),
                            entry.amount()))
                    .toList();
        }
    }

    /** Pays nothing out until {@link #release}. */
    public void hold(String ledgerId) {
        record(ledgerId, line("settlement-held").put("hold", true));
    }

    public void release(String ledgerId) {
        record(ledgerId, line("settlement-held").put("hold", false));
    }

    /**
     * The bank gives the last payout back; it is paid again with the next one.
     *
     * @throws IllegalArgumentException when there is none, or it came back already
     */
    public void abortPayout(String ledgerId) {
        synchronized (engine) {
            engine.advance();
            if (!ledger(ledgerId).canAbort()) {
                throw new IllegalArgumentException("There is no payout of " + ledgerId + " to give back");
            }
            record(ledgerId, line("settlement-aborted"));
        }
    }

    /**
     * An entry that comes of no charge of the API: a correction, a top-up, a dispute, a fee, one of a type that nobody
     * knows, one of a day that is over.
     *
     * @param topic {@code funds} or {@code fees}
     * @param amount signed, in minor units
     * @param ledgerDate today where empty
     * @param msn empty for the whole ledger
     * @throws IllegalArgumentException when there is no such ledger or topic
     */
    public void add(
            String ledgerId,
            String topic,
            String type,
            long amount,
            Optional<LocalDate> ledgerDate,
            String reference,
            String msn) {
        if (!LedgerAccount.TOPICS.contains(topic)) {
            throw new IllegalArgumentException("The topic must be funds or fees, not " + topic);
        }
        synchronized (engine) {
            LocalDate day = ledgerDate.orElseGet(() -> ledger(ledgerId).market().dateAt(engine.now()));
            record(
                    ledgerId,
                    line("settlement-entry")
                            .put("topic", topic)
                            .put("type", type)
                            .put("amount", amount)
                            .put("day", day.toString())
                            .put("reference", reference)
                            .put("unit", msn));
        }
    }

    /**
     * A payment that never went through the API, with its fee.
     *
     * @param amount in minor units
     * @throws IllegalArgumentException when there is no such ledger
     */
    public void addPayment(String ledgerId, String msn, String reference, long amount, Payer payer) {
        synchronized (engine) {
            engine.advance();
            LedgerAccount ledger = ledger(ledgerId);
            String psp = Long.toString(
                    FIRST_PAYMENT + ledger.topic("funds").entries().size());
            ObjectNode capture = line("settlement-entry")
                    .put("ledger", ledgerId)
                    .put("topic", "funds")
                    .put("type", "capture")
                    .put("amount", amount)
                    .put("day", ledger.market().dateAt(engine.now()).toString())
                    .put("psp", psp)
                    .put("reference", reference)
                    .put("unit", msn);
            ObjectNode fee = capture.deepCopy()
                    .put("topic", "fees")
                    .put("type", "capture-fee")
                    .put("amount", -ledger.market().fee(amount));
            capture.set("payer", Json.MAPPER.valueToTree(payer));
            engine.record(List.of(capture, fee));
        }
    }

    /** The balance changes without an entry, as it never should. */
    public void breakBalance(String ledgerId, long amount) {
        record(ledgerId, line("settlement-gap").put("amount", amount));
    }

    /** Keeps a day from closing, or lets it. */
    public void keepOpen(String ledgerId, LocalDate day, boolean open) {
        record(ledgerId, line("settlement-kept-open").put("day", day.toString()).put("open", open));
    }

    private static ObjectNode line(String op) {
        return Json.object().put("op", op);
    }

    private void record(String ledgerId, ObjectNode line) {
        synchronized (engine) {
            engine.advance();
            engine.record(line.put("ledger", ledger(ledgerId).id()));
        }
    }

    private LedgerAccount ledger(String ledgerId) {
        return engine.books()
                .settlements()
                .find(ledgerId)
                .orElseThrow(() -> new IllegalArgumentException("No settlement ledger " + ledgerId));
    }
}
