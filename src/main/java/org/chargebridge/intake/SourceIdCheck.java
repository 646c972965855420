package org.chargebridge.intake;

import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.chargebridge.ledger.InboundFiles;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Refuses to start where a channel's source id was changed after use: every document would get another identity (MR1).
 */
@Component
class SourceIdCheck implements SmartInitializingSingleton {

    private final Channels channels;
    private final InboundFiles files;

    SourceIdCheck(Channels channels, InboundFiles files) {
        this.channels = channels;
        this.files = files;
    }

    @Override
    public void afterSingletonsInstantiated() {
        channels.all()
                .forEach(channel -> files.boundSource(channel.name()).ifPresent(bound -> requireSame(channel, bound)));
    }

    /** @throws InvalidSettingsException naming the setting, its value, and the one to restore */
    static void requireSame(Channel channel, String bound) {
        if (!bound.equals(channel.sourceId())) {
            throw new InvalidSettingsException(List.of(SettingProblem.wrong(
                    "chargebridge.channels." + channel.name() + ".source-id",
                    channel.sourceId(),
                    "the channel has recorded documents under " + bound
                            + ", and with another one every document would be charged anew",
                    "Set it back to " + bound + ", or give another ERP company a channel of its own.")));
        }
    }
}
