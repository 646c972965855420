package org.chargebridge.submission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SendingSettings;
import org.springframework.stereotype.Component;

/**
 * How many senders of this node are at work for each sales unit, queued ones included: a sales unit that hangs holds its
 * own places and nobody else's. Places only bound this process; what may be sent is decided in the ledger.
 */
@Component("senders")
public class Senders {

    private final Channels channels;
    private final int places;
    private final Map<String, Integer> atWork = new HashMap<>();

    Senders(Channels channels, SendingSettings settings) {
        this.channels = channels;
        this.places = settings.concurrentRequests();
    }

    /** The sales units that have a place free, each of them taken now; {@link #done} gives it back. */
    public synchronized List<String> wake() {
        return channels.salesUnits().stream()
                .map(SalesUnit::msn)
                .filter(this::take)
                .toList();
    }

    /** The sales unit once more where it has a place free, which is taken now; else nothing. */
    public synchronized List<String> another(String msn) {
        return take(msn) ? List.of(msn) : List.of();
    }

    /**
     * Gives a place back.
     *
     * @param failure what broke the sender off, thrown again; null where nothing did
     */
    public void done(String msn, Exception failure) throws Exception {
        synchronized (this) {
            atWork.merge(msn, -1, Integer::sum);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean take(String msn) {
        int now = atWork.getOrDefault(msn, 0);
        if (now >= places) {
            return false;
        }
        atWork.put(msn, now + 1);
        return true;
    }
}
