package org.chargebridge.settings;

import org.chargebridge.channel.GatewaySettings;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.actuate.system.DiskSpaceHealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the file system of the data directory has room; in place of Spring Boot's own, which says no remedy. Down below
 * {@code chargebridge.disk-free-min}.
 */
@Component("diskSpaceHealthIndicator")
class DataDirectoryHealthIndicator extends DiskSpaceHealthIndicator {

    DataDirectoryHealthIndicator(GatewaySettings settings) {
        super(settings.dataDirectory().toFile(), settings.diskFreeMin());
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        super.doHealthCheck(builder);
        if (builder.build().getStatus().equals(Status.DOWN)) {
            builder.withDetail(
                    "remedy",
                    "Make room there: files stay on the ERPs' servers until they can be copied. Or set"
                            + " chargebridge.disk-free-min lower.");
        }
    }
}
