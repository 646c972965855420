package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettledCharge;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.reporting.format.IsoText;
import org.chargebridge.reporting.format.XmlOut;

/**
 * One line as the transaction of an entry. What an ERP matches stands structured: the KID where there is one, the
 * number of the document as invoice or, where money goes back, as credit note. A line without a charge has the merchant's reference
 * as text instead; no line has both, as Norwegian banks have it.
 */
final class CamtTransaction {

    private final XmlOut xml;
    private final CamtVersion version;
    private final SettlementHead head;

    CamtTransaction(XmlOut xml, CamtVersion version, SettlementHead head) {
        this.xml = xml;
        this.version = version;
        this.head = head;
    }

    void write(SettledLine line) throws IOException {
        xml.block("TxDtls");
        references(line);
        if (version == CamtVersion.V08) {
            amount(line);
            xml.text("CdtDbtInd", IsoText.direction(line.amountMinor()));
        }
        xml.open("AmtDtls", "TxAmt");
        amount(line);
        xml.close(2);
        Optional<String> customer =
                line.charge().map(SettledCharge::customerNumber).flatMap(IsoText::reference);
        if (customer.isPresent()) {
            version.customer(xml, line.amountMinor() < 0 ? "Cdtr" : "Dbtr", customer.get());
        }
        remittance(line);
        xml.open("RltdDts").text("TxDtTm", head.time(line.time())).close();
        String words = words(line);
        if (!words.isEmpty()) {
            xml.text("AddtlTxInf", words);
        }
        xml.close();
    }

    private void amount(SettledLine line) throws IOException {
        xml.text("Amt", IsoText.amount(line.amountMinor()), "Ccy", line.currency());
    }

    private void references(SettledLine line) throws IOException {
        Optional<String> endToEnd = endToEnd(line).flatMap(IsoText::tail);
        Optional<String> psp = IsoText.tail(line.pspReference());
        Optional<String> agreement =
                line.charge().map(SettledCharge::agreementId).flatMap(IsoText::reference);
        if (Stream.of(endToEnd, psp, agreement).anyMatch(Optional::isPresent)) {
            xml.open("Refs")
                    .optional("AcctSvcrRef", psp)
                    .optional("EndToEndId", endToEnd)
                    .optional("MndtId", agreement)
                    .close();
        }
    }

    /** Our order id; of what did not go through this gateway the merchant's reference, which its other system knows. */
    private static Optional<String> endToEnd(SettledLine line) {
        return line.charge().map(SettledCharge::orderId).or(() -> Optional.of(line.reference())
                .filter(reference -> line.type() == EntryType.CAPTURE || line.type() == EntryType.REFUND));
    }

    private void remittance(SettledLine line) throws IOException {
        if (line.charge().isPresent()) {
            structured(line, line.charge().get());
        } else if (!line.reference().isBlank()) {
            xml.open("RmtInf")
                    .text("Ustrd", IsoText.cut(line.reference(), IsoText.REMITTANCE_MAX))
                    .close();
        }
    }

    private void structured(SettledLine line, SettledCharge charge) throws IOException {
        Optional<String> number = IsoText.reference(charge.invoiceNumber());
        Optional<String> kid = IsoText.reference(charge.kid());
        xml.open("RmtInf", "Strd", "RfrdDocInf", "Tp", "CdOrPrtry")
                .text("Cd", line.amountMinor() < 0 ? "CREN" : "CINV")
                .close(2)
                .optional("Nb", number)
                .close();
        xml.open("RfrdDocAmt")
                .text("RmtdAmt", IsoText.amount(line.amountMinor()), "Ccy", line.currency())
                .close();
        if (kid.isPresent()) {
            xml.open("CdtrRefInf", "Tp", "CdOrPrtry")
                    .text("Cd", "SCOR")
                    .close(2)
                    .text("Ref", kid.get())
                    .close();
        }
        // What is longer than a reference may be stands here whole.
        if (number.isEmpty() && !charge.invoiceNumber().isBlank()) {
            xml.text("AddtlRmtInf", IsoText.cut(charge.invoiceNumber(), IsoText.REMITTANCE_MAX));
        }
        if (kid.isEmpty() && !charge.kid().isBlank()) {
            xml.text("AddtlRmtInf", IsoText.cut(charge.kid(), IsoText.REMITTANCE_MAX));
        }
        xml.close(2);
    }

    private static String words(SettledLine line) {
        List<String> words = new ArrayList<>();
        line.charge().ifPresent(charge -> {
            words.add("order id " + charge.orderId());
            charge.externalId().ifPresent(id -> words.add("external id " + id));
            words.add(charge.sourceFile() + ":" + charge.position());
        });
        String remarks = RemarkWords.of(line);
        if (!remarks.isEmpty()) {
            words.add(remarks);
        }
        return IsoText.cut(String.join("; ", words), IsoText.WORDS_MAX);
    }
}
