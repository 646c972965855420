package org.chargebridge.ledger;

import java.time.LocalDate;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What reports of a channel, ledger and kind of period begin with, written down by the first of them: what was in its
 * opening balance is never told, and all that was read later is, however old it is and whatever becomes of the settings.
 */
final class SettlementOpenings {

    /**
     * @param from no older entry is told, of those read before the first report
     * @param fundsRead entries read before the first report; where that tells a payout, those up to it, for what comes behind
     *     a payout is no part of the balance that it leaves
     * @param feesRead the same of fees
     * @param balanceMinor what older entries make, and what the feed began with
     */
    record Opening(LocalDate from, long fundsRead, long feesRead, long balanceMinor) {}

    private final JdbcClient jdbc;

    SettlementOpenings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param from the first day to tell, as it is set when the first report is made
     * @param payoutNumber the payout that it tells
     */
    Opening of(String channel, String ledgerId, String period, LocalDate from, OptionalLong payoutNumber) {
        // In one statement, so that the balance is that of the entries counted. Of fees that were not read to their end
        // it is not known which are new; old ones explain nothing that was told.
        jdbc.sql(
                        """
                        insert into settlement_opening (channel, ledger_id, period, from_date, funds_read, fees_read,
                            balance_minor)
                        select :channel, :ledgerId, :period, :from,
                            (select coalesce(max(number), 0) from settlement_entry
                             where ledger_id = :ledgerId and topic = 'FUNDS' and number <= :through),
                            (select case when complete_at is null then :all else last_number end from settlement_feed
                             where ledger_id = :ledgerId and topic = 'FEES'),
                            coalesce((select balance_before from settlement_entry
                               where ledger_id = :ledgerId and topic = 'FUNDS' and number = 1), 0)
                            + coalesce((select sum(amount_minor) from settlement_entry
                               where ledger_id = :ledgerId and topic = 'FUNDS' and ledger_date < :from
                                 and number <= :through), 0)
                        where not exists (select 1 from settlement_opening
                            where channel = :channel and ledger_id = :ledgerId and period = :period)
                        """)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("period", period)
                .param("from", from)
                .param("all", Long.MAX_VALUE)
                .param("through", payoutNumber.orElse(Long.MAX_VALUE))
                .update();
        return jdbc.sql(
                        """
                        select * from settlement_opening
                        where channel = :channel and ledger_id = :ledgerId and period = :period
                        """)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("period", period)
                .query((row, number) -> new Opening(
                        row.getObject("from_date", LocalDate.class),
                        row.getLong("funds_read"),
                        row.getLong("fees_read"),
                        row.getLong("balance_minor")))
                .single();
    }
}
