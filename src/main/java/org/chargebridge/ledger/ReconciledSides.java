package org.chargebridge.ledger;

/** The four sides of each charge, side by side, and what it means where they do not agree. */
final class ReconciledSides {

    /**
     * One row for each charge that files asked for, and for each movement that belongs to none: {@code judged}, with {@code cause}
     * and {@code difference}. Parameters: channel, first, last, grace, takesUnknownOf.
     */
    static final String SQL =
            """
            with paid as (
                select e.file_id, e.position, sum(e.amount_minor) as settled,
                    coalesce(sum(e.amount_minor) filter (where e.entry_type = 'capture'), 0) as settled_captured,
                    max(e.psp_reference) as psp_reference, max(e.read_at) as read_at
                from settlement_entry e
                where e.topic = 'FUNDS' and e.file_id is not null and e.channel = :channel
                  and e.entry_type in ('capture', 'refund')
                group by e.file_id, e.position),
            side as (
                select i.msn, i.currency, i.order_id, i.invoice_number, i.agreement_id, coalesce(c.status, '') as status,
                    coalesce(c.transaction_id, p.psp_reference, '') as psp_reference, i.amount_minor as asked,
                    case when c.status = 'CHARGED' then i.amount_minor - c.amount_cancelled
                         else coalesce(c.amount_captured, 0) end as collected,
                    coalesce(c.status in ('CHARGED', 'FAILED', 'CANCELLED', 'REFUSED', 'REFUNDED', 'PARTIALLY_REFUNDED'),
                        false) as final,
                    coalesce(c.amount_captured, 0) as captured, coalesce(c.amount_refunded, 0) as refunded,
                    coalesce(p.settled, 0) as settled, coalesce(p.settled_captured, 0) as settled_captured,
                    coalesce(p.settled_captured - p.settled, 0) as settled_refunded,
                    '' as reference, coalesce(c.changed_at > :grace, true)
                        -- Money may be settled before a look-up was due to show it.
                        or coalesce(p.read_at > :grace, false) as young
                from instruction i
                join inbound_file f on f.id = i.file_id and f.channel = :channel
                left join charge c on c.file_id = i.file_id and c.position = i.position
                left join paid p on p.file_id = i.file_id and p.position = i.position
                where i.action = 'CHARGE' and i.effective_due between :first and :last),
            judged as (
                select *, case when collected <> captured then 'API_DIFFERS'
                               when young or settled = captured - refunded then null
                               when settled_refunded > refunded or captured = 0 then 'SETTLED_UNSEEN'
                               when settled_captured = 0 then 'NOT_SETTLED'
                               when settled_captured = captured then 'REFUND_NOT_SETTLED'
                               else 'SETTLED_DIFFERS' end as cause,
                    case when collected <> captured then abs(collected - captured)
                         when not young then abs(captured - refunded - settled) else 0 end as difference
                from side
                union all
                select e.msn, e.currency, '', '', '', '', e.psp_reference, 0, 0, true, 0, 0, e.amount_minor, 0, 0,
                    e.reference, false, 'NOT_OURS', abs(e.amount_minor)
                from settlement_entry e
                where e.topic = 'FUNDS' and e.file_id is null and e.entry_type in ('capture', 'refund')
                  and e.msn = any(:takesUnknownOf) and e.ledger_date between :first and :last)
            """;

    private ReconciledSides() {}
}
