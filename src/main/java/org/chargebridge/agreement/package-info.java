/**
 * Which agreement pays an invoice: an agreement id in the line itself, or the mapping table that the ERP sends.
 * {@link org.chargebridge.agreement.Agreements} answers for many lines at once.
 */
package org.chargebridge.agreement;
