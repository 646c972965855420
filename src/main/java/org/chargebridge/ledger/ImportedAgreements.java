package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lines on agreements that an import found wait until it is known what those were charged elsewhere (MR21). Every method
 * works in the caller's transaction.
 */
@Repository
public class ImportedAgreements {

    /** Whether a block from {@code :first} to {@code :last} of the file holds such a line. */
    static final String NEED_CHECK =
            """
            exists (select 1 from agreement where msn = :msn and imported)
            and exists (
                select 1 from instruction i
                join agreement a on a.msn = i.msn and a.agreement_id = i.agreement_id
                where i.file_id = :fileId and i.position between :first and :last and a.imported
                  and (a.charges_listed_at is null or exists (
                      select 1 from foreign_charge f where f.msn = a.msn and f.agreement_id = a.agreement_id)))
            """;

    /** An agreement whose charges are to be listed; the token says where a list goes on. */
    public record Unlisted(String agreementId, Optional<String> token) {}

    /** A charge of the agreement that is open or collected and not ours; amount in minor units. */
    public record Foreign(
            String chargeId, Optional<String> externalId, long amountMinor, Optional<LocalDate> due, String status) {}

    /** A line that may be a second charge for the same, and the charge that is there. */
    public record Clash(QueuedLine line, String chargeId, String status) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public ImportedAgreements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Blocks that wait, earliest due first. */
    public List<Long> waiting(String msn, int limit) {
        return jdbc.sql(
                        """
                        select id from block where msn = :msn and dispatch_id is null and check_agreements
                        order by earliest_due, id limit :limit
                        """)
                .param("msn", msn)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** Agreements of a block's lines whose charges are not known. */
    public List<Unlisted> unlisted(long blockId, int limit) {
        return jdbc.sql(
                        """
                        select distinct a.agreement_id, a.list_token
                        from block b
                        join instruction i on i.file_id = b.file_id
                            and i.position between b.first_position and b.last_position
                        join agreement a on a.msn = i.msn and a.agreement_id = i.agreement_id
                        where b.id = :block and a.imported and a.charges_listed_at is null
                          and (a.list_next_at is null or a.list_next_at <= :now)
                        order by a.agreement_id limit :limit
                        """)
                .param("block", blockId)
                .param("now", SqlTime.of(clock.instant()))
                .param("limit", limit)
                .query((row, n) ->
                        new Unlisted(row.getString("agreement_id"), Optional.ofNullable(row.getString("list_token"))))
                .list();
    }

    /** Those of these charges that are lines of ours. */
    public Set<String> ours(String msn, Collection<String> chargeIds) {
        // One select for each of the two indexes: the whole table would be read by one for both.
        return new HashSet<>(jdbc.sql(
                        """
                        select order_id from instruction where msn = :msn and order_id = any(:ids) and not replaced
                        union
                        select order_id from instruction where msn = :msn and order_id = any(:ids) and replaced
                        """)
                .param("msn", msn)
                .param("ids", chargeIds.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /**
     * Records a part of the list of an agreement's charges.
     *
     * @param next where the list goes on; empty where this was the end
     */
    public void listed(String msn, String agreementId, List<Foreign> charges, Optional<String> next) {
        for (Foreign charge : charges) {
            jdbc.sql(
                            """
                            insert into foreign_charge (msn, agreement_id, charge_id, external_id, amount_minor, due, status)
                            values (:msn, :agreement, :charge, :externalId, :amount, :due, :status)
                            on conflict (msn, agreement_id, charge_id) do update set status = excluded.status
                            """)
                    .param("msn", msn)
                    .param("agreement", agreementId)
                    .param("charge", charge.chargeId())
                    .param("externalId", charge.externalId().orElse(null))
                    .param("amount", charge.amountMinor())
                    .param("due", charge.due().orElse(null))
                    .param("status", charge.status())
                    .update();
        }
        jdbc.sql(
                        """
                        update agreement
                        set list_token = :token, list_next_at = null,
                            charges_listed_at = case when :end then cast(:now as timestamptz) end
                        where msn = :msn and agreement_id = :agreement
                        """)
                .param("token", next.orElse(null))
                .param("end", next.isEmpty())
                .param("now", SqlTime.of(clock.instant()))
                .param("msn", msn)
                .param("agreement", agreementId)
                .update();
    }

    /** The list goes on then, from where it was or anew. */
    public void postpone(String msn, String agreementId, Instant until, boolean anew) {
        jdbc.sql(
                        """
                        update agreement set list_next_at = :until, list_token = case when :anew then null else list_token end
                        where msn = :msn and agreement_id = :agreement
                        """)
                .param("until", SqlTime.of(until))
                .param("anew", anew)
                .param("msn", msn)
                .param("agreement", agreementId)
                .update();
    }

    /** Whether every list that a block waits for is complete. */
    public boolean isKnown(long blockId) {
        return jdbc.sql(
                        """
                        select not exists (
                            select 1 from block b
                            join instruction i on i.file_id = b.file_id
                                and i.position between b.first_position and b.last_position
                            join agreement a on a.msn = i.msn and a.agreement_id = i.agreement_id
                            where b.id = :block and a.imported and a.charges_listed_at is null)
                        """)
                .param("block", blockId)
                .query(Boolean.class)
                .single();
    }

    /** Lines of a block with the same external id as a charge that is there, or the same amount due within a week. */
    public List<Clash> clashes(long blockId) {
        return jdbc.sql(
                        """
                        select distinct on (i.position) i.file_id, i.position, b.channel, i.order_id, i.agreement_id,
                            i.amount_minor, i.description, i.requested_due, i.effective_due, i.retry_days,
                            i.external_id, i.correction, i.transaction_type, f.charge_id, f.status
                        from block b
                        join instruction i on i.file_id = b.file_id
                            and i.position between b.first_position and b.last_position
                        join foreign_charge f on f.msn = i.msn and f.agreement_id = i.agreement_id
                        where b.id = :block
                          and (f.external_id in (i.external_id, i.invoice_number, i.kid)
                               or f.amount_minor = i.amount_minor and abs(f.due - i.effective_due) <= 7)
                          and not exists (select 1 from charge c where c.file_id = i.file_id and c.position = i.position)
                        """
                                + " and " + Blocks.SENDABLE + " order by i.position, f.charge_id")
                .param("block", blockId)
                .query((row, n) -> new Clash(Blocks.line(row, n), row.getString("charge_id"), row.getString("status")))
                .list();
    }

    /** The block waits no longer. */
    public void checked(long blockId) {
        jdbc.sql("update block set check_agreements = false where id = :block")
                .param("block", blockId)
                .update();
    }
}
