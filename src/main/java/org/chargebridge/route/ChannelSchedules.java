package org.chargebridge.route;

import java.util.List;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ReportTimes;
import org.chargebridge.channel.Settlement;

/** The schedules a channel has, by the parameter under which a route template asks for one. */
final class ChannelSchedules {

    static final String OF_STATUS_REPORTS = "cron";
    static final String OF_SETTLEMENTS = "settlementCron";
    static final String OF_SETTLEMENT_REPORTS = "settlementReportCron";
    static final List<String> PARAMETERS = List.of(OF_STATUS_REPORTS, OF_SETTLEMENTS, OF_SETTLEMENT_REPORTS);

    /** Templates whose routes go by a channel's schedules in its time zone. */
    static final Set<String> IN_ITS_ZONE =
            Set.of("write-status-reports", "write-settlement-reports", "write-reconciliations");

    private ChannelSchedules() {}

    static List<String> of(Channel channel, String parameter) {
        return switch (parameter) {
            case OF_SETTLEMENTS ->
                channel.settlement().map(Settlement::schedule).orElse(List.of());
            case OF_SETTLEMENT_REPORTS -> ReportTimes.settlementWakeUps(channel);
            default -> channel.reports().statusCrons();
        };
    }

    /** Those of the routes that are made from a template. */
    static List<String> ofRoute(Channel channel, String template) {
        return of(
                channel,
                switch (template) {
                    case "write-settlement-reports" -> OF_SETTLEMENT_REPORTS;
                    case "write-reconciliations" -> OF_SETTLEMENTS;
                    default -> OF_STATUS_REPORTS;
                });
    }
}
