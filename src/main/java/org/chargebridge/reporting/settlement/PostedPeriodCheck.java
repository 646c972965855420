package org.chargebridge.reporting.settlement;

import java.util.List;
import java.util.Locale;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.chargebridge.channel.Settlement;
import org.chargebridge.ledger.Settlements;
import org.chargebridge.ledger.Settlements.Posted;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Refuses to start where a channel would post by another kind of period than before: days and payouts do not end together,
 * and what was posted by the one would be posted once more by the other (MR26).
 */
@Component
class PostedPeriodCheck implements SmartInitializingSingleton {

    private final Channels channels;
    private final Settlements settlements;

    PostedPeriodCheck(Channels channels, Settlements settlements) {
        this.channels = channels;
        this.settlements = settlements;
    }

    /** @throws InvalidSettingsException naming the setting, its value, and the one to restore */
    @Override
    public void afterSingletonsInstantiated() {
        List<SettingProblem> problems = channels.all().stream()
                .flatMap(channel -> channel.settlement().stream()
                        .flatMap(settings -> settlements.lastPosted(channel.name()).stream()
                                .filter(posted -> !posted.period()
                                        .equals(settings.posting().period().name()))
                                .map(posted -> problem(channel, settings, posted))))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static SettingProblem problem(Channel channel, Settlement settings, Posted posted) {
        String before = posted.period().toLowerCase(Locale.ROOT);
        return SettingProblem.wrong(
                "chargebridge.channels." + channel.name() + ".settlement.period",
                settings.posting().period().word(),
                "reports by " + before + " were posted up to " + posted.lastDate()
                        + ", and what stands in them would be posted again",
                "Set it back to " + before
                        + ". To post by another from now on, take the block settlement out of this channel"
                        + " and give it to a further one: docs/operating/changing-settings.md.");
    }
}
