package org.chargebridge.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Channels that share a sales unit say which of them posts what belongs to neither (MR27). */
final class SettlementSharing {

    private SettlementSharing() {}

    static void check(List<Channel> channels, List<SettingProblem> problems) {
        Map<String, List<Channel>> byUnit = channels.stream()
                .filter(channel -> channel.settlement().isPresent())
                .collect(Collectors.groupingBy(Channel::msn, TreeMap::new, Collectors.toList()));
        byUnit.forEach((msn, sharing) -> {
            if (sharing.size() > 1) {
                one(sharing, "ledger-owner", Settlement::owner, "books the payouts and fees", problems);
                one(
                        sharing,
                        "unknown-entries",
                        Settlement::unknownEntries,
                        "takes what belongs to no charge of theirs",
                        problems);
            }
        });
    }

    private static void one(
            List<Channel> sharing,
            String setting,
            Function<Settlement, Optional<Boolean>> value,
            String what,
            List<SettingProblem> problems) {
        long chosen = sharing.stream()
                .filter(channel -> channel.settlement().flatMap(value).orElse(false))
                .count();
        if (chosen != 1) {
            String names = sharing.stream().map(Channel::name).collect(Collectors.joining(", "));
            problems.add(SettingProblem.missing(
                    "chargebridge.channels." + sharing.get(0).name() + ".settlement." + setting,
                    "The channels " + names + " share a sales unit: set it to true for the one that " + what
                            + ", and for no other."));
        }
    }
}
