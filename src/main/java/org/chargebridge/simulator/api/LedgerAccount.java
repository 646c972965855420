package org.chargebridge.simulator.api;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A settlement ledger: what its sales units took in, gave back and paid in fees, and what was paid out of it. Days close at
 * midnight of the market, one after the other, and a payout closes the last of its days.
 */
final class LedgerAccount {

    static final Set<String> TOPICS = Set.of("funds", "fees");

    private static final int CLOSED_HOURS_AFTER_MIDNIGHT = 2;

    private final String id;
    private final List<Merchant> merchants;
    private final Supplier<SettlementTerms> terms;
    private final Topic funds = new Topic();
    private final Topic fees = new Topic();
    private final Set<LocalDate> keptOpen = new HashSet<>();
    // Few entries have one, so that the others need no room for it.
    private final Map<LedgerEntry, Settlements.Payer> payers = new IdentityHashMap<>();
    private int payouts;
    private boolean held;
    private Optional<LedgerEntry> lastPayout = Optional.empty();
    private Optional<OpenDays> openDays = Optional.empty();

    /** @param terms as they are at the time */
    LedgerAccount(String id, List<Merchant> merchants, Supplier<SettlementTerms> terms) {
        this.id = id;
        this.merchants = List.copyOf(merchants);
        this.terms = terms;
    }

    /** The days on which anything happened since one was closed. */
    private record OpenDays(LocalDate first, LocalDate last) {

        private OpenDays with(LocalDate day) {
            return new OpenDays(day.isBefore(first) ? day : first, day.isAfter(last) ? day : last);
        }
    }

    /** The entries of one topic, with their running balance. */
    static final class Topic {

        private final List<LedgerEntry> entries = new ArrayList<>();
        private final Map<Integer, List<LedgerEntry>> byDay = new HashMap<>();
        private long balance;

        private LedgerEntry add(
                String type, Instant at, LocalDate day, long amount, String psp, String reference, String msn) {
            int epochDay = Math.toIntExact(day.toEpochDay());
            LedgerEntry entry =
                    new LedgerEntry(type, at.toEpochMilli(), epochDay, amount, balance, psp, reference, msn);
            entries.add(entry);
            byDay.computeIfAbsent(epochDay, unused -> new ArrayList<>()).add(entry);
            balance += amount;
            return entry;
        }

        List<LedgerEntry> of(LocalDate day) {
            return byDay.getOrDefault(Math.toIntExact(day.toEpochDay()), List.of());
        }

        List<LedgerEntry> entries() {
            return entries;
        }
    }

    String id() {
        return id;
    }

    List<Merchant> merchants() {
        return merchants;
    }

    Market market() {
        return merchants.get(0).market();
    }

    Topic topic(String word) {
        return word.equals("fees") ? fees : funds;
    }

    long balance() {
        return funds.balance;
    }

    int payouts() {
        return payouts;
    }

    void captured(Charge charge, int amount, Instant at, String psp) {
        closeUntil(at);
        LocalDate day = market().dateAt(at);
        String msn = charge.merchant().msn();
        String reference = charge.externalId().orElse(charge.id());
        funds.add("capture", at, day, amount, psp, reference, msn);
        fees.add("capture-fee", at, day, -market().fee(amount), psp, reference, msn);
        open(day);
    }

    void refunded(Charge charge, int amount, Instant at, String psp) {
        closeUntil(at);
        LocalDate day = market().dateAt(at);
        funds.add(
                "refund",
                at,
                day,
                -amount,
                psp,
                charge.externalId().orElse(charge.id()),
                charge.merchant().msn());
        open(day);
    }

    /** An entry of any kind; its day may be over. */
    LedgerEntry entry(
            String topic,
            String type,
            Instant at,
            LocalDate day,
            long amount,
            String psp,
            String reference,
            String msn) {
        closeUntil(at);
        open(market().dateAt(at));
        return topic(topic).add(type, at, day, amount, psp, reference, msn);
    }

    /** Says who paid, where it was a person who paid to a number. */
    void paidBy(LedgerEntry entry, Settlements.Payer payer) {
        payers.put(entry, payer);
    }

    Optional<Settlements.Payer> payer(LedgerEntry entry) {
        return Optional.ofNullable(payers.get(entry));
    }

    /** The last payout comes back, and is paid again with the next one. */
    void aborted(Instant at) {
        closeUntil(at);
        lastPayout.ifPresent(payout -> {
            LocalDate day = market().dateAt(at);
            funds.add("payout-aborted", at, day, -payout.amount(), payout.pspReference(), payout.reference(), "");
            open(day);
        });
        lastPayout = Optional.empty();
    }

    /** Whether there is a payout that was not given back yet. */
    boolean canAbort() {
        return lastPayout.isPresent();
    }

    void hold(boolean hold, Instant at) {
        closeUntil(at);
        held = hold;
        if (!hold) {
            open(market().dateAt(at));
        }
    }

    /** The balance changes without an entry, as it never should. */
    void gap(long amount) {
        funds.balance += amount;
    }

    void keepOpen(LocalDate day, boolean open) {
        if (open) {
            keptOpen.add(day);
        } else {
            keptOpen.remove(day);
        }
    }

    private void open(LocalDate day) {
        openDays = Optional.of(openDays.orElseGet(() -> new OpenDays(day, day)).with(day));
    }

    /** The day that closes next, where anything happened since the last one. */
    Optional<LocalDate> closesNext() {
        return openDays.map(OpenDays::last).map(day -> switch (terms.get().rhythm()) {
            case DAILY -> day;
            case WEEKLY -> day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
            case MONTHLY -> day.with(TemporalAdjusters.lastDayOfMonth());
        });
    }

    /**
     * A day that is over takes nothing more, also where midnight fell between a call and its line in the log, and in
     * a log from before there were settlements.
     */
    private void closeUntil(Instant at) {
        Optional<Instant> closing = nextClosing();
        if (closing.isPresent() && !closing.get().isAfter(at)) {
            close(closesNext().orElseThrow(), closing.get());
        }
    }

    Optional<Instant> nextClosing() {
        return closesNext().map(day -> market().startOf(day.plusDays(1)));
    }

    /** A day ends: fees are taken, and what is left goes to the bank. */
    void close(LocalDate day, Instant at) {
        openDays = Optional.empty();
        long feesDue = -fees.balance;
        if (feesDue != 0) {
            String psp = id + "-F" + day;
            if (terms.get().gross()) {
                fees.add("fees-invoiced", at, day, feesDue, psp, "", "");
            } else {
                funds.add("fees-retained", at, day, -feesDue, psp, "", "");
                fees.add("fees-retained", at, day, feesDue, psp, "", "");
            }
        }
        if (funds.balance > 0 && !held) {
            payouts++;
            lastPayout = Optional.of(
                    funds.add("payout-scheduled", at, day, -funds.balance, id + "-" + payouts, bankText(day), ""));
        }
    }

    private String bankText(LocalDate day) {
        String msn = merchants.get(0).msn();
        return market() == Market.NO
                ? "Utb. Demo Vippsnr " + payouts
                : "02%8s001%02d%02d%02dM"
                        .formatted(msn, day.getDayOfMonth(), day.getMonthValue(), day.getYear() % 100)
                        .replace(' ', '0');
    }

    /** Whether a day may still get entries. */
    boolean isOpen(LocalDate day, Instant now) {
        Instant closes = market().startOf(day.plusDays(1)).plusSeconds(CLOSED_HOURS_AFTER_MIDNIGHT * 3_600L);
        boolean waitsForItsPayout = terms.get().rhythm() != SettlementTerms.Rhythm.DAILY
                && openDays.filter(days -> !days.first().isAfter(day)).isPresent();
        return now.isBefore(closes) || waitsForItsPayout || keptOpen.contains(day);
    }
}
