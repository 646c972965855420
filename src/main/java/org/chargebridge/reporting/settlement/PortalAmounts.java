package org.chargebridge.reporting.settlement;

import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementGroup;

/**
 * An amount in the columns of the portal's reports, minor units: gross is capture and refund, net is gross less fee. What
 * these reports have no column for stands as captured where it is above zero and as refunded where it is below, so that net
 * is the sum of all.
 *
 * @param capture zero or more
 * @param refund zero or less
 * @param fee zero or more
 */
record PortalAmounts(long capture, long refund, long fee) {

    static final PortalAmounts NONE = new PortalAmounts(0, 0, 0);

    static PortalAmounts of(SettledLine line) {
        return of(line.type(), line.amountMinor());
    }

    static PortalAmounts of(SettlementGroup group) {
        return of(group.type(), group.sumMinor());
    }

    private static PortalAmounts of(EntryType type, long amountMinor) {
        if (amountMinor >= 0) {
            return new PortalAmounts(amountMinor, 0, 0);
        }
        return type.isFee()
                ? new PortalAmounts(0, 0, Math.negateExact(amountMinor))
                : new PortalAmounts(0, amountMinor, 0);
    }

    long gross() {
        return Math.addExact(capture, refund);
    }

    long net() {
        return Math.subtractExact(gross(), fee);
    }

    PortalAmounts plus(PortalAmounts other) {
        return new PortalAmounts(
                Math.addExact(capture, other.capture),
                Math.addExact(refund, other.refund),
                Math.addExact(fee, other.fee));
    }
}
