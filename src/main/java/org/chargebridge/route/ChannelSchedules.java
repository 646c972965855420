package org.chargebridge.route;

import java.util.List;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Settlement;

/** The schedules a channel has, by the parameter under which a route template asks for one. */
final class ChannelSchedules {

    static final String OF_STATUS_REPORTS = "cron";
    static final String OF_SETTLEMENTS = "settlementCron";
    static final List<String> PARAMETERS = List.of(OF_STATUS_REPORTS, OF_SETTLEMENTS);

    private static final Set<String> AS_SETTLEMENTS = Set.of("write-settlement-reports", "write-reconciliations");

    private ChannelSchedules() {}

    static List<String> of(Channel channel, String parameter) {
        return parameter.equals(OF_SETTLEMENTS)
                ? channel.settlement().map(Settlement::schedule).orElse(List.of())
                : channel.reports().statusCrons();
    }

    /** Those of the routes that are made from a template. */
    static List<String> ofRoute(Channel channel, String template) {
        return of(channel, AS_SETTLEMENTS.contains(template) ? OF_SETTLEMENTS : OF_STATUS_REPORTS);
    }
}
