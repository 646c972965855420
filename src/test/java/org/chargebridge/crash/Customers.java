package org.chargebridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** People who are offered agreements by the addresses that came back: some accept, some decline, some never answer. */
final class Customers {

    private static final Pattern OFFERED = Pattern.compile(";(agr_[A-Za-z0-9]+);");

    private final World world;
    private final Random random;
    private final Set<String> asked = new HashSet<>();

    Customers(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** Those who were not asked before make up their minds. */
    void answer() {
        for (String agreement : offered()) {
            int lot = random.nextInt(4);
            if (asked.add(agreement) && lot > 0) {
                boolean inTime = world.simulator().customer(agreement, lot > 1);
                Progress.say("  a customer " + (lot > 1 ? "accepts " : "declines ") + agreement
                        + (inTime ? "" : ", too late"));
            }
        }
    }

    private List<String> offered() {
        return World.names(world.in()).stream()
                .filter(name -> name.startsWith("drafts-"))
                .flatMap(name -> {
                    try {
                        return OFFERED.matcher(Files.readString(world.in().resolve(name)))
                                .results();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .map(found -> found.group(1))
                .toList();
    }
}
