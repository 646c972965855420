package org.chargebridge;

import java.util.Map;
import org.chargebridge.channel.NodeName;
import org.chargebridge.console.cli.CommandLineTool;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the gateway: production without a profile, the demo with profile {@code demo}. With a command, such as {@code
 * routes list}, it asks one that runs already.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Chargebridge {

    public static void main(String[] arguments) {
        if (CommandLineTool.isMeant(arguments)) {
            System.exit(CommandLineTool.run(
                    CommandLineTool.writer(System.out, "stdout.encoding"),
                    CommandLineTool.writer(System.err, "stderr.encoding"),
                    arguments));
        }
        SpringApplication gateway = new SpringApplication(Chargebridge.class);
        // Log lines name the node before any setting is read.
        gateway.setDefaultProperties(Map.of("chargebridge.node", NodeName.ofThisHost()));
        try {
            gateway.run(arguments);
        } catch (RuntimeException | Error failed) {
            // Why was told already.
            System.exit(StartFailure.exitCode(failed));
        }
    }
}
