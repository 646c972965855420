package org.chargebridge.reporting.settlement;

import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;
import static org.chargebridge.settlement.Ledgers.LEDGER;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.channel.Settlement.Period;
import org.chargebridge.channel.SettlementBuilder;

/**
 * Plays a history on a ledger of two sales units: one has the channel that owns the ledger, the other has two, of which
 * {@code fiber} takes what belongs to no charge.
 */
final class SettlementHistory implements AutoCloseable {

    static final List<String> CHANNELS = List.of("demo", "fiber", "cable");

    /** What can happen; {@code size} is an amount, a count or an offset, whatever the kind needs. */
    record Step(Kind kind, int size, boolean flag) {}

    enum Kind {
        CAPTURE,
        REFUND,
        CORRECTION,
        UNKNOWN,
        LATE,
        PAYOUT,
        ABORT,
        GAP,
        RELEASE,
        BECOME_KNOWN,
        FETCH,
        WRITE,
        NEXT_DAY
    }

    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final String OTHER = "654321";
    private static final int KNOWN = 20;

    final SettlementRig rig;
    private final List<String> facts = new ArrayList<>();
    private long lastPayout;
    private int payouts;
    private boolean known;

    SettlementHistory(int pageSize) {
        rig = new SettlementRig(
                channel().settlement(kinds().owner(true).build()).build(), other("fiber", true), other("cable", false));
        rig.ledgers.handles("123456", OTHER).pageSize(pageSize);
        rig.lines.file("demo", KNOWN);
        rig.lines.channel("fiber").msn(OTHER).file("fiber", KNOWN);
    }

    private static SettlementBuilder kinds() {
        return settlement()
                .from("2026-01-01")
                .posting(Format.CSV, Period.PAYOUT)
                .information(Format.CSV, Period.DATE)
                .information(Format.CSV, Period.MONTH);
    }

    private static Channel other(String name, boolean takes) {
        return channel()
                .name(name)
                .msn(OTHER)
                .settlement(kinds().owner(false).unknownEntries(takes).build())
                .build();
    }

    /** Every entry so far: its type, PSP reference and amount. */
    List<String> facts() {
        return facts;
    }

    void play(Step step) {
        switch (step.kind()) {
            case CAPTURE -> ofACharge("capture", step, 1);
            case REFUND -> ofACharge("refund", step, -1);
            case CORRECTION -> entry("correction", step.flag() ? step.size() : -step.size(), "case", "", today());
            case UNKNOWN -> entry("lucky-draw", step.size(), "?", step.flag() ? OTHER : "123456", today());
            case LATE ->
                entry(
                        "correction",
                        step.size(),
                        "late",
                        step.flag() ? OTHER : "123456",
                        today().minusDays(1 + step.size() % 40));
            case PAYOUT -> payout(step.flag() ? 7 : 0);
            case ABORT -> abort();
            case GAP -> gap(step.size());
            case RELEASE -> release();
            case BECOME_KNOWN -> becomeKnown();
            case FETCH -> fetch(1 + step.size() % 4, step.flag());
            case WRITE -> write();
            case NEXT_DAY -> rig.clock.advance(Duration.ofDays(1 + step.size() % 12));
        }
    }

    private void ofACharge(String type, Step step, int sign) {
        String reference = "%s-%08d"
                .formatted(
                        step.flag() ? "demo" : step.size() % 2 == 0 ? "fiber" : "cable", 1 + step.size() % (KNOWN + 5));
        entry(type, (long) sign * step.size(), reference, step.flag() ? "123456" : OTHER, today());
    }

    private void entry(String type, long amount, String reference, String msn, LocalDate day) {
        String psp = "P" + facts.size();
        rig.ledgers.entry(day.toString(), type, amount, psp, reference, msn);
        facts.add(type + " " + psp + " " + amount);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(rig.clock.instant(), OSLO);
    }

    void payout(long fees) {
        if (rig.ledgers.balance() <= fees) {
            return;
        }
        if (fees > 0) {
            entry("fees-retained", -fees, "", "", today());
        }
        payouts++;
        lastPayout = rig.ledgers.balance();
        entry("payout-scheduled", -lastPayout, "Utb. Demo Vippsnr " + payouts, "", today());
    }

    /** A feed that begins with a balance has no gap. */
    private void gap(int by) {
        if (!facts.isEmpty()) {
            rig.ledgers.gap(by);
        }
    }

    private void abort() {
        if (lastPayout > 0) {
            entry("payout-aborted", lastPayout, "Utb. Demo Vippsnr " + payouts, "", today());
            lastPayout = 0;
        }
    }

    /** Invoices of a channel come in after their money: another system had charged them. */
    private void becomeKnown() {
        if (!known) {
            rig.lines.channel("cable").msn(OTHER).file("cable", KNOWN);
            known = true;
        }
    }

    private void fetch(int calls, boolean twice) {
        rig.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < calls && rig.ledgers.fetchOne(twice); i++) {
            twice = !twice;
        }
    }

    private void write() {
        CHANNELS.forEach(rig.reports::write);
    }

    /** Everything is paid out, its month ends, and every report is made. */
    void finish() {
        becomeKnown();
        play(new Step(Kind.NEXT_DAY, 0, false));
        entry("capture", 10_000_000, "demo-00000001", "123456", today());
        payout(3);
        rig.clock.advance(Duration.ofDays(45));
        rig.writeAll();
        while (release()) {
            rig.writeAll();
        }
    }

    private boolean release() {
        OptionalLong gap = rig.gaps.of(LEDGER);
        return gap.isPresent() && rig.gaps.letGo(LEDGER, gap.getAsLong());
    }

    @Override
    public void close() {
        rig.close();
    }
}
