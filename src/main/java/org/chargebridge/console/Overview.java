package org.chargebridge.console;

import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.ChannelStandings;
import org.springframework.stereotype.Service;

/** Today at a glance. */
@Service
public class Overview {

    private final Channels channels;
    private final ChannelStandings standings;

    Overview(Channels channels, ChannelStandings standings) {
        this.channels = channels;
        this.standings = standings;
    }

    /** How each channel stands, by name. */
    public List<ChannelStandings.Standing> channels() {
        return standings.of(channels.all().stream().map(Channel::name).sorted().toList());
    }
}
