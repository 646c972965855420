package org.chargebridge.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Agreements that customers accepted and no mapping file names yet. Every method works in the caller's transaction. */
@Repository
public class AcceptedDrafts {

    /** Accepted agreements that make one mapping file; {@code id} names it. */
    public record Accepted(String channel, String msn, String id, List<Mapped> rows) {}

    /** A customer and the agreement that pays from now on. */
    public record Mapped(String customerNumber, String agreementId, String currency) {}

    private final JdbcClient jdbc;

    public AcceptedDrafts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next mapping file that is not recorded yet: rows once gathered stay together.
     *
     * @param channels that are set up here: what others accepted waits for them, and keeps nothing from these
     */
    public Optional<Accepted> nextAccepted(Collection<String> channels) {
        String[] names = channels.toArray(String[]::new);
        jdbc.sql(
                        """
                        update draft d set mapped_in = first.channel || '-' || first.file_id || '-' || first.position
                        from (select channel, file_id, position from draft
                              where state = 'ACTIVE' and mapped_at is null and mapped_in is null
                                and channel = any(:channels)
                              order by file_id, position limit 1) first
                        where d.channel = first.channel and d.state = 'ACTIVE' and d.mapped_at is null
                          and d.mapped_in is null
                        """)
                .param("channels", names)
                .update();
        return jdbc.sql(
                        """
                        select channel, msn, mapped_in from draft
                        where state = 'ACTIVE' and mapped_at is null and mapped_in is not null
                          and channel = any(:channels)
                        order by file_id, position limit 1
                        """)
                .param("channels", names)
                .query((row, n) -> new Accepted(
                        row.getString("channel"), row.getString("msn"), row.getString("mapped_in"), List.of()))
                .optional()
                .map(file -> new Accepted(file.channel(), file.msn(), file.id(), mapped(file.id())));
    }

    private List<Mapped> mapped(String id) {
        return jdbc.sql(
                        """
                        select coalesce(nullif(o.customer_number, ''), d.external_id) as customer, d.agreement_id, o.currency
                        from draft d join operation o on o.file_id = d.file_id and o.position = d.position
                        where d.mapped_in = :id order by d.file_id, d.position
                        """)
                .param("id", id)
                .query((row, n) ->
                        new Mapped(row.getString("customer"), row.getString("agreement_id"), row.getString("currency")))
                .list();
    }

    /** The mapping file is recorded. */
    public void mapped(String id, Instant at) {
        jdbc.sql("update draft set mapped_at = :at where mapped_in = :id")
                .param("at", SqlTime.of(at))
                .param("id", id)
                .update();
    }
}
