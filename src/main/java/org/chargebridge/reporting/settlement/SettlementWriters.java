package org.chargebridge.reporting.settlement;

import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Settlement;

/** The writer of each format. */
final class SettlementWriters {

    private SettlementWriters() {}

    static SettlementWriter of(Settlement settings, Settlement.Format format) {
        return switch (format) {
            case JSON_LINES -> new SettlementRows(Channel.ReportFormat.JSON_LINES);
            default -> new SettlementRows(Channel.ReportFormat.CSV);
        };
    }

    /** The ending of a format's file names, with its dot. */
    static String extension(Settlement.Format format) {
        return switch (format) {
            case JSON_LINES -> ".jsonl";
            default -> ".csv";
        };
    }
}
