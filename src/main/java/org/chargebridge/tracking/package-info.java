/**
 * From the API's state to the ledger's: what to look up next and when, and what each answer changes. A charge is looked
 * up when something can have changed, never all of them every time.
 */
package org.chargebridge.tracking;
