-- What must hold at every instant (docs/reliability.md), each as a view of what violates it: empty means that it holds.
-- A view answers with sentences for an operator, without personal data. Most of it compares counts by file or block, so
-- that a million lines are read once or twice and not searched one by one.

-- Business time is given by the caller, for the database does not know it.
create or replace function business_time() returns timestamptz language sql stable as
$$ select coalesce(nullif(current_setting('chargebridge.business_time', true), '')::timestamptz, clock_timestamp()) $$;

-- A check of what is recent gives the first file that is; without it all are checked. What is not read by file is little. It
-- is said of both sides of a join, for the planner does not take it over from one to the other.
create or replace function checked_from() returns bigint language sql stable as
$$ select coalesce(nullif(current_setting('chargebridge.checked_from', true), '')::bigint, 0) $$;

-- Each accepted line is in one block, in at most one request that lives, and has one state.
create or replace view invariant_i1 as
select format('block %s of file %s ends before it begins, at %s and %s', id, file_id, last_position, first_position)
    as violation
from block where last_position < first_position
union all
select format('block %s of file %s begins at %s, inside a block that reaches to %s', id, file_id, first_position, reached)
from (select id, file_id, first_position,
             max(last_position) over (partition by file_id order by first_position, id
                 rows between unbounded preceding and 1 preceding) as reached
      from block) b
where first_position <= reached
union all
select format('block %s of file %s counts %s lines and holds %s', b.id, b.file_id, b.line_count, held.lines)
from block b
cross join lateral (
    select count(*) as lines from instruction i
    where i.file_id = b.file_id and i.position between b.first_position and b.last_position and i.action = 'CHARGE') held
where b.file_id >= checked_from() and held.lines <> b.line_count
union all
select format('of %s accepted lines of file %s, %s are in blocks', coalesce(accepted.lines, 0), file_id,
              coalesce(queued.lines, 0))
from (select file_id, count(*) as lines from instruction
      where action = 'CHARGE' and file_id >= checked_from() group by file_id) accepted
full join (select file_id, sum(line_count) as lines from block
           where file_id >= checked_from() group by file_id) queued using (file_id)
where coalesce(accepted.lines, 0) <> coalesce(queued.lines, 0)
union all
select format('dispatch %s is %s with %s lines, and its blocks hold %s', d.id, d.state, d.line_count, held.lines)
from dispatch d
cross join lateral (
    select coalesce(sum(b.line_count), 0) as lines from block b where b.dispatch_id = d.id and b.msn = d.msn) held
where d.state in ('READY', 'SENDING') and held.lines < d.line_count
union all
select format('line %s of file %s is %s, which is no state of its', c.position, c.file_id, c.status)
from charge c
join instruction i on i.file_id = c.file_id and i.position = c.position
where c.file_id >= checked_from() and i.file_id >= checked_from()
  and (i.action <> 'CHARGE' or i.order_id <> c.order_id or i.msn <> c.msn
       or c.status not in ('UNCONFIRMED', 'HELD', 'REFUSED', 'PENDING', 'DUE', 'UNKNOWN', 'PROCESSING', 'FAILED', 'RESERVED',
                           'PARTIALLY_CAPTURED', 'CANCELLED', 'CHARGED', 'PARTIALLY_REFUNDED', 'REFUNDED'));

-- Accepted, refused, duplicate, held and ignored add up to the lines read, in count and in sum, and no line has two answers.
create or replace view invariant_i2 as
select format('file %s: %s lines of %s %s were read, %s of %s are answered', file_id,
              coalesce(read.lines, 0), coalesce(read.sum, 0), currency, coalesce(answered.lines, 0),
              coalesce(answered.sum, 0)) as violation
from (select file_id, currency, lines, sum_minor as sum from inbound_file_total where file_id >= checked_from()) read
full join (
    select file_id, currency, sum(lines) as lines, sum(sum) as sum
    from (select file_id, currency, count(*) as lines, sum(amount_minor) as sum
          from instruction where attempt_of is null and file_id >= checked_from() group by file_id, currency
          union all
          select file_id, currency, count(*), coalesce(sum(amount_minor), 0) from operation
          where file_id >= checked_from() group by 1, 2
          union all
          select file_id, case action when 'MAPPING' then '' else currency end, count(*),
                 coalesce(sum(amount_minor), 0)
          from intake_exception where file_id >= checked_from() group by 1, 2) answers
    where file_id in (select file_id from inbound_file_total)
    group by file_id, currency) answered using (file_id, currency)
where read.lines is distinct from answered.lines or read.sum is distinct from answered.sum
union all
select format('line %s of file %s is recorded and answered %s, too', e.position, e.file_id, e.answer)
from intake_exception e
join instruction i on i.file_id = e.file_id and i.position = e.position
where e.file_id >= checked_from() and i.file_id >= checked_from()
union all
select format('line %s of file %s is an operation and answered %s, too', e.position, e.file_id, e.answer)
from intake_exception e
join operation o on o.file_id = e.file_id and o.position = e.position
where e.file_id >= checked_from()
union all
select format('line %s of file %s is an operation and a document of its own', o.position, o.file_id)
from operation o
join instruction i on i.file_id = o.file_id and i.position = o.position
where o.file_id >= checked_from() and i.file_id >= checked_from() and i.attempt_of is null;

-- Every line is done, or something or somebody will act on it within a day or on its due date.
create or replace view invariant_i5 as
select format('sales unit %s sends nothing before %s', s.msn, coalesce(
           greatest(case when s.halted_at is not null then s.next_probe_at end, s.next_send_at)::text, 'a person acts'))
    as violation
from sales_unit s
where (s.halted_at is not null and (s.next_probe_at is null or s.next_probe_at > business_time() + interval '24 hours')
       or s.next_send_at > business_time() + interval '24 hours')
  and (exists (select 1 from block b where b.msn = s.msn and b.dispatch_id is null)
       or exists (select 1 from dispatch d where d.msn = s.msn and d.state = 'READY'))
union all
select format('dispatch %s is READY and is sent at %s', id, coalesce(next_attempt_at::text, 'no time'))
from dispatch
where state = 'READY' and (next_attempt_at is null or next_attempt_at > business_time() + interval '24 hours')
union all
select format('dispatch %s is SENDING and its lease ends at %s', id, coalesce(lease_until::text, 'no time'))
from dispatch
where state = 'SENDING' and (lease_until is null or lease_until > clock_timestamp() + interval '24 hours')
union all
select format('dispatch %s is ACCEPTED and its lines are looked up at %s', id, next_check_at)
from dispatch
where next_check_at > greatest(business_time() + interval '24 hours', earliest_due + interval '2 days')
union all
select format('line %s of file %s is in dispatch %s, which is %s, and nothing is planned for it', i.position, i.file_id,
              d.id, d.state)
from dispatch d
join block b on b.dispatch_id = d.id
join instruction i on i.file_id = b.file_id and i.position between b.first_position and b.last_position
where b.file_id >= checked_from() and i.file_id >= checked_from()
  and (d.state in ('VOID', 'REFUSED', 'SPLIT') or d.state = 'ACCEPTED' and d.next_check_at is null)
  and i.action = 'CHARGE' and not i.replaced
  and not exists (
      select 1 from charge c
      where c.file_id = i.file_id and c.position = i.position and c.file_id >= checked_from())
union all
select format('line %s of file %s is %s and is looked up at %s', c.position, c.file_id, c.status,
              coalesce(c.next_check_at::text, 'no time'))
from charge c
where c.file_id >= checked_from()
  and c.status in ('UNCONFIRMED', 'PENDING', 'DUE', 'UNKNOWN', 'PROCESSING', 'RESERVED', 'PARTIALLY_CAPTURED')
  and (c.next_check_at is null
       or c.next_check_at > greatest(business_time() + interval '24 hours', c.due + c.retry_days + interval '2 days'))
  and not exists (
      select 1 from block b left join dispatch d on d.id = b.dispatch_id
      where b.file_id = c.file_id and c.position between b.first_position and b.last_position
        and (d.id is null or d.state in ('READY', 'SENDING')))
union all
select format('line %s of file %s is HELD, and no letter asks a person', c.position, c.file_id)
from charge c
where c.file_id >= checked_from() and c.status = 'HELD' and c.next_check_at is null
  and not exists (select 1 from dead_letter l where l.file_id = c.file_id and l.position = c.position
                  and l.kind in ('LINE', 'CHARGE') and l.state in ('OPEN', 'DISCARDED'))
union all
select format('line %s of file %s is held for %s, and no letter asks a person', e.position, e.file_id, e.reason_code)
from intake_exception e
where e.file_id >= checked_from() and e.answer = 'HELD'
  and not exists (select 1 from dead_letter l where l.file_id = e.file_id and l.position = e.position
                  and l.kind in ('LINE', 'MAPPING') and l.state = 'OPEN')
  -- The letter of its whole file, of the mapping row it waits for, or of a later line for the same document.
  and not (e.reason_code = 'ABOVE_MAX_PER_FILE' and exists (
      select 1 from dead_letter l where l.file_id = e.file_id and l.kind = 'FILE' and l.state = 'OPEN'))
  and not (e.reason_code = 'AGREEMENT_CHANGED' and exists (
      select 1 from dead_letter l where l.kind = 'MAPPING' and l.state = 'OPEN'))
  and not (e.order_id <> '' and (
      exists (select 1 from dead_letter l where l.order_id = e.order_id and l.kind = 'LINE' and l.state = 'OPEN')
      -- A later line took its place, and was given back to the ERP or dropped.
      or exists (select 1 from intake_exception o where o.order_id = e.order_id
                 and (o.answer = 'REFUSED' or o.reason_code = 'DISCARDED'))
      or exists (select 1 from instruction i where i.order_id = e.order_id and not i.replaced
                 and (e.reason_code <> 'CONFLICT' or i.correction > 0))))
union all
select format('operation %s of file %s is OPEN and goes on at %s', o.position, o.file_id,
              coalesce(o.next_attempt_at::text, 'no time'))
from operation o
where o.state = 'OPEN' and o.lease_until is null
  and (o.next_attempt_at is null or o.next_attempt_at > business_time() + interval '24 hours')
union all
select format('draft %s of file %s is %s and goes on at %s', d.position, d.file_id, d.state,
              coalesce(d.next_attempt_at::text, 'no time'))
from draft d
where d.state in ('READY', 'UNKNOWN')
  and (d.next_attempt_at is null or d.next_attempt_at > business_time() + interval '24 hours')
union all
select format('operation %s of file %s is leased until %s', o.position, o.file_id, o.lease_until)
from operation o
where o.state = 'OPEN' and o.lease_until > clock_timestamp() + interval '24 hours'
union all
select format('operation %s of file %s is HELD, and no letter asks a person', o.position, o.file_id)
from operation o
where o.state = 'HELD'
  and not exists (select 1 from dead_letter l where l.file_id = o.file_id and l.position = o.position
                  and l.kind = 'OPERATION' and l.state = 'OPEN')
union all
select format('file %s is HELD, and no letter asks a person', f.id)
from inbound_file f
where f.state = 'HELD'
  and not exists (select 1 from dead_letter l where l.file_id = f.id and l.kind = 'FILE' and l.state = 'OPEN')
union all
select format('receipt request %s of file %s is rendered at %s', id, file_id, next_attempt_at)
from receipt_request
where rendered_at is null and next_attempt_at > business_time() + interval '24 hours'
union all
select format('outbound file %s of channel %s is delivered at %s', id, channel, next_attempt_at)
from outbound_file
where state <> 'DELIVERED' and next_attempt_at > business_time() + interval '24 hours';

-- Each change of a line's state is told in one status report, and a file made for an ERP stays as it was made.
create or replace view invariant_i6 as
select format('event %s of channel %s stands in report %s, where it does not belong', e.id, e.channel, e.report_id)
    as violation
from event e
join report r on r.id = e.report_id
where (e.file_id >= checked_from() or e.file_id is null)
  and (not e.reportable or e.channel is distinct from r.channel or e.occurred_at > r.cut_off)
union all
-- What is committed while a report is made goes into the next, but not into the one after that.
select format('event %s of channel %s was left out by reports %s', e.id, e.channel, later.numbers)
from event e
cross join lateral (
    select count(*) as reports, string_agg(number::text, ', ') as numbers
    from (select r.number from report r
          where r.channel = e.channel and r.kind = 'STATUS' and r.cut_off >= e.occurred_at
          order by r.cut_off limit 3) r) later
where e.reportable and e.report_id is null and later.reports >= 2
union all
select format('line %s of file %s is %s, and no report will tell it', c.position, c.file_id, c.status)
from charge c
where c.file_id >= checked_from()
  and (c.status in ('HELD', 'REFUSED', 'FAILED', 'RESERVED', 'PARTIALLY_CAPTURED', 'CANCELLED', 'CHARGED',
                    'PARTIALLY_REFUNDED', 'REFUNDED')
       or c.status = 'UNCONFIRMED' and c.reported_unconfirmed)
  and not exists (
      select 1 from event e
      where e.file_id = c.file_id and e.position = c.position and e.file_id >= checked_from()
        and e.reportable and e.status = c.status
        -- What an unknown status said of amounts is told with the next status that is known.
        and (c.reason_code = 'STATUS_UNKNOWN' or e.amount_captured = c.amount_captured
             and e.amount_refunded = c.amount_refunded and e.amount_cancelled = c.amount_cancelled))
union all
select format('operation %s of file %s is %s, and no report will tell it', o.position, o.file_id, o.state)
from operation o
where o.file_id >= checked_from() and o.state in ('DONE', 'REFUSED', 'HELD')
  -- An offer is DONE when its draft begins its course; what becomes of it is told then.
  and not (o.state = 'DONE' and o.action in ('DRAFT_AGREEMENT', 'QUERY'))
  and not exists (select 1 from event e where e.file_id = o.file_id and e.position = o.position and e.reportable)
union all
select format('report %s of channel %s follows number %s', number, channel, coalesce(before::text, 'none'))
from (select channel, number, previous_number,
             lag(number) over (partition by channel, kind order by number) as before
      from report) r
where number <> coalesce(before, 0) + 1 or previous_number is distinct from before
union all
select format('report %s of channel %s has %s files', r.number, r.channel, coalesce(made.files, 0))
from report r
left join (
    select channel, substring(name from '-([0-9]+)-[0-9]{8}T[0-9]{6}Z\.[a-z0-9.]+$')::int as number, count(*) as files
    from outbound_file where kind = 'STATUS' group by 1, 2) made on made.channel = r.channel and made.number = r.number
where coalesce(made.files, 0) <> 1
union all
select format('channel %s was answered by %s receipts, and %s are there', channel, rendered.receipts,
              coalesce(made.receipts, 0))
from (select f.channel, count(*) as receipts from receipt_request r join inbound_file f on f.id = r.file_id
      where r.kind = 'RECEIPT' and r.rendered_at is not null group by f.channel) rendered
left join (select channel, count(*) as receipts from outbound_file where kind = 'RECEIPT' group by channel) made
    using (channel)
where coalesce(made.receipts, 0) < rendered.receipts
union all
select format('outbound file %s of channel %s has %s bytes in %s parts', o.id, o.channel, o.size, kept.parts)
from outbound_file o
cross join lateral (
    select count(*) as parts, max(number) as last from outbound_file_part p where p.outbound_file_id = o.id) kept
where o.bytes_retired_at is null and (kept.parts <> (o.size + 1048575) / 1048576 or kept.last <> kept.parts - 1)
   or o.bytes_retired_at is not null and (kept.parts > 0 or o.state <> 'DELIVERED');

-- Settlement ledgers are read without a gap, and every report tells just what was assigned to it.
create or replace view invariant_i7 as
select format('ledger %s: %s of %s entries of %s are there', f.ledger_id, coalesce(e.entries, 0), f.last_number, f.topic)
    as violation
from settlement_feed f
left join (select ledger_id, topic, count(*) as entries, min(number) as first, max(number) as last
           from settlement_entry group by ledger_id, topic) e using (ledger_id, topic)
where coalesce(e.entries, 0) <> f.last_number or e.entries <> e.last or e.first <> 1
union all
select format('settlement report %s of %s says %s and its entries are %s', r.number, r.channel, r.sum_minor, told.sum)
from settlement_report r
cross join lateral (
    select coalesce(sum(e.amount_minor), 0) as sum
    from settlement_report_entry x join settlement_entry e using (ledger_id, topic, number)
    where x.report_id = r.id and x.topic = 'FUNDS') told
where told.sum <> r.sum_minor
union all
select format('settlement report %s of %s tells an entry of ledger %s that its channel, period or ledger is not', r.number,
              r.channel, x.ledger_id)
from settlement_report_entry x join settlement_report r on r.id = x.report_id
where x.channel <> r.channel or x.period <> r.period or x.ledger_id <> r.ledger_id
union all
-- What the owner of a ledger was told of a payout is all that came since the payout before.
select format('entry %s of ledger %s is in no report of payouts, and report %s of %s passed it', e.number, e.ledger_id,
              r.number, r.channel)
from settlement_report r
join settlement_payout p on p.ledger_id = r.ledger_id and p.number = r.payout_number
join settlement_entry e on e.ledger_id = p.ledger_id and e.topic = 'FUNDS' and e.number between p.first_number and p.number
join settlement_opening o on o.channel = r.channel and o.ledger_id = r.ledger_id and o.period = r.period
where r.period = 'PAYOUT' and r.owner and (e.ledger_date >= o.from_date or e.number > o.funds_read)
  and not exists (select 1 from settlement_report_entry x where x.channel = r.channel and x.period = 'PAYOUT'
                  and x.ledger_id = e.ledger_id and x.topic = 'FUNDS' and x.number = e.number)
union all
select format('settlement report %s of %s begins with %s, where those before it ended at %s', r.number, r.channel,
              r.opening_minor, before.balance)
from settlement_report r
join settlement_opening o on o.channel = r.channel and o.ledger_id = r.ledger_id and o.period = r.period
cross join lateral (select o.balance_minor + coalesce(sum(b.sum_minor), 0) as balance from settlement_report b
    where b.channel = r.channel and b.ledger_id = r.ledger_id and b.period = r.period and b.id < r.id) before
where r.owner and r.opening_minor <> before.balance
union all
select format('settlement report %s of %s has no number before it', r.number, r.channel)
from settlement_report r
where r.number > 1 and not exists (select 1 from settlement_report b
    where b.channel = r.channel and b.period = r.period and b.number = r.number - 1);
