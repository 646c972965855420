package org.chargebridge.reporting.settlement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Settlement;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettledCharge;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettledLine.Remark;
import org.chargebridge.ledger.SettlementPayout;

/** Two small reports in which everything occurs that a settlement ledger is known to hold. */
final class Samples {

    static final String PAYOUT = "302321-2000023";
    static final String OWNER = "settlement-visma-payout-12-20261203";
    static final String SHARER = "settlement-fiber-payout-12-20261203";

    private static final LocalDate BANK_DATE = LocalDate.parse("2026-12-04");
    private static final SettledCharge WITH_KID = new SettledCharge(
            "invoices-2026-11.csv",
            2,
            "10001",
            "0000123456782",
            "4711",
            "agr_HRa7pYT",
            "visma1-10001-js26fvdk2cjy",
            Optional.of("10001"));
    private static final SettledCharge WITHOUT_KID = new SettledCharge(
            "fakturaer åæø <1>.csv",
            17,
            "1/2026-ÅRSFAKTURA-FOR-ANLEGG-NR-00001234567",
            "",
            "",
            "agr_kQ9Zx01",
            "visma1-1-2026-AARSFAKTURA-FOR-AN-498gk1j8r045",
            Optional.empty());

    private Samples() {}

    /** Of the channel that posts everything. */
    static SampleContent owner() {
        List<SettledLine> lines = new ArrayList<>(List.of(
                line(1, "2026-11-30", EntryType.CAPTURE, 9_900, WITH_KID, Remark.LATE),
                line(2, "2026-12-01", EntryType.CAPTURE, 19_900, WITH_KID),
                line(3, "2026-12-01", EntryType.CAPTURE, 45_050, WITHOUT_KID),
                line(4, "2026-12-01", EntryType.CAPTURE, 2_500, "webshop-77", Remark.UNMATCHED),
                line(5, "2026-12-02", EntryType.REFUND, -10_000, WITH_KID),
                line(6, "2026-12-02", EntryType.RETAINED_DISPUTED_CAPTURE, -45_050, WITHOUT_KID),
                line(7, "2026-12-02", EntryType.CORRECTION, 150, "put right"),
                unknown(8, "2026-12-02"),
                on(SampleContent.OTHER_MSN, line(9, "2026-12-02", EntryType.CAPTURE, 30_000, WITH_KID)),
                other(),
                ledgerLine(11, EntryType.FEES_RETAINED, "fees-retained", -1_234, "302321", "")));
        long sum = lines.stream().mapToLong(SettledLine::amountMinor).sum();
        lines.add(ledgerLine(
                12, EntryType.PAYOUT_SCHEDULED, "payout-scheduled", -sum, PAYOUT, "Utb. 302321 Vippsnr 2000023"));
        lines.add(waiting(line(13, "2026-12-03", EntryType.CAPTURE, 7_700, WITHOUT_KID)));
        return SampleContent.of(OWNER, "visma", true, List.of(payout(sum)), lines);
    }

    /** The same, of a payout that holds the opening balance, too. */
    static SampleContent ownerWithOlderMoney() {
        SampleContent owner = owner();
        long opening = owner.head().openingMinor();
        List<SettledLine> lines = owner.lines().stream()
                .map(line -> line.type() == EntryType.PAYOUT_SCHEDULED
                        ? ledgerLine(
                                line.number(),
                                line.type(),
                                line.word(),
                                line.amountMinor() - opening,
                                line.pspReference(),
                                line.reference())
                        : line)
                .toList();
        long paid = owner.head().payouts().get(0).amountMinor() + opening;
        return SampleContent.of(OWNER, "visma", true, List.of(payout(paid)), lines);
    }

    /** Of a channel that has a share in the payout and posts neither it nor its fees. */
    static SampleContent sharer() {
        return SampleContent.of(
                SHARER,
                "fiber",
                false,
                List.of(payout(128_765)),
                List.of(
                        line(2, "2026-12-01", EntryType.CAPTURE, 19_900, WITH_KID),
                        line(3, "2026-12-01", EntryType.CAPTURE, 20_100, WITHOUT_KID),
                        line(5, "2026-12-02", EntryType.REFUND, -10_000, WITH_KID)));
    }

    private static SettlementPayout payout(long amount) {
        return new SettlementPayout(
                PAYOUT, LocalDate.parse("2026-12-02"), BANK_DATE, "Utb. 302321 Vippsnr 2000023", amount);
    }

    private static SettledLine line(
            long number, String date, EntryType type, long amount, SettledCharge charge, Remark... remarks) {
        return line(
                number, date, type, amount, charge.externalId().orElse(charge.orderId()), Optional.of(charge), remarks);
    }

    private static SettledLine line(
            long number, String date, EntryType type, long amount, String reference, Remark... remarks) {
        return line(number, date, type, amount, reference, Optional.empty(), remarks);
    }

    private static SettledLine line(
            long number,
            String date,
            EntryType type,
            long amount,
            String reference,
            Optional<SettledCharge> charge,
            Remark... remarks) {
        EnumSet<Remark> set = EnumSet.noneOf(Remark.class);
        set.addAll(List.of(remarks));
        return new SettledLine(
                number,
                Optional.of(SampleContent.OWN_MSN),
                LocalDate.parse(date),
                Instant.parse(date + "T05:30:00.25Z").plusSeconds(number),
                type,
                type.word(),
                number % 2 == 0 ? "218000000" + number : "c0ffee-" + number,
                reference,
                "NOK",
                amount,
                Optional.of(PAYOUT),
                Optional.of(BANK_DATE),
                charge,
                set);
    }

    private static SettledLine ledgerLine(
            long number, EntryType type, String word, long amount, String psp, String reference) {
        return new SettledLine(
                number,
                Optional.empty(),
                LocalDate.parse("2026-12-02"),
                Instant.parse("2026-12-03T00:10:00Z"),
                type,
                word,
                psp,
                reference,
                "NOK",
                amount,
                Optional.of(PAYOUT),
                Optional.of(BANK_DATE),
                Optional.empty(),
                EnumSet.noneOf(Remark.class));
    }

    private static SettledLine unknown(long number, String date) {
        SettledLine line = line(number, date, EntryType.OTHER, -325, "=SUM(A1)", Remark.UNKNOWN_TYPE);
        return with(line, line.msn(), "loyalty-adjustment", line.payoutId(), line.payoutDate());
    }

    private static SettledLine other() {
        SettledLine line = ledgerLine(0, EntryType.OTHER, SettledLine.OTHER_CHANNEL, 98_765, "", "fiber");
        return new SettledLine(
                line.number(),
                Optional.of(SampleContent.OTHER_MSN),
                line.ledgerDate(),
                line.time(),
                line.type(),
                line.word(),
                "",
                line.reference(),
                line.currency(),
                line.amountMinor(),
                line.payoutId(),
                line.payoutDate(),
                Optional.empty(),
                EnumSet.of(Remark.OTHER_CHANNEL));
    }

    private static SettledLine on(String msn, SettledLine line) {
        return with(line, Optional.of(msn), line.word(), line.payoutId(), line.payoutDate());
    }

    private static SettledLine waiting(SettledLine line) {
        return with(line, line.msn(), line.word(), Optional.empty(), Optional.empty());
    }

    private static SettledLine with(
            SettledLine line,
            Optional<String> msn,
            String word,
            Optional<String> payoutId,
            Optional<LocalDate> payoutDate) {
        return new SettledLine(
                line.number(),
                msn,
                line.ledgerDate(),
                line.time(),
                line.type(),
                word,
                line.pspReference(),
                line.reference(),
                line.currency(),
                line.amountMinor(),
                payoutId,
                payoutDate,
                line.charge(),
                line.remarks());
    }

    static Settlement settings(int camtVersion, boolean portalList, Settlement.Account account) {
        return new Settlement(
                LocalDate.parse("2026-11-01"),
                Optional.of(true),
                Optional.empty(),
                List.of("0 0 6 * * ?"),
                true,
                new Settlement.Report(Settlement.Format.CSV, Settlement.Period.PAYOUT),
                List.of(),
                camtVersion,
                portalList,
                account,
                List.of());
    }

    static byte[] written(SettlementWriter writer, SettlementContent content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(content, out);
        return out.toByteArray();
    }

    /** In the format's usual variant. */
    static byte[] written(Settlement.Format format, SettlementContent content) throws IOException {
        return written(SettlementWriters.of(settings(2, false, Settlement.Account.LEDGER), format), content);
    }
}
