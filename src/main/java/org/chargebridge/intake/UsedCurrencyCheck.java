package org.chargebridge.intake;

import java.util.List;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SettingProblem;
import org.chargebridge.ledger.InboundFiles;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Refuses to start where a sales unit's currency was changed after use: a charge carries none, so that the API would take
 * amounts in that of the agreement while receipts and reports say another (MR3).
 */
@Component
class UsedCurrencyCheck implements SmartInitializingSingleton {

    private final Channels channels;
    private final InboundFiles files;

    UsedCurrencyCheck(Channels channels, InboundFiles files) {
        this.channels = channels;
        this.files = files;
    }

    /** @throws InvalidSettingsException naming the setting, its value, and the one to restore */
    @Override
    public void afterSingletonsInstantiated() {
        List<SettingProblem> problems = channels.salesUnits().stream()
                .flatMap(unit -> files
                        .currencyUsed(unit.msn())
                        .filter(used -> !used.equals(unit.currency().name()))
                        .map(used -> problem(unit, used))
                        .stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static SettingProblem problem(SalesUnit unit, String used) {
        return SettingProblem.wrong(
                "currency of sales unit " + unit.msn() + " (chargebridge.sales-units)",
                unit.currency().name(),
                "its charges were recorded in " + used + ", and a charge is taken in the currency of its agreement",
                "Set it back to " + used + ". Another currency is another sales unit.");
    }
}
