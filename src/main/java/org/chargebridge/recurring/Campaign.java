package org.chargebridge.recurring;

import java.time.Instant;
import java.util.Objects;
import org.chargebridge.charge.MinorUnits;

/** A lower price for a while, told to the customer only: what is charged stays the ERP's. For fixed prices only. */
public sealed interface Campaign {

    /** In minor units, 0 for free. */
    long priceMinor();

    /** Until a moment. */
    record Price(long priceMinor, Instant end) implements Campaign {

        public Price {
            requirePrice(priceMinor);
            Objects.requireNonNull(end, "end");
        }
    }

    /** For a time from acceptance. */
    record Period(long priceMinor, TimePeriod period) implements Campaign {

        public Period {
            requirePrice(priceMinor);
            Objects.requireNonNull(period, "period");
        }
    }

    /** Until an event, whose name the customer reads. */
    record Event(long priceMinor, Instant eventDate, String eventText) implements Campaign {

        public Event {
            requirePrice(priceMinor);
            Objects.requireNonNull(eventDate, "eventDate");
            Objects.requireNonNull(eventText, "eventText");
        }
    }

    private static void requirePrice(long priceMinor) {
        if (priceMinor < 0 || priceMinor > MinorUnits.CHARGE_MAX) {
            throw new IllegalArgumentException("a campaign's price is 0 to 2147483647 minor units: " + priceMinor);
        }
    }
}
