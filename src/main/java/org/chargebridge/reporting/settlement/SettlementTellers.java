package org.chargebridge.reporting.settlement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.LedgerOwner;
import org.chargebridge.channel.Settlement;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.Settlements.Tellers;
import org.springframework.stereotype.Component;

/** Which channel tells what of a settlement ledger (MR27). */
@Component
class SettlementTellers {

    private final Channels channels;

    SettlementTellers(Channels channels) {
        this.channels = channels;
    }

    /** Who tells a ledger's entries; empty while no channel, or more than one, may own it. */
    Optional<Tellers> of(SettlementLedger ledger) {
        List<Channel> settling = LedgerOwner.settling(
                channels,
                ledger.salesUnits().stream()
                        .map(SettlementLedger.SalesUnit::msn)
                        .toList());
        return LedgerOwner.among(settling).map(owner -> new Tellers(owner.name(), reporting(), takers(settling)));
    }

    private Set<String> reporting() {
        return channels.all().stream()
                .filter(channel -> channel.settlement().isPresent())
                .map(Channel::name)
                .collect(Collectors.toSet());
    }

    private static Map<String, String> takers(List<Channel> settling) {
        Map<String, List<Channel>> byUnit = new HashMap<>();
        settling.forEach(channel -> byUnit.computeIfAbsent(channel.msn(), unused -> new ArrayList<>())
                .add(channel));
        Map<String, String> takers = new HashMap<>();
        byUnit.forEach((msn, of) -> of.stream()
                .filter(channel ->
                        channel.settlement().flatMap(Settlement::unknownEntries).orElse(of.size() == 1))
                .findFirst()
                .ifPresent(channel -> takers.put(msn, channel.name())));
        return takers;
    }
}
