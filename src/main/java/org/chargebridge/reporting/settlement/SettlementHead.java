package org.chargebridge.reporting.settlement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.channel.Settlement;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.SettlementPayout;

/**
 * What a settlement report is about; amounts in minor units.
 *
 * @param name unique for each report of a channel, for example {@code settlement-visma-payout-12-20261203}: at most 60 of
 *     {@code [a-z0-9-]}
 * @param number runs without a gap for each channel and kind of period, from 1
 * @param previous the number of the report before
 * @param msn the channel's own sales unit, for lines that name none
 * @param firstDate the first ledger date that it covers
 * @param lastDate the last one
 * @param madeAt business time
 * @param zone the channel's, of times in files
 * @param owner whether this channel posts the ledger's payouts and fees; another one reads of them only
 * @param openingMinor the ledger's balance before the first line; 0 where the channel does not own the ledger
 * @param closingMinor the opening balance and all lines
 * @param count of the lines
 * @param sumMinor of the lines
 * @param payouts whose lines these are, in their order: the lines of a finished payout and the payout itself make zero
 * @param feesInvoiced whether the ledger's fees come on an invoice (gross settlement), as far as its last ones say; else they
 *     are taken from what is paid out
 * @param elsewhereMinor of a channel that does not own the ledger: what others have in these payouts; else 0
 */
public record SettlementHead(
        String name,
        long number,
        Optional<Long> previous,
        String channel,
        String msn,
        Settlement.Period period,
        LocalDate firstDate,
        LocalDate lastDate,
        Instant madeAt,
        ZoneId zone,
        SettlementLedger ledger,
        boolean owner,
        long openingMinor,
        long closingMinor,
        long count,
        long sumMinor,
        List<SettlementPayout> payouts,
        boolean feesInvoiced,
        long elsewhereMinor) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

    /** Each payout by its id; one that came back may be paid again under it. */
    Map<String, SettlementPayout> payoutsById() {
        return payouts.stream()
                .collect(Collectors.toMap(SettlementPayout::payoutId, Function.identity(), (first, again) -> again));
    }

    /** ISO 8601 with the offset of the channel's zone. */
    String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }
}
