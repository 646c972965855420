package org.chargebridge.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.SimulatorSettings;

/**
 * Runs the API simulator alone, until it is stopped. Arguments: {@code --port=8090 --data=data/simulator
 * --agreements=1200 --clock-start=2026-11-02T07:00:00Z --limits=documented|lifted}.
 */
public final class SimulatorMain {

    private SimulatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> given = Stream.of(arguments)
                .map(argument -> argument.replaceFirst("^--", "").split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[pair.length - 1]));
        Function<String, String> value = name -> given.getOrDefault(name, "");
        SimulatorSettings settings = SimulatorSettings.inDirectory(
                        Path.of(given.getOrDefault("data", "data/simulator")))
                .withPort(
                        Integer.parseInt(given.getOrDefault("port", Integer.toString(SimulatorSettings.DEFAULT_PORT))))
                .withAgreements(Integer.parseInt(given.getOrDefault("agreements", "1200")))
                .withLimits(value.apply("limits").equals("lifted") ? RateLimits.lifted() : RateLimits.documented());
        if (given.containsKey("clock-start")) {
            settings = settings.withClockStart(Instant.parse(given.get("clock-start")));
        }
        try (RecurringApiSimulator simulator = RecurringApiSimulator.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
            System.out.println("Recurring API simulator at " + simulator.baseUri() + ", time " + simulator.now());
            new CountDownLatch(1).await();
        }
    }
}
