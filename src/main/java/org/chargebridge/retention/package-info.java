/**
 * Keeps what must be kept as long as it must, and deletes it then; erases what the ledger holds of a person. What the two
 * promises rest on - order ids, identities, amounts, states - is never deleted.
 */
package org.chargebridge.retention;
