/**
 * Hands each file's way from its arrival to its report to a collector of OpenTelemetry traces, where one is set. It is read
 * from the ledger, so that a trace goes on across restarts and nodes, and the work itself is not slowed down.
 */
package org.chargebridge.tracing;
