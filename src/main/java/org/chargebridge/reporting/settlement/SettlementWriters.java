package org.chargebridge.reporting.settlement;

import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Settlement;
import org.dhatim.fastexcel.Worksheet;

/** Finds the writer of a settlement report's format. */
final class SettlementWriters {

    private SettlementWriters() {}

    /** @param settings the channel's, of which a format may have its variants */
    static SettlementWriter of(Settlement settings, Settlement.Format format) {
        return switch (format) {
            case CSV -> new SettlementRows(Channel.ReportFormat.CSV);
            case JSON_LINES -> new SettlementRows(Channel.ReportFormat.JSON_LINES);
            case XLSX -> new XlsxSettlement(Worksheet.MAX_ROWS);
            case CAMT_054 -> camt(CamtSettlement.Message.NOTIFICATION, settings);
            case CAMT_053 -> camt(CamtSettlement.Message.STATEMENT, settings);
            case PORTAL_CSV -> settings.portalList() ? new PortalList() : new PortalCsv();
            case PORTAL_XML -> new PortalXml();
        };
    }

    private static SettlementWriter camt(CamtSettlement.Message message, Settlement settings) {
        return new CamtSettlement(message, CamtVersion.of(settings.camtVersion()), settings.account());
    }

    /** The ending of a format's file names, with its dot. */
    static String extension(Settlement.Format format) {
        return switch (format) {
            case CSV -> ".csv";
            case JSON_LINES -> ".jsonl";
            case XLSX -> ".xlsx";
            case CAMT_054 -> ".camt054.xml";
            case CAMT_053 -> ".camt053.xml";
            case PORTAL_CSV -> ".portal.csv";
            case PORTAL_XML -> ".portal.xml";
        };
    }
}
