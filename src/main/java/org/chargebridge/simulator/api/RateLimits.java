package org.chargebridge.simulator.api;

/**
 * Calls a minute on the simulator's clock; 0 lifts a limit.
 *
 * @param createPerMsn creations of a sales unit; a batch counts as one
 * @param unscheduledPerMsn of these, charges of type UNSCHEDULED
 * @param createPerKey single creations under one Idempotency-Key
 * @param chargePerCharge GET of one charge under its agreement
 * @param chargeById GET of charges by id alone, per sales unit
 * @param chargesPerAgreement listings of one agreement's charges
 * @param agreementPerAgreement GET of one agreement
 * @param agreementsPerMsn listings of a sales unit's agreements
 * @param modificationsPerCharge cancellations of one charge, and as many captures and refunds of it
 * @param draftsPerMsn agreements drafted by a sales unit
 * @param updatesPerAgreement changes of one agreement
 */
public record RateLimits(
        int createPerMsn,
        int unscheduledPerMsn,
        int createPerKey,
        int chargePerCharge,
        int chargeById,
        int chargesPerAgreement,
        int agreementPerAgreement,
        int agreementsPerMsn,
        int modificationsPerCharge,
        int draftsPerMsn,
        int updatesPerAgreement) {

    /** The limits that the API documents. */
    public static RateLimits documented() {
        return new RateLimits(500, 300, 2, 10, 100, 10, 120, 5, 5, 300, 5);
    }

    public static RateLimits lifted() {
        return new RateLimits(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    public RateLimits withUnscheduledPerMsn(int perMinute) {
        return Copies.with(this, "unscheduledPerMsn", perMinute);
    }

    public RateLimits withChargesPerAgreement(int perMinute) {
        return Copies.with(this, "chargesPerAgreement", perMinute);
    }

    public RateLimits withCreatePerMsn(int perMinute) {
        return Copies.with(this, "createPerMsn", perMinute);
    }
}
