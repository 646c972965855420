package org.chargebridge.settlement;

import java.util.Optional;
import org.chargebridge.ledger.SettlementDates.OpenDate;
import org.chargebridge.ledger.SettlementFeeds.Feed;

/**
 * One GET of the Report API.
 *
 * @param msn whose keys read
 * @param path of the request
 * @param query of the request, empty for none
 * @param about what it asks for
 */
public record SettlementCall(String msn, String path, String query, About about) {

    /** What is asked for. */
    public sealed interface About {

        /** The ledger that it asks about, if it asks about one. */
        Optional<String> ledgerId();
    }

    /** A page of the sales unit's ledgers. */
    public record Ledgers() implements About {
        @Override
        public Optional<String> ledgerId() {
            return Optional.empty();
        }
    }

    /** The next page of a feed. */
    public record NextPage(Feed feed) implements About {
        @Override
        public Optional<String> ledgerId() {
            return Optional.of(feed.ledgerId());
        }
    }

    /** A page of a day, to learn whether it is closed. */
    public record Day(OpenDate date) implements About {
        @Override
        public Optional<String> ledgerId() {
            return Optional.of(date.ledgerId());
        }
    }
}
