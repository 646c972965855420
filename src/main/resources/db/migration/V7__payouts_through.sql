-- The last payout that was read when a report was made: one that is read while its files are written is in none of them.
alter table settlement_report add column payouts_through bigint;
update settlement_report r
set payouts_through = coalesce((select max(p.number) from settlement_payout p where p.ledger_id = r.ledger_id), 0);
alter table settlement_report alter column payouts_through set not null;

-- The payout of an entry is the next that comes after it, of those.
create or replace view settlement_line as
select r.report_id, e.number, case when k.rank = 0 then e.msn else '' end as msn, e.ledger_date, e.occurred_at,
       e.entry_type, e.psp_reference, e.reference, e.currency, e.amount_minor, r.late, '' as elsewhere, k.rank,
       e.file_id, e.position, p.number as payout_number
from settlement_report_entry r
join settlement_report report on report.id = r.report_id
join settlement_entry e on e.ledger_id = r.ledger_id and e.topic = 'FUNDS' and e.number = r.number
cross join lateral (select case
    when e.entry_type in ('payout-scheduled', 'scheduled-for-payout', 'payout-aborted') then 4
    when e.entry_type = 'fees-retained' then 3
    when e.msn = '' then 2
    else 0 end as rank) k
left join lateral (select p.number, p.ledger_date from settlement_payout p
    where p.ledger_id = e.ledger_id and p.number between e.number and report.payouts_through
    order by p.number limit 1) p on true
where r.topic = 'FUNDS' and r.elsewhere is null
union all
select r.report_id, 0, '', max(coalesce(p.ledger_date, e.ledger_date)), max(e.occurred_at), 'other-channel', '',
       r.elsewhere, min(e.currency), sum(e.amount_minor)::bigint, false, r.elsewhere, 1, null, null, p.number
from settlement_report_entry r
join settlement_report report on report.id = r.report_id
join settlement_entry e on e.ledger_id = r.ledger_id and e.topic = 'FUNDS' and e.number = r.number
left join lateral (select p.number, p.ledger_date from settlement_payout p
    where p.ledger_id = e.ledger_id and p.number between e.number and report.payouts_through
    order by p.number limit 1) p on true
where r.topic = 'FUNDS' and r.elsewhere is not null
group by r.report_id, r.elsewhere, p.number;
