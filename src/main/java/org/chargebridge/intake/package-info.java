/**
 * A file arrives: it is spooled, read, judged line by line and recorded in one transaction, with its answers. The
 * routes call {@link org.chargebridge.intake.Intake}; nothing here sends anything.
 */
package org.chargebridge.intake;
