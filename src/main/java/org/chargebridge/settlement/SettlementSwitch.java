package org.chargebridge.settlement;

import java.net.URI;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.recurring.ApiSettings;
import org.springframework.stereotype.Component;

/** Whether settlements are fetched: the Report API has no test environment (MR27). */
@Component
class SettlementSwitch {

    private static final String TEST_HOST = "apitest.vipps.no";

    private final ApiSettings api;
    private final Channels channels;

    SettlementSwitch(ApiSettings api, Channels channels) {
        this.api = api;
        this.channels = channels;
    }

    /** Why they are not; empty where they are. */
    Optional<String> offBecause() {
        if (channels.all().stream().allMatch(channel -> channel.settlement().isEmpty())) {
            return Optional.of("no channel has the setting settlement");
        }
        URI address = api.address();
        if (TEST_HOST.equalsIgnoreCase(address.getHost())) {
            return Optional.of(
                    "the Report API exists in production only, and chargebridge.api.base-url is " + TEST_HOST);
        }
        return Optional.empty();
    }
}
