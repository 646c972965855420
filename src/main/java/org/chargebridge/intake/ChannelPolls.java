package org.chargebridge.intake;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.sftp.SftpLogin;
import org.springframework.stereotype.Component;

/** The polls of every channel on this node. */
@Component
public class ChannelPolls {

    private final Map<String, ChannelPoll> polls = new LinkedHashMap<>();

    public ChannelPolls(Channels channels, MeterRegistry metrics) {
        SftpLogin.limitTries();
        for (Channel channel : channels.all()) {
            polls.put(channel.name(), new ChannelPoll(channel, System::nanoTime, metrics));
        }
    }

    /** @throws IllegalArgumentException for a channel that is not configured */
    public ChannelPoll of(String channel) {
        ChannelPoll poll = polls.get(channel);
        if (poll == null) {
            throw new IllegalArgumentException("no channel named " + channel);
        }
        return poll;
    }
}
