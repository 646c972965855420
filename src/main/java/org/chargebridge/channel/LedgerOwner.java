package org.chargebridge.channel;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which channel posts the payouts and fees of a settlement ledger (MR27). */
public final class LedgerOwner {

    private LedgerOwner() {}

    /** The channels with settlement reports whose sales units settle on a ledger. */
    public static List<Channel> settling(Channels channels, Collection<String> msns) {
        return channels.all().stream()
                .filter(channel -> channel.settlement().isPresent() && msns.contains(channel.msn()))
                .toList();
    }

    /** Whether no channel has a sales unit on a ledger any more; one that has and wants no reports means that. */
    public static boolean isAbandoned(Channels channels, Collection<String> msns) {
        return channels.all().stream().noneMatch(channel -> msns.contains(channel.msn()));
    }

    /** Whether channels with settlement reports settle on a ledger, and it is not said which of them is its owner. */
    public static boolean isMissing(Channels channels, Collection<String> msns) {
        List<Channel> settling = settling(channels, msns);
        return !settling.isEmpty() && among(settling).isEmpty();
    }

    /** Whether a sales unit is left whose keys read a ledger. */
    public static boolean isRead(Channels channels, Collection<String> msns) {
        return msns.stream().anyMatch(channels::hasSalesUnit);
    }

    /**
     * The owner among them: the only one, unless it says that it is none, or the one that says so.
     *
     * @return empty where none or more than one says so
     */
    public static Optional<Channel> among(List<Channel> settling) {
        List<Channel> owners = settling.stream()
                .filter(channel ->
                        channel.settlement().flatMap(Settlement::owner).orElse(settling.size() == 1))
                .toList();
        return owners.size() == 1 ? Optional.of(owners.get(0)) : Optional.empty();
    }
}
