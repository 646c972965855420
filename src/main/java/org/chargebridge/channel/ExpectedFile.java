package org.chargebridge.channel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a channel's files come.
 *
 * @param schedule Quartz cron expressions in the channel's zone: by then one has come; empty where only numbers count
 * @param grace how much later it may come
 * @param bankDaysOnly whether none is expected on a day on which the market's banks are closed
 * @param sequence of names; its group is a number that goes up by one with each file
 */
public record ExpectedFile(List<String> schedule, Duration grace, boolean bankDaysOnly, Optional<Pattern> sequence) {}
