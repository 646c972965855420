/**
 * What goes back to the ERP: receipts, errors files and status reports, rendered from the ledger into outbound files in
 * the transaction that accounts for them. Delivering them is another room's work.
 */
package org.chargebridge.reporting;
