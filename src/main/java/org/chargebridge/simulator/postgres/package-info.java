/**
 * A real PostgreSQL for the demo, from Maven Central's binaries, with its durability switched on. It survives its
 * parent being killed: a postmaster left over from a killed demo is stopped before a new one starts.
 */
package org.chargebridge.simulator.postgres;
