/**
 * Which agreement pays an invoice: an agreement id in the line itself, or the mapping table that the ERP sends.
 * {@link org.chargebridge.agreement.Agreements} answers for many lines at once. How agreements stand at the API is
 * followed here, too, and what has to happen when one ends.
 */
package org.chargebridge.agreement;
