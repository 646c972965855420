package org.chargebridge.console.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "erase",
        description = "Erases a person, but for what bookkeeping has to keep; for an admin",
        mixinStandardHelpOptions = true)
final class EraseCommand extends Verb implements Callable<Integer> {

    @Option(names = "--customer", description = "A customer number")
    String customer;

    @Option(names = "--phone", description = "With its country code, as 4791234567")
    String phone;

    @Option(names = "--agreement", description = "An agreement id")
    String agreement;

    @Option(names = "--channel", required = true, description = "The channel whose customer it is")
    String channel;

    @Option(
            names = "--reason",
            description = "Why, for the audit trail; without it, it is only told what would be erased")
    String reason;

    @Override
    public Integer call() {
        return post(
                reason == null ? "/erasures/preview" : "/erasures",
                with(
                        "customerNumber",
                        customer,
                        "phoneNumber",
                        phone,
                        "agreementId",
                        agreement,
                        "channel",
                        channel,
                        "reason",
                        reason));
    }
}
