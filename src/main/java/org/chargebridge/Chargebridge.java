package org.chargebridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the gateway: production without a profile, the demo with profile {@code demo}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Chargebridge {

    public static void main(String[] arguments) {
        SpringApplication.run(Chargebridge.class, arguments);
    }
}
