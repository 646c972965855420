/**
 * The Recurring API as its documentation describes it, v3 and v2 over it: token, agreements, charges, webhooks,
 * idempotency, rate limits and processing of due charges on a clock that can be moved. All state follows from an
 * append-only log and is rebuilt from it at start.
 */
package org.chargebridge.simulator.api;
