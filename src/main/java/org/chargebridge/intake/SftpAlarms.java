package org.chargebridge.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.alarm.AlarmSettings;
import org.chargebridge.alarm.AlarmSource;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.springframework.stereotype.Component;

/** SFTP servers as the polls of this node find them: a changed key and a refused login at once, the rest after a while. */
@Component
class SftpAlarms implements AlarmSource {

    private final ChannelPolls polls;
    private final Channels channels;
    private final AlarmSettings settings;

    SftpAlarms(ChannelPolls polls, Channels channels, AlarmSettings settings) {
        this.polls = polls;
        this.channels = channels;
        this.settings = settings;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        for (Channel channel : channels.all()) {
            ChannelPoll poll = polls.of(channel.name());
            poll.failing().flatMap(failing -> of(channel, failing)).ifPresent(holding::add);
            poll.refusedNames()
                    .forEach(name -> holding.add(
                            Finding.of(Kind.FILE_NAME_REFUSED, channel.name() + "/" + name, name, channel.name())
                                    .at(channel.name())
                                    .named(name)));
        }
        return holding;
    }

    private Optional<Finding> of(Channel channel, ChannelPoll.Failing failing) {
        String name = channel.name();
        return switch (failing.kind()) {
            case HOST_KEY ->
                Optional.of(Finding.of(Kind.HOST_KEY_CHANGED, name, name).at(name));
            case LOGIN ->
                Optional.of(Finding.of(Kind.SFTP_LOGIN_REFUSED, name, name).at(name));
            case OTHER ->
                failing.since().compareTo(settings.failsFor()) < 0
                        ? Optional.empty()
                        : Optional.of(Finding.of(
                                        Kind.SFTP_FAILS,
                                        name,
                                        name,
                                        settings.failsFor().toMinutes(),
                                        LogText.of(failing.why()))
                                .at(name));
        };
    }

    @Override
    public boolean isOfThisNode() {
        return true;
    }
}
