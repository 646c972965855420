/**
 * The Recurring API v3 as its documentation describes it: token, agreements, charges, what is done to them, webhooks,
 * idempotency, rate limits and processing of due charges on a clock that can be moved. All state follows from an
 * append-only log and is rebuilt from it at start.
 */
package org.chargebridge.simulator.api;
