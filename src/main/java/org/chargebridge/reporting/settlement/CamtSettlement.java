package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.channel.Settlement;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.SettlementPayout;
import org.chargebridge.reporting.format.IsoText;
import org.chargebridge.reporting.format.XmlOut;

/**
 * ISO 20022 camt.054 (what was credited and debited) or camt.053 (the same as a statement, with balances) of the
 * settlement ledger. One message holds one report, an entry holds what is booked alike.
 */
final class CamtSettlement implements SettlementWriter {

    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[a-zA-Z0-9]{1,30}");
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    /** Which message is written. */
    enum Message {
        NOTIFICATION("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", "AddtlNtfctnInf"),
        STATEMENT("camt.053", "BkToCstmrStmt", "Stmt", "AddtlStmtInf");

        private final String name;
        private final String root;
        private final String element;
        private final String words;

        Message(String name, String root, String element, String words) {
            this.name = name;
            this.root = root;
            this.element = element;
            this.words = words;
        }
    }

    private final Message message;
    private final CamtVersion version;
    private final Settlement.Account account;

    CamtSettlement(Message message, CamtVersion version, Settlement.Account account) {
        this.message = message;
        this.version = version;
        this.account = account;
    }

    @Override
    public void write(SettlementContent content, OutputStream out) throws IOException {
        SettlementHead head = content.head();
        List<SettlementGroup> groups = content.groups();
        XmlOut xml = new XmlOut(out, "Document", version.namespace(message.name));
        xml.block(message.root);
        String id = IsoText.id(head.name());
        String madeAt = head.time(head.madeAt());
        xml.block("GrpHdr").text("MsgId", id).text("CreDtTm", madeAt).close();
        xml.block(message.element);
        xml.line("Id", id);
        xml.line("ElctrncSeqNb", Long.toString(head.number()));
        xml.line("CreDtTm", madeAt);
        period(xml, head);
        account(xml, head);
        if (message == Message.STATEMENT) {
            balance(xml, "OPBD", head.openingMinor(), head.firstDate(), head);
            balance(xml, "CLBD", head.closingMinor(), head.lastDate(), head);
        }
        summary(xml, groups);
        CamtEntries.write(xml, version, content);
        words(xml, head);
        xml.close(2).end();
    }

    private static void period(XmlOut xml, SettlementHead head) throws IOException {
        xml.block("FrToDt")
                .text("FrDtTm", time(head, head.firstDate(), LocalTime.MIDNIGHT))
                .text("ToDtTm", time(head, head.lastDate(), LAST_SECOND))
                .close();
    }

    private static String time(SettlementHead head, LocalDate date, LocalTime time) {
        return head.time(ZonedDateTime.of(date, time, head.zone()).toInstant());
    }

    private void account(XmlOut xml, SettlementHead head) throws IOException {
        SettlementLedger ledger = head.ledger();
        xml.block("Acct").open("Id");
        String bankAccount = ledger.accountId().orElse("");
        if (account == Settlement.Account.BANK && IBAN.matcher(bankAccount).matches()) {
            xml.text("IBAN", bankAccount);
        } else if (account == Settlement.Account.BANK && !bankAccount.isBlank()) {
            other(xml, bankAccount, "Cd", "BBAN");
        } else if (account == Settlement.Account.MSN) {
            other(xml, head.msn(), "Prtry", "MSN");
        } else {
            other(xml, ledger.ledgerId(), "Prtry", "LEDGER");
        }
        xml.close().text("Ccy", ledger.currency());
        Optional<String> owner = ledger.ownerId().flatMap(IsoText::reference);
        if (owner.isPresent()) {
            xml.open("Ownr", "Id", "OrgId");
            other(xml, owner.get(), "Cd", "COID");
            xml.close(3);
        }
        xml.close();
    }

    private static void other(XmlOut xml, String id, String kind, String scheme) throws IOException {
        xml.open("Othr")
                .text("Id", IsoText.cut(id, IsoText.ACCOUNT_MAX))
                .open("SchmeNm")
                .text(kind, scheme)
                .close(2);
    }

    private static void balance(XmlOut xml, String type, long minor, LocalDate date, SettlementHead head)
            throws IOException {
        xml.block("Bal").open("Tp", "CdOrPrtry").text("Cd", type).close(2);
        xml.text("Amt", IsoText.amount(minor), "Ccy", head.ledger().currency());
        xml.text("CdtDbtInd", IsoText.direction(minor));
        xml.open("Dt").text("Dt", date.toString()).close(2);
    }

    private static void summary(XmlOut xml, List<SettlementGroup> groups) throws IOException {
        List<SettlementGroup> debits =
                groups.stream().filter(group -> group.sumMinor() < 0).toList();
        List<SettlementGroup> credits =
                groups.stream().filter(group -> group.sumMinor() >= 0).toList();
        xml.block("TxsSummry");
        summary(xml, "TtlCdtNtries", credits);
        summary(xml, "TtlDbtNtries", debits);
        xml.close();
    }

    private static void summary(XmlOut xml, String name, List<SettlementGroup> groups) throws IOException {
        long sum = groups.stream().mapToLong(SettlementGroup::sumMinor).reduce(0, Math::addExact);
        xml.open(name)
                .text("NbOfNtries", Integer.toString(groups.size()))
                .text("Sum", IsoText.amount(sum))
                .close();
    }

    /** What a channel that does not own the ledger must know of the payouts and may not post. */
    private void words(XmlOut xml, SettlementHead head) throws IOException {
        if (head.owner() || head.payouts().isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>();
        words.add("Other channels have " + MinorUnits.toDecimalString(head.elsewhereMinor()) + " in these payouts");
        head.payouts().forEach(payout -> words.add(payout(payout)));
        xml.line(message.words, IsoText.cut(String.join("; ", words), IsoText.WORDS_MAX));
    }

    /** Never more than expected: the bank decides on date and text. */
    static String payout(SettlementPayout payout) {
        return String.format(
                Locale.ROOT,
                "payout %s expected in the bank on %s with %s%s",
                payout.payoutId(),
                payout.bankDate(),
                MinorUnits.toDecimalString(payout.amountMinor()),
                payout.bankText().isEmpty() ? "" : " as \"" + payout.bankText() + "\"");
    }
}
