/**
 * Encrypts what must rest in the ledger and may be read there by nobody. The keys lie in a mounted file, never in the
 * ledger and never among the settings.
 */
package org.chargebridge.sealing;
