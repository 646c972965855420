package org.chargebridge.simulator.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An agreement with the charges made on it, in order of creation. */
final class AgreementAccount {

    private final List<Charge> charges = new ArrayList<>(2);
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
    }

    /** LEGACY counts all charges due in one interval; VARIABLE each charge for itself. */
    boolean exceedsCeiling(int amount, LocalDate due) {
        return asked(due) + amount > agreement.ceiling();
    }

    /** What customers are asked for in the interval of that day already; nothing where no interval is agreed. */
    private long asked(LocalDate due) {
        Optional<Terms.Interval> interval =
                Optional.ofNullable(agreement.termsOrDemo().interval());
        if (agreement.pricing() != Agreement.Pricing.LEGACY || interval.isEmpty()) {
            return 0;
        }
        LocalDate start = LocalDate.parse(agreement.termsOrDemo().created().substring(0, 10));
        long wanted = interval.get().number(start, due);
        return charges.stream()
                .filter(charge -> charge.type() != ChargeType.INITIAL)
                .filter(charge -> charge.status() != ChargeStatus.CANCELLED && charge.status() != ChargeStatus.FAILED)
                .filter(charge -> interval.get().number(start, charge.due()) == wanted)
                .mapToLong(Charge::amount)
                .sum();
    }
}
