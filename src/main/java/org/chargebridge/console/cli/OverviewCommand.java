package org.chargebridge.console.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "overview", description = "Today at a glance", mixinStandardHelpOptions = true)
final class OverviewCommand extends Verb implements Callable<Integer> {

    @Override
    public Integer call() {
        return get("/overview", Map.of());
    }
}
