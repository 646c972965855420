-- What was paid out, as the Report API shows it, and the reports made of it.

-- Accounts from which sales units are paid out.
create table settlement_ledger (
    ledger_id      text primary key,
    -- The sales unit whose keys read it.
    msn            text not null,
    currency       text not null,
    owner_scheme   text,
    owner_id       text,
    account_scheme text,
    account_id     text,
    -- Who settles on it, as the API writes it (api:<msn>), and the names of those that have one.
    handles        text[] not null,
    names          text[] not null,
    seen_at        timestamptz not null,
    -- The entry of the funds feed whose balance does not follow from the one before: no report is made beyond it. A
    -- person lets go of it once it is explained.
    gap_at         bigint,
    gap_found_at   timestamptz
);

-- When a sales unit's ledgers are listed next, and where a list goes on.
create table settlement_listing (
    msn             text primary key,
    cursor          text not null default '',
    next_attempt_at timestamptz not null,
    -- Why the last request failed, and since when each did; empty when it did not.
    trouble         text,
    failing_since   timestamptz
);

-- How far each topic of a ledger was read; the cursor moves in the transaction that writes the entries.
create table settlement_feed (
    ledger_id       text not null references settlement_ledger,
    topic           text not null check (topic in ('FUNDS', 'FEES')),
    cursor          text not null default '',
    last_number     bigint not null default 0,
    balance_minor   bigint,
    next_attempt_at timestamptz not null,
    -- When it was last read to its end.
    complete_at     timestamptz,
    -- In fees a gap is only pointed out.
    gap_at          bigint,
    trouble         text,
    primary key (ledger_id, topic)
);

-- What the API wrote never changes; the columns below the line say which of our charges it belongs to.
create table settlement_entry (
    ledger_id        text not null,
    topic            text not null,
    -- Its place in the feed, from 1.
    number           bigint not null,
    ledger_date      date not null,
    occurred_at      timestamptz not null,
    entry_type       text not null,
    psp_reference    text not null,
    reference        text not null,
    currency         text not null,
    amount_minor     bigint not null,
    balance_before   bigint,
    balance_after    bigint,
    recipient_handle text not null,
    -- The sales unit of the handle; empty where the entry names none.
    msn              text not null,
    -- When it was read: what came after its day was told is told late.
    read_at          timestamptz not null,
    -- ---
    file_id          bigint,
    position         int,
    channel          text,
    matched_by       text check (matched_by in ('PSP_REFERENCE', 'EXTERNAL_ID', 'ORDER_ID')),
    primary key (ledger_id, topic, number),
    foreign key (ledger_id, topic) references settlement_feed
);
-- The day stands first: behind ledger and topic, which all entries share, an entry by its number seems to be found by this
-- index as well as by the key, as long as nobody has counted what is in the table; and then each is looked for among all.
create index settlement_entry_date on settlement_entry (ledger_date, ledger_id, topic);
-- An entry that the feed gives again.
create index settlement_entry_psp on settlement_entry (psp_reference, ledger_id, topic);
create index settlement_entry_line on settlement_entry (file_id, position) where file_id is not null;
create index charge_transaction on charge (msn, transaction_id) where transaction_id is not null;

-- Money on its way to the bank; entries after the payout before, up to its own, are what it is made of.
create table settlement_payout (
    ledger_id    text not null references settlement_ledger,
    payout_id    text not null,
    first_number bigint not null,
    number       bigint not null,
    ledger_date  date not null,
    bank_date    date not null,
    bank_text    text not null,
    amount_minor bigint not null,
    primary key (ledger_id, number)
);

-- The API says when a day of a topic is closed; then its count and sum must be ours.
create table settlement_date (
    ledger_id       text not null references settlement_ledger,
    topic           text not null,
    ledger_date     date not null,
    -- Where counting goes on, and what was counted so far.
    cursor          text not null default '',
    counted         bigint not null default 0,
    sum_minor       numeric not null default 0,
    next_attempt_at timestamptz,
    closed_at       timestamptz,
    -- Since when the API's count or sum is not ours.
    differs_since   timestamptz,
    -- Since when it could not be asked.
    failing_since   timestamptz,
    trouble         text,
    primary key (ledger_id, topic, ledger_date)
);
create index settlement_date_open on settlement_date (next_attempt_at) where closed_at is null;

-- Reports -----------------------------------------------------------------------------------------------------------------

create table settlement_report (
    id              bigint generated always as identity primary key,
    channel         text not null,
    ledger_id       text not null references settlement_ledger,
    period          text not null check (period in ('DATE', 'PAYOUT', 'MONTH')),
    -- Of those that are sent, without a gap; none for one that says nothing of its channel.
    number          int,
    previous_number int,
    -- What is left of the ledger's days; a payout's own day is its last.
    first_date      date not null,
    last_date       date not null,
    -- The payout's entry; empty for the others.
    payout_number   bigint,
    owner           boolean not null,
    -- Booked before it, of what the channel posts, and what it adds.
    opening_minor   bigint not null,
    lines           bigint not null,
    sum_minor       bigint not null,
    -- Where others own the ledger: what they have in the payouts of the report.
    elsewhere_minor bigint not null,
    made_at         timestamptz not null,
    unique (channel, period, number)
);
create unique index settlement_report_period
    on settlement_report (channel, ledger_id, period, last_date, coalesce(payout_number, 0));

-- What reports of a channel, ledger and kind of period begin with: entries of earlier days, read before the first report,
-- are in its opening balance and never told. What is read later is told, however old it is.
create table settlement_opening (
    channel       text not null,
    ledger_id     text not null references settlement_ledger,
    period        text not null,
    from_date     date not null,
    -- How many entries of each topic were read by then.
    funds_read    bigint not null,
    fees_read     bigint not null,
    balance_minor bigint not null,
    primary key (channel, ledger_id, period)
);

-- Which report tells an entry, once for each channel and kind of period (MR26).
create table settlement_report_entry (
    channel   text not null,
    period    text not null,
    ledger_id text not null,
    topic     text not null,
    number    bigint not null,
    report_id bigint not null references settlement_report,
    -- It came after its day was reported.
    late      boolean not null,
    -- Told as part of a sum: another channel posts it.
    elsewhere text,
    primary key (ledger_id, topic, number, channel, period)
);
create index settlement_report_entry_report on settlement_report_entry (report_id);

alter table outbound_file drop constraint outbound_file_kind_check;
alter table outbound_file add constraint outbound_file_kind_check
    check (kind in ('RECEIPT', 'ERRORS', 'STATUS', 'REASON', 'DRAFTS', 'QUERY', 'SETTLEMENT', 'RECONCILIATION'));

-- What a report tells, in the order in which it does: its own entries, then one line for each other channel, then what
-- belongs to the whole ledger: fees and payouts (rank). The payout is the next that comes after the entry.
create view settlement_line as
select r.report_id, e.number, case when k.rank = 0 then e.msn else '' end as msn, e.ledger_date, e.occurred_at,
       e.entry_type, e.psp_reference, e.reference, e.currency, e.amount_minor, r.late, '' as elsewhere, k.rank,
       e.file_id, e.position, p.number as payout_number
from settlement_report_entry r
join settlement_entry e on e.ledger_id = r.ledger_id and e.topic = 'FUNDS' and e.number = r.number
cross join lateral (select case
    when e.entry_type in ('payout-scheduled', 'scheduled-for-payout', 'payout-aborted') then 4
    when e.entry_type = 'fees-retained' then 3
    when e.msn = '' then 2
    else 0 end as rank) k
left join lateral (select p.number, p.ledger_date from settlement_payout p
    where p.ledger_id = e.ledger_id and p.number >= e.number order by p.number limit 1) p on true
where r.topic = 'FUNDS' and r.elsewhere is null
union all
select r.report_id, 0, '', max(coalesce(p.ledger_date, e.ledger_date)), max(e.occurred_at), 'other-channel', '',
       r.elsewhere, min(e.currency), sum(e.amount_minor)::bigint, false, r.elsewhere, 1, null, null, p.number
from settlement_report_entry r
join settlement_entry e on e.ledger_id = r.ledger_id and e.topic = 'FUNDS' and e.number = r.number
left join lateral (select p.number, p.ledger_date from settlement_payout p
    where p.ledger_id = e.ledger_id and p.number >= e.number order by p.number limit 1) p on true
where r.topic = 'FUNDS' and r.elsewhere is not null
group by r.report_id, r.elsewhere, p.number;

-- What files asked for, what the ledger holds, what the API showed and what was settled, side by side; one for each channel
-- and day, and one for each month.
create table reconciliation (
    channel           text not null,
    kind              text not null check (kind in ('DAY', 'MONTH')),
    last_date         date not null,
    first_date        date not null,
    made_at           timestamptz not null,
    -- Of all currencies, which a channel has one of.
    unexplained_count bigint not null,
    unexplained_minor bigint not null,
    -- Of these, what was settled for others than this gateway.
    others_count      bigint not null default 0,
    others_minor      bigint not null default 0,
    primary key (channel, kind, last_date)
);
