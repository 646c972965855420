/**
 * Checks on a schedule that what must hold in the ledger does hold, and tells when it does not.
 * What that is stands in the ledger's views; this room asks, and it changes nothing that it asks about.
 */
package org.chargebridge.invariant;
