/**
 * One writer for each format of the files that go back. A writer knows characters and columns and nothing of what they
 * mean.
 */
package org.chargebridge.reporting.format;
