package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.reporting.format.XmlOut;

/**
 * The settlement report of the Vipps portal in version 3.0. Totals stand behind the transactions that they add up, so
 * nothing is held back.
 */
final class PortalXml implements SettlementWriter {

    static final String NAMESPACE = "http://vipps.no/xmlschema/SettlementReport-3.0.xsd";

    @Override
    public void write(SettlementContent content, OutputStream out) throws IOException {
        XmlOut xml = new XmlOut(out, "SettlementReport", NAMESPACE);
        PortalContent portal = new PortalContent(content);
        PortalUnits units = new PortalUnits(content.head());
        Report report = new Report(xml, content.head(), units);
        // One pass for each sales unit, mostly one: what belongs to the whole ledger comes behind the lines of all, and
        // whoever knows a settlement by its id and sales unit must meet it once.
        for (String msn : msns(portal, units)) {
            portal.forEachLine(line -> {
                if (units.msn(line.msn()).equals(msn)) {
                    report.take(line);
                }
            });
        }
        report.end();
        xml.block("VippsInfo")
                .text("Name", "Vipps MobilePay AS")
                .text("WebSite", "https://vippsmobilepay.com")
                .text("VisitingAddress", "")
                .text("PostBox", "")
                .text("PostAddress", "")
                .text("Country", "Norway")
                .close();
        xml.end();
    }

    private static List<String> msns(SettlementContent content, PortalUnits units) {
        return content.groups().stream()
                .map(group -> units.msn(group.msn()))
                .distinct()
                .toList();
    }

    private static final class Report {

        private static final Pattern COUNTRY = Pattern.compile("business:([A-Z]{2}):.*");

        private final XmlOut xml;
        private final SettlementHead head;
        private final PortalUnits units;
        private Optional<String> unit = Optional.empty();
        private Optional<String> payout = Optional.empty();
        private PortalAmounts totals = PortalAmounts.NONE;
        private long transactions;
        private long settlements;

        Report(XmlOut xml, SettlementHead head, PortalUnits units) {
            this.xml = xml;
            this.head = head;
            this.units = units;
        }

        void take(SettledLine line) throws IOException {
            String msn = units.msn(line.msn());
            if (!unit.equals(Optional.of(msn))) {
                end();
                beginUnit(msn);
                beginSettlement(line);
            } else if (!payout.equals(line.payoutId())) {
                endSettlement();
                beginSettlement(line);
            }
            transaction(line);
        }

        private void beginUnit(String msn) throws IOException {
            unit = Optional.of(msn);
            settlements = 0;
            xml.block("SettlementDetailsInfo");
            xml.line("SaleUnitName", units.name(msn))
                    .line("SerialNumber", msn)
                    .line("OrganizationName", "")
                    .line("OrganizationNumber", units.organization())
                    .line("MainAddress", "")
                    .line("MainAddressZipCode", "")
                    .line("MainAddressCity", "")
                    .line("MainAddressCountryCode", country());
            xml.block("PaymentsInfo");
            xml.line("ReportDateFrom", head.firstDate().toString())
                    .line("ReportDateTo", head.lastDate().toString())
                    .line("SettlementCurrencyCode", head.ledger().currency())
                    .line("ReportReferenceNum", head.name())
                    .line("SettlementAccountNum", units.account());
        }

        /** Three letters, as in these reports; empty where the API does not say where the owner is registered. */
        private String country() {
            Matcher scheme = COUNTRY.matcher(head.ledger().ownerScheme().orElse(""));
            return scheme.matches() ? new Locale("", scheme.group(1)).getISO3Country() : "";
        }

        private void beginSettlement(SettledLine line) throws IOException {
            payout = line.payoutId();
            totals = PortalAmounts.NONE;
            transactions = 0;
            settlements++;
            xml.block("SettlementInfo");
            xml.line(
                            "SettlementDate",
                            units.settlementDate(line).orElse(head.lastDate()).toString())
                    .line("SettlementID", Long.toString(PortalIds.settlement(payout)))
                    .line("SettlementCurrencyCode", head.ledger().currency())
                    .line("SettlementType", head.feesInvoiced() ? "Gross" : "Net");
        }

        private void transaction(SettledLine line) throws IOException {
            PortalAmounts amounts = PortalAmounts.of(line);
            totals = totals.plus(amounts);
            transactions++;
            xml.block("TransactionInfo")
                    .text("TransactionTime", head.time(line.time()))
                    .text("TransactionCaptureAmount", amount(amounts.capture()))
                    .text("TransactionRefundAmount", amount(amounts.refund()))
                    .text("TransactionGrossAmount", amount(amounts.gross()))
                    .text("TransactionNetAmount", amount(amounts.net()))
                    .text("TransactionFeeAmount", amount(amounts.fee()))
                    .text("SettlementCurrencyCode", line.currency())
                    .text("TransactionID", Long.toString(PortalIds.transaction(line)))
                    .text("OrderID", PortalIds.order(line))
                    .close();
        }

        private void endSettlement() throws IOException {
            xml.line("NumOfTransactions", Long.toString(transactions))
                    .line("CaptureSettlementAmount", amount(totals.capture()))
                    .line("RefundSettlementAmount", amount(totals.refund()))
                    .line("GrossSettlementAmount", amount(totals.gross()))
                    .line("NetSettlementAmount", amount(totals.net()))
                    .line("FeeSettlementAmount", amount(totals.fee()))
                    .line("SettledAmount", amount(totals.net()))
                    .close();
        }

        /** Ends the sales unit that is open; without a line there is none. */
        void end() throws IOException {
            if (unit.isPresent()) {
                endSettlement();
                xml.line("NumOfSettlements", Long.toString(settlements)).close(2);
            }
        }

        private static String amount(long minor) {
            return MinorUnits.toDecimalString(minor);
        }
    }
}
