package org.chargebridge.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.chargebridge.simulator.api.Behaviour;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.SettlementTerms;
import org.chargebridge.simulator.api.SimulatorSettings;

/** Runs the API simulator alone, until it is stopped; its arguments stand in docs/simulator.md. */
public final class SimulatorMain {

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "port",
            "data",
            "agreements",
            "clock-start",
            "limits",
            "currency",
            "features",
            "modification-delay",
            "repeatable-drafts",
            "settlement",
            "payouts",
            "accounting-keys"));

    private SimulatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (RecurringApiSimulator simulator = RecurringApiSimulator.start(settings(arguments))) {
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
            System.out.println("Recurring API simulator at " + simulator.baseUri() + ", time " + simulator.now());
            new CountDownLatch(1).await();
        }
    }

    /**
     * Reads {@code --name=value}; what Spring's Maven plugin adds is passed over.
     *
     * @throws IllegalArgumentException naming what is known, or what cannot be read
     */
    static SimulatorSettings settings(String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (!KNOWN.contains(pair[0]) && !pair[0].startsWith("spring.")) {
                throw new IllegalArgumentException("Unknown argument " + argument + "; known are " + KNOWN);
            }
            given.put(pair[0], pair.length == 2 ? pair[1] : "true");
        }
        SimulatorSettings settings = SimulatorSettings.inDirectory(
                        Path.of(given.getOrDefault("data", "data/simulator")))
                .withPort(
                        Integer.parseInt(given.getOrDefault("port", Integer.toString(SimulatorSettings.DEFAULT_PORT))))
                .withAgreements(Integer.parseInt(given.getOrDefault("agreements", "1200")))
                .withLimits(limits(given.getOrDefault("limits", "documented")))
                .withMerchants(merchant(given))
                .withSettlement(settlement(given))
                .withBehaviour(Behaviour.seen()
                        .withModificationDelay(Duration.parse(given.getOrDefault("modification-delay", "PT0S")))
                        .withRepeatableDrafts(Boolean.parseBoolean(given.get("repeatable-drafts"))));
        return Optional.ofNullable(given.get("clock-start"))
                .map(start -> settings.withClockStart(Instant.parse(start)))
                .orElse(settings);
    }

    private static RateLimits limits(String name) {
        return switch (name) {
            case "documented" -> RateLimits.documented();
            case "lifted" -> RateLimits.lifted();
            default -> throw new IllegalArgumentException("--limits must be documented or lifted, not " + name);
        };
    }

    private static SettlementTerms settlement(Map<String, String> given) {
        SettlementTerms terms = SettlementTerms.usual().with(rhythm(given.getOrDefault("payouts", "daily")));
        SettlementTerms settled =
                switch (given.getOrDefault("settlement", "net")) {
                    case "net" -> terms;
                    case "gross" -> terms.withGross();
                    default -> throw new IllegalArgumentException("--settlement must be net or gross");
                };
        return Optional.ofNullable(given.get("accounting-keys"))
                .map(keys -> settled.with(accountingKeys(keys)))
                .orElse(settled);
    }

    private static SettlementTerms.Rhythm rhythm(String name) {
        return switch (name) {
            case "daily" -> SettlementTerms.Rhythm.DAILY;
            case "weekly" -> SettlementTerms.Rhythm.WEEKLY;
            case "monthly" -> SettlementTerms.Rhythm.MONTHLY;
            default -> throw new IllegalArgumentException("--payouts must be daily, weekly or monthly, not " + name);
        };
    }

    private static SettlementTerms.AccountingKeys accountingKeys(String idAndSecret) {
        String[] pair = idAndSecret.split(":", 2);
        if (pair.length < 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
            throw new IllegalArgumentException("--accounting-keys must be <id>:<secret>");
        }
        return new SettlementTerms.AccountingKeys(pair[0], pair[1]);
    }

    private static Merchant merchant(Map<String, String> given) {
        Merchant demo = Merchant.DEMO;
        Merchant.Feature[] features = Arrays.stream(
                        given.getOrDefault("features", "").split(","))
                .filter(name -> !name.isBlank())
                .map(name -> name.trim().toUpperCase(Locale.ROOT).replace('-', '_'))
                .map(Merchant.Feature::valueOf)
                .toArray(Merchant.Feature[]::new);
        return new Merchant(
                        demo.msn(),
                        demo.clientId(),
                        demo.clientSecret(),
                        demo.subscriptionKey(),
                        given.getOrDefault("currency", demo.currency()))
                .with(features);
    }
}
