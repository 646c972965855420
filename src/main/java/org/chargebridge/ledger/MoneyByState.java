package org.chargebridge.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How much is in which state, of all charges that came in files since some day. Reads each of them: a second a million. */
@Repository
public class MoneyByState {

    /**
     * A state's charges in one currency.
     *
     * @param state WAITING, SENDING or SENT where nothing is known beyond our own requests, else the API's or our own
     * @param sumMinor in minor units
     */
    public record Sum(String currency, String state, long lines, BigDecimal sumMinor) {}

    private final JdbcClient jdbc;

    public MoneyByState(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Sums of the files recorded since then, by currency and state. */
    public List<Sum> since(Instant recorded) {
        return jdbc.sql(
                        """
                        select currency, standing, count(*) as lines, sum(amount_minor) as sum_minor from (
                            select i.currency, i.amount_minor, coalesce(c.status,
                        """
                                + LedgerColumns.UNSEEN
                                + """
                                ) as standing
                            from inbound_file f
                            join instruction i on i.file_id = f.id and i.action = 'CHARGE' and not i.replaced
                            left join charge c on c.file_id = i.file_id and c.position = i.position
                            left join lateral (select dispatch_id from block r
                                where c.file_id is null and r.file_id = i.file_id
                                  and i.position between r.first_position and r.last_position
                                order by r.first_position desc limit 1) b on true
                            left join dispatch d on d.id = b.dispatch_id
                            where f.recorded_at >= :recorded) standing
                        group by currency, standing order by currency, sum(amount_minor) desc
                        """)
                .param("recorded", SqlTime.of(recorded))
                .query((row, number) -> new Sum(
                        row.getString("currency"),
                        row.getString("standing"),
                        row.getLong("lines"),
                        row.getBigDecimal("sum_minor")))
                .list();
    }
}
