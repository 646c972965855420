package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.ledger.SettlementPayout;
import org.chargebridge.reporting.format.IsoText;
import org.chargebridge.reporting.format.XmlOut;

/** The entries of a camt message: a group of lines each, whose sum stands before them. */
final class CamtEntries {

    private final XmlOut xml;
    private final CamtVersion version;
    private final SettlementHead head;
    private final Map<String, SettlementPayout> payouts;
    private final Iterator<SettlementGroup> groups;
    private final CamtTransaction transaction;
    private long left;
    private long sum;
    private int number;
    private String words = "";

    private CamtEntries(XmlOut xml, CamtVersion version, SettlementContent content) {
        this.xml = xml;
        this.version = version;
        head = content.head();
        payouts = head.payoutsById();
        groups = content.groups().iterator();
        transaction = new CamtTransaction(xml, version, head);
    }

    /** @throws IllegalStateException where the groups do not count or add up the lines */
    static void write(XmlOut xml, CamtVersion version, SettlementContent content) throws IOException {
        CamtEntries entries = new CamtEntries(xml, version, content);
        content.forEachLine(entries::take);
        if (entries.left != 0 || entries.groups.hasNext()) {
            throw new IllegalStateException("fewer lines than their groups count");
        }
    }

    private void take(SettledLine line) throws IOException {
        if (left == 0) {
            begin(line);
        }
        transaction.write(line);
        left--;
        sum = Math.subtractExact(sum, line.amountMinor());
        if (left == 0) {
            end();
        }
    }

    private void begin(SettledLine first) throws IOException {
        if (!groups.hasNext()) {
            throw new IllegalStateException("more lines than their groups count");
        }
        SettlementGroup group = groups.next();
        left = group.count();
        sum = group.sumMinor();
        number++;
        xml.block("Ntry");
        xml.text("NtryRef", Integer.toString(number));
        amount(group);
        version.booked(xml);
        date("BookgDt", group.ledgerDate());
        date("ValDt", first.payoutDate().orElse(group.ledgerDate()));
        xml.optional("AcctSvcrRef", group.payoutId().flatMap(IsoText::tail));
        CamtCode.write(xml, group);
        xml.block("NtryDtls");
        xml.block("Btch").text("NbOfTxs", Long.toString(group.count()));
        xml.text(
                "TtlAmt", IsoText.amount(group.sumMinor()), "Ccy", head.ledger().currency());
        xml.text("CdtDbtInd", IsoText.direction(group.sumMinor())).close();
        words = words(group);
    }

    private void amount(SettlementGroup group) throws IOException {
        xml.text("Amt", IsoText.amount(group.sumMinor()), "Ccy", head.ledger().currency());
        xml.text("CdtDbtInd", IsoText.direction(group.sumMinor()));
    }

    private void date(String name, LocalDate date) throws IOException {
        xml.open(name).text("Dt", date.toString()).close();
    }

    private void end() throws IOException {
        if (sum != 0) {
            throw new IllegalStateException("lines that do not add up to the sum of their group");
        }
        xml.close();
        xml.line("AddtlNtryInf", words);
        xml.close();
    }

    private String words(SettlementGroup group) {
        List<String> words = new ArrayList<>();
        words.add(group.word());
        group.msn().ifPresent(msn -> words.add("sales unit " + msn));
        if (group.type() == EntryType.PAYOUT_SCHEDULED) {
            group.payoutId()
                    .filter(payouts::containsKey)
                    .ifPresent(id -> words.add(CamtSettlement.payout(payouts.get(id))));
        } else if (group.type() == EntryType.OTHER && !group.word().equals(SettledLine.OTHER_CHANNEL)) {
            words.add("a type that is not known: look it up before posting it");
        }
        return IsoText.cut(String.join("; ", words), IsoText.WORDS_MAX);
    }
}
