/**
 * Takes in what was settled and paid out: reads settlement ledgers of the Report API, checks their balances and finds the
 * charges behind their entries. Making reports of it is another room's work.
 */
package org.chargebridge.settlement;
