/**
 * Settlement reports: what a payout is made of, tied to the invoices it came from, and one writer for each format it is
 * handed out in.
 */
package org.chargebridge.reporting.settlement;
