/**
 * Business time: the one clock that due dates, next checks and report periods are read from. It is this machine's, or
 * follows a simulator's in the demo and in tests (ER13).
 */
package org.chargebridge.clock;
