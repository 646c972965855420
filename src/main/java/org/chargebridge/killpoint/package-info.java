/**
 * Named places in the code at which a test can kill the process, one before and after every durable step.
 * It does nothing unless it is armed, and no gateway that talks to the real API can be started armed.
 */
package org.chargebridge.killpoint;
