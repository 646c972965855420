package org.chargebridge.reporting;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.ledger.ReportedAgreement;
import org.chargebridge.ledger.ReportedChange;
import org.chargebridge.ledger.StatusReport;
import org.chargebridge.reporting.format.IsoText;
import org.chargebridge.reporting.format.XmlOut;

/**
 * A status report as ISO 20022 pain.002.001.03: one message, in it one {@code OrgnlPmtInfAndSts} for each file. Counts and
 * sums stand before the lines, so the changes are gone through twice: {@link #count} each, then {@link #begin}, then
 * write each, file by file.
 */
final class PainStatus {

    static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.03";
    private static final String NOT_PROVIDED = "NOTPROVIDED";
    /** Of a text for people. */
    private static final int INFORMATION_MAX = 105;

    private final Channel channel;
    private final StatusReport report;
    private final Map<String, Total> totals = new TreeMap<>();
    private Optional<String> file = Optional.empty();
    private XmlOut xml;
    private long written;

    PainStatus(Channel channel, StatusReport report) {
        this.channel = channel;
        this.report = report;
    }

    private record Total(long count, long amountMinor) {
        Total plus(Total other) {
            return new Total(Math.addExact(count, other.count), Math.addExact(amountMinor, other.amountMinor));
        }
    }

    void count(ReportedChange change) {
        PainCodes.status(change)
                .ifPresent(status ->
                        totals.merge(status, new Total(1, change.amountMinor().orElse(0)), Total::plus));
    }

    /** @param name of the file, without its ending */
    void begin(String name, OutputStream out) throws IOException {
        xml = new XmlOut(out, "Document", NAMESPACE);
        xml.block("CstmrPmtStsRpt");
        xml.block("GrpHdr")
                .text("MsgId", IsoText.id(name))
                .text("CreDtTm", OutboundNames.time(report.cutOff(), channel))
                .close();
        xml.block("OrgnlGrpInfAndSts").text("OrgnlMsgId", NOT_PROVIDED).text("OrgnlMsgNmId", "pain.008");
        xml.block("StsRsnInf");
        information("report " + report.number()
                + report.previous()
                        .map(before -> ", the one before is " + before)
                        .orElse(", the first"));
        xml.close();
        for (Map.Entry<String, Total> total : totals.entrySet()) {
            xml.block("NbOfTxsPerSts")
                    .text("DtldNbOfTxs", Long.toString(total.getValue().count()))
                    .text("DtldSts", total.getKey())
                    .text(
                            "DtldCtrlSum",
                            MinorUnits.toDecimalString(total.getValue().amountMinor()))
                    .close();
        }
        xml.close();
    }

    void write(ReportedChange change) throws IOException {
        beginFile(change.sourceFile());
        Optional<String> status = PainCodes.status(change);
        beginTransaction(IsoText.reference(change.invoiceNumber()).or(() -> IsoText.tail(change.orderId())), status);
        List<String> words = new ArrayList<>();
        words.add(change.action() + " " + change.status());
        words.add("line " + change.position());
        words.add("order id " + change.orderId());
        if (IsoText.reference(change.invoiceNumber()).isEmpty()) {
            words.add("invoice " + change.invoiceNumber());
        }
        amount(words, "captured", change.capturedMinor());
        amount(words, "refunded", change.refundedMinor());
        amount(words, "cancelled", change.cancelledMinor());
        change.failureReason().ifPresent(words::add);
        change.confirmationUrl().ifPresent(words::add);
        words.add(OutboundNames.time(change.changedAt(), channel));
        reasons(change, words);
        Optional<String> transaction = change.transactionId().flatMap(IsoText::tail);
        xml.optional("AcctSvcrRef", transaction);
        original(change);
        xml.close();
    }

    private static void amount(List<String> words, String what, long minor) {
        if (minor != 0) {
            words.add(what + " " + MinorUnits.toDecimalString(minor));
        }
    }

    private void beginFile(String name) throws IOException {
        if (file.equals(Optional.of(name))) {
            return;
        }
        endFile();
        file = Optional.of(name);
        xml.block("OrgnlPmtInfAndSts");
        xml.line("OrgnlPmtInfId", IsoText.id(name));
    }

    private void endFile() throws IOException {
        if (file.isPresent()) {
            xml.close();
        }
    }

    private void beginTransaction(Optional<String> endToEnd, Optional<String> status) throws IOException {
        written++;
        xml.block("TxInfAndSts")
                .text("StsId", Long.toString(written))
                .optional("OrgnlEndToEndId", endToEnd)
                .optional("TxSts", status);
    }

    /** The external code and our own, where there is a reason; what happened in words always. */
    private void reasons(ReportedChange change, List<String> words) throws IOException {
        Optional<Reason> reason = StatusRows.reason(change);
        if (reason.isPresent()) {
            Optional<String> code = PainCodes.reason(change, reason.get());
            if (code.isPresent()) {
                xml.open("StsRsnInf", "Rsn").text("Cd", code.get()).close(2);
            }
            xml.open("StsRsnInf", "Rsn")
                    .text("Prtry", reason.get().code().name())
                    .close();
            information(ReasonTexts.inBoth(reason.get(), channel.language()));
            xml.close();
        }
        xml.open("StsRsnInf");
        information(String.join("; ", words));
        xml.close();
    }

    /** In as many elements as it needs, broken between words where it can be. */
    private void information(String text) throws IOException {
        String rest = text.strip();
        while (!rest.isEmpty()) {
            String piece = IsoText.cut(rest, INFORMATION_MAX);
            int blank = piece.length() < rest.length() ? piece.lastIndexOf(' ') : -1;
            String line = blank > 0 ? piece.substring(0, blank) : piece;
            xml.text("AddtlInf", line.strip());
            rest = rest.substring(line.length()).strip();
        }
    }

    private void original(ReportedChange change) throws IOException {
        xml.open("OrgnlTxRef");
        if (change.amountMinor().isPresent()) {
            xml.open("Amt")
                    .text("InstdAmt", IsoText.amount(change.amountMinor().getAsLong()), "Ccy", change.currency())
                    .close();
        }
        if (change.requestedDue().isPresent()) {
            xml.text("ReqdColltnDt", change.requestedDue().get().toString());
        }
        Optional<String> agreement = IsoText.reference(change.agreementId());
        if (agreement.isPresent()) {
            xml.open("MndtRltdInf").text("MndtId", agreement.get()).close();
        }
        Optional<String> kid = IsoText.reference(change.kid());
        if (kid.isPresent()) {
            xml.open("RmtInf", "Strd", "CdtrRefInf", "Tp", "CdOrPrtry")
                    .text("Cd", "SCOR")
                    .close(2)
                    .text("Ref", kid.get())
                    .close(3);
        }
        xml.close();
    }

    /** What became of an agreement belongs to no file and is no collection. */
    void write(ReportedAgreement agreement) throws IOException {
        beginFile(NOT_PROVIDED);
        beginTransaction(Optional.empty(), Optional.empty());
        xml.open("StsRsnInf", "Rsn").text("Cd", "MD01").close();
        information("agreement " + agreement.agreementId() + " " + agreement.status()
                + agreement.externalId().map(id -> "; external id " + id).orElse("")
                + "; " + OutboundNames.time(agreement.changedAt(), channel));
        xml.close();
        Optional<String> mandate = IsoText.reference(agreement.agreementId());
        if (mandate.isPresent()) {
            xml.open("OrgnlTxRef", "MndtRltdInf").text("MndtId", mandate.get()).close(2);
        }
        xml.close();
    }

    void end() throws IOException {
        endFile();
        xml.close().end();
    }

    /** How many changes were written. */
    long written() {
        return written;
    }
}
