package org.chargebridge.simulator.api;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agreement with the charges made on it, in order of creation. */
final class AgreementAccount {

    private final List<Charge> charges = new ArrayList<>(2);
    private final Map<YearMonth, Long> askedPerMonth = new HashMap<>(2);
    private final List<AgreementEvent> history = new ArrayList<>(0);
    private Agreement agreement;

    AgreementAccount(Agreement agreement) {
        this.agreement = agreement;
    }

    Agreement agreement() {
        return agreement;
    }

    void replace(Agreement newer) {
        agreement = newer;
    }

    /** What happened to it; nothing for one that was seeded. */
    List<AgreementEvent> history() {
        return history;
    }

    void happened(AgreementEvent event) {
        history.add(event);
    }

    /** The charge that is paid when the agreement is accepted. */
    Optional<Charge> initialCharge() {
        return charges.stream()
                .filter(charge -> charge.type() == ChargeType.INITIAL)
                .findFirst();
    }

    List<Charge> charges() {
        return charges;
    }

    void add(Charge charge) {
        charges.add(charge);
        if (agreement.pricing() == Agreement.Pricing.LEGACY && charge.type() != ChargeType.INITIAL) {
            askedPerMonth.merge(YearMonth.from(charge.due()), (long) charge.amount(), Long::sum);
        }
    }

    /** LEGACY counts cumulatively, by the month the charges are due in; VARIABLE each charge for itself. */
    boolean exceedsCeiling(int amount, YearMonth month) {
        long asked = agreement.pricing() == Agreement.Pricing.LEGACY ? askedPerMonth.getOrDefault(month, 0L) : 0;
        return asked + amount > agreement.ceiling();
    }
}
