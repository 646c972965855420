package org.chargebridge.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A status report's row: the changes assigned to it are its content.
 *
 * @param number runs without a gap for each channel, from 1
 * @param previous the number of the report before
 * @param cutOff changes up to here, business time
 */
public record StatusReport(long id, String channel, int number, Optional<Integer> previous, Instant cutOff) {}
