/**
 * What stands of the ledger in metrics, asked for once a scrape, and counters that are there before they count. What a room
 * counts as it works stands in that room; docs/operating/metrics.md lists all.
 */
package org.chargebridge.metrics;
