package org.chargebridge.console;

/** Money, as it stands in a fact. @param minor in minor units, signed where it may flow either way */
public record Amount(long minor, String currency) {}
