package org.chargebridge.intake.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the HTTP door takes: {@code chargebridge.http}.
 *
 * @param bodyMax the largest body with instructions; a larger one is refused unread
 */
@ConfigurationProperties("chargebridge.http")
public record DoorSettings(@DefaultValue("64MB") DataSize bodyMax) {

    public DoorSettings {
        if (bodyMax.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "chargebridge.http.body-max is " + bodyMax + "; set 1B or more, by default 64MB");
        }
    }
}
