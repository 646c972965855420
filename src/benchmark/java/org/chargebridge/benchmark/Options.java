package org.chargebridge.benchmark;

import java.util.List;

/**
 * What to measure, given as system properties.
 *
 * @param scenarios by name; {@code all} for every one
 * @param repetitions of what is compared with rivals and of the file of {@code lines}, after a first that does not count; the median counts
 * @param lines of the file that most scenarios send
 * @param manyLines of the large file
 */
record Options(List<String> scenarios, int repetitions, int lines, int manyLines) {

    static Options fromSystem() {
        return new Options(
                List.of(System.getProperty("scenarios", "all").split(",")),
                Integer.getInteger("repetitions", 5),
                Integer.getInteger("lines", 100_000),
                Integer.getInteger("manyLines", 1_000_000));
    }

    boolean wants(String scenario) {
        return scenarios.contains("all") || scenarios.contains(scenario);
    }
}
