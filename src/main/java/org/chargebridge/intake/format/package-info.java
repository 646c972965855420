/**
 * One reader per file format: what an ERP wrote becomes records with named fields, and nothing is judged here but
 * whether
 * the file can be read. A new format is one class that implements {@link org.chargebridge.intake.format.InvoiceReader}.
 */
package org.chargebridge.intake.format;
