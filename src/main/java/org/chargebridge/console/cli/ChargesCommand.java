package org.chargebridge.console.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "charges", description = "Find a charge, and all that happened to it", mixinStandardHelpOptions = true)
final class ChargesCommand extends Verb {

    @Command(description = "Finds charges; newest first")
    int find(
            @Option(names = "--invoice") String invoice,
            @Option(names = "--order-id") String orderId,
            @Option(names = "--kid") String kid,
            @Option(names = "--agreement") String agreement,
            @Option(names = "--customer") String customer,
            @Option(names = "--amount", description = "As 199.50") String amount,
            @Option(names = "--channel") String channel,
            @Option(names = "--before") String before,
            @Option(names = "--limit") Integer limit) {
        // In the body: addresses are logged on their way.
        return post(
                "/charges/search",
                with(
                        "invoiceNumber",
                        invoice,
                        "orderId",
                        orderId,
                        "kid",
                        kid,
                        "agreementId",
                        agreement,
                        "customerNumber",
                        customer,
                        "amount",
                        amount,
                        "channel",
                        channel,
                        "before",
                        before,
                        "limit",
                        limit));
    }

    @Command(description = "Shows a charge with its whole history")
    int show(@Parameters(paramLabel = "<order id>") String orderId) {
        return get("/charges/" + Gateway.encoded(orderId), Map.of());
    }
}
