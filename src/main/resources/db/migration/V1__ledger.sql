-- The ledger: the only place where data rests. Times named *_at without more are business time (the injected clock);
-- lease_until, refilled_at and blocked_until are the database's own clock.

-- A channel's source id is part of every order id it made, so it may never change once used (MR1).
create table channel_source (
    channel       text primary key,
    source_id     text not null,
    first_used_at timestamptz not null
);

-- Files ---------------------------------------------------------------------------------------------------------------

create table inbound_file (
    id               bigint generated always as identity primary key,
    channel          text not null,
    source_id        text not null,
    msn              text not null,
    kind             text not null check (kind in ('INVOICES', 'CORRECTIONS', 'AGREEMENTS')),
    name             text not null,
    size             bigint not null,
    sha256           text not null,
    -- How the file was read, for the errors file and for judging lines again.
    format           text,
    charset          text,
    delimiter        text,
    header           text[],
    state            text not null check (state in ('RECORDED', 'HELD', 'REFUSED')),
    reason_code      text,
    reason_arguments text[],
    recorded_at      timestamptz not null,
    -- When its bytes were deleted by retention, the texts of all its lines, and their customer numbers and KIDs.
    bytes_retired_at timestamptz,
    texts_retired_at timestamptz,
    numbers_retired_at timestamptz,
    unique (channel, sha256)
);
create index inbound_file_with_texts on inbound_file (id) where texts_retired_at is null;
create index inbound_file_with_numbers on inbound_file (id) where numbers_retired_at is null and texts_retired_at is not null;
create index inbound_file_with_bytes on inbound_file (id) where bytes_retired_at is null;

-- The bytes as they came, 1 MiB a row before gzip (ER8).
create table inbound_file_part (
    file_id bigint not null references inbound_file,
    number  int not null,
    content bytea not null,
    primary key (file_id, number)
);

-- What the first pass over a file read, whatever its lines were answered; control rows were compared with it then. A
-- mapping table has one row, without currency and sum.
create table inbound_file_total (
    file_id   bigint not null references inbound_file,
    currency  text not null,
    lines     int not null,
    sum_minor numeric not null,
    primary key (file_id, currency)
);

-- An arrival is a path with its size and time: a file that could not be archived is the same arrival (ER12).
create table arrival (
    id         bigint generated always as identity primary key,
    file_id    bigint not null references inbound_file,
    channel    text not null,
    path       text not null,
    size       bigint not null,
    modified   timestamptz not null,
    arrived_at timestamptz not null,
    unique (channel, path, size, modified, file_id)
);

-- One row per receipt owed: an arrival, lines judged again, or lines refused after sending (errors file only).
create table receipt_request (
    id           bigint generated always as identity primary key,
    file_id      bigint not null references inbound_file,
    kind         text not null check (kind in ('RECEIPT', 'ERRORS')),
    -- Part of the outbound name: receipt-<stem>-<sha8>[-<number>].csv; 1 is left out of the name.
    number       int not null,
    stem         text not null,
    requested_at timestamptz not null,
    rendered_at  timestamptz,
    -- After a failure to render it; empty until then.
    next_attempt_at timestamptz,
    unique (file_id, kind, stem, number)
);
create index receipt_request_open on receipt_request (id) where rendered_at is null;

-- Lines ---------------------------------------------------------------------------------------------------------------

-- Lines that occupy their identity: accepted charges and documents registered as known. Written once, by COPY.
create table instruction (
    file_id         bigint not null references inbound_file,
    position        int not null,
    action          text not null check (action in ('CHARGE', 'KNOWN')),
    msn             text not null,
    order_id        text not null,
    invoice_number  text not null,
    customer_number text not null,
    kid             text not null,
    agreement_id    text not null,
    amount_minor    bigint not null,
    currency        text not null,
    -- Empty: charged at once (type UNSCHEDULED). effective_due is then the market's day on which it was recorded, and once
    -- it is sent the last day on which it was.
    requested_due   date,
    effective_due   date not null,
    retry_days      smallint not null,
    description     text not null,
    external_id     text,
    digest          bytea not null,
    correction      int not null,
    -- A note for the receipt, such as a shifted due date.
    reason_code      text,
    reason_arguments text[],
    -- A line refused by the API gives its identity free: the next line with that number replaces it (MR15).
    replaced        boolean not null default false,
    -- The record's cells joined by U+001F, for an errors file.
    cells           text not null,
    -- A charge made by an operation at the same file and position: a later one of an invoice (MR7, MR8), or what a customer
    -- paid by accepting an agreement. The order id of the first, and which this is. Empty for a line's own charge.
    attempt_of      text,
    attempt         smallint,
    -- Empty: captured when it is paid. RESERVE_CAPTURE: reserved until a line captures it.
    transaction_type text,
    primary key (file_id, position)
);
create index instruction_attempts on instruction (attempt_of) where attempt_of is not null;
create unique index instruction_order_id on instruction (order_id) where not replaced;
create unique index instruction_external_id on instruction (msn, external_id) where external_id is not null and not replaced;
-- Filters of where an agreement's lines may lie: lines of a file cost next to nothing to write with it, which an ordinary
-- index of a million of them does not. It answers of lines that are summarized, as every vacuum does it.
create index instruction_agreement on instruction using brin (agreement_id text_bloom_ops) with (pages_per_range = 32);
-- The same for what people search by.
create index instruction_search on instruction using brin (
    invoice_number text_bloom_ops, customer_number text_bloom_ops, kid text_bloom_ops, amount_minor int8_bloom_ops)
    with (pages_per_range = 32);
create index instruction_replaced on instruction (order_id) where replaced;
alter table instruction set (autovacuum_vacuum_insert_threshold = 50000, autovacuum_vacuum_insert_scale_factor = 0);

-- The lines on some agreements of a sales unit. The planner takes such an index for one that finds nearly every row and
-- would read the whole table instead.
create function lines_on(sales_unit text, agreements text[]) returns setof instruction language sql stable rows 20
set enable_seqscan = off
as $$ select * from instruction where agreement_id = any (agreements) and msn = sales_unit $$;

-- Lines that occupy nothing: refused, held, duplicate, conflicting and ignored ones stand here only (ER1). Rows of a
-- mapping table stand here too, with action MAPPING; only they may be ACCEPTED.
create table intake_exception (
    file_id          bigint not null references inbound_file,
    position         int not null,
    action           text not null,
    answer           text not null check (answer in ('REFUSED', 'DUPLICATE', 'HELD', 'IGNORED', 'ACCEPTED')),
    reason_code      text not null,
    reason_arguments text[] not null,
    order_id         text not null,
    invoice_number   text not null,
    customer_number  text not null,
    kid              text not null,
    agreement_id     text not null,
    amount_minor     bigint,
    currency         text not null,
    requested_due    date,
    effective_due    date,
    digest           bytea,
    -- The order id of the charge that a held credit note credits.
    credited         text,
    cells            text not null,
    primary key (file_id, position),
    check (answer <> 'ACCEPTED' or action = 'MAPPING')
);
create index intake_exception_waiting on intake_exception (order_id)
    where answer in ('REFUSED', 'HELD') or reason_code = 'DISCARDED';
create index intake_exception_agreement on intake_exception (file_id, position)
    where reason_code in ('AGREEMENT_UNKNOWN', 'AGREEMENT_AMBIGUOUS', 'AGREEMENT_CHANGED', 'AGREEMENT_NOT_ACTIVE');
create index intake_exception_search on intake_exception using brin (
    order_id text_bloom_ops, invoice_number text_bloom_ops, customer_number text_bloom_ops, kid text_bloom_ops,
    agreement_id text_bloom_ops, amount_minor int8_bloom_ops) with (pages_per_range = 32);
create index intake_exception_credited on intake_exception (credited) where credited is not null and answer = 'HELD';

-- Accepted lines that act on something that is there already: a charge or an agreement.
create table operation (
    file_id          bigint not null references inbound_file,
    position         int not null,
    channel          text not null,
    msn              text not null,
    action           text not null,
    -- Source, action, target and the line's own number: unique among lines that are not replaced (MR1).
    identity         text not null,
    -- The order id of the invoice's first charge, or the agreement id: operations on it go one after the other.
    target           text not null,
    -- The charge it acts on: as the line names it, else of the invoice's latest charge when it was last looked at.
    order_id         text not null,
    -- Whether the line names the order id itself.
    exact            boolean not null,
    agreement_id     text not null,
    invoice_number   text not null,
    customer_number  text not null,
    kid              text not null,
    amount_minor     bigint,
    currency         text not null,
    requested_due    date,
    effective_due    date,
    description      text not null,
    external_id      text,
    -- What an action asks for beyond the columns above.
    terms            jsonb not null,
    digest           bytea not null,
    correction       int not null,
    replaced         boolean not null default false,
    cells            text not null,
    recorded_at      timestamptz not null,
    -- OPEN: goes on at next_attempt_at. HELD: waits for a person. DROPPED: a person gave it up.
    state            text not null default 'OPEN' check (state in ('OPEN', 'DONE', 'REFUSED', 'HELD', 'DROPPED')),
    -- LOOK: its target is looked at, and what follows is decided. CALL: bytes and key are stored and may be sent.
    -- CONFIRM: the API took the call in, and its target is looked at until it shows. WATCH: a retry made its charge, and
    -- looks once more, before that is due, whether the failed one was paid after all; it keeps no other from its turn.
    -- AWAIT: a capture whose charge is not reserved yet; it keeps no other from its turn, either.
    -- LIST: its agreement was seen, and that one's charges are listed, from list_token on; the API forgets it in minutes.
    phase            text not null default 'LOOK' check (phase in ('LOOK', 'LIST', 'CALL', 'CONFIRM', 'WATCH', 'AWAIT')),
    list_token       text,
    -- The failed charge of a retry was paid after all: the charge that the retry made is being cancelled.
    undo             boolean not null default false,
    -- The reason for which it was held and a person let it through; the market day whose ceiling a refund counts against.
    released         text,
    counted_on       date,
    method           text,
    path             text,
    body             bytea,
    body_sha256      text,
    idempotency_key  text,
    attempts         int not null default 0,
    -- Calls that may have had an effect without our seeing the answer; 401 answers in a row; looks that changed nothing.
    unanswered       int not null default 0,
    unauthorized     int not null default 0,
    waits            int not null default 0,
    first_sent_at    timestamptz,
    looked_at        timestamptz,
    next_attempt_at  timestamptz,
    lease_owner      text,
    lease_until      timestamptz,
    fencing_token    bigint not null default 0,
    http_status      int,
    problem          text,
    context_id       text,
    reason_code      text,
    reason_arguments text[],
    finished_at      timestamptz,
    -- The errors file that gives a refused or held line back to the ERP.
    errors_request_id bigint references receipt_request,
    primary key (file_id, position)
);
create index operation_without_errors_file on operation (file_id)
    where state in ('REFUSED', 'HELD') and errors_request_id is null and not replaced;
create unique index operation_identity on operation (identity) where not replaced;
create index operation_open on operation (msn, next_attempt_at) where state = 'OPEN';
create index operation_target on operation (target, file_id, position) where state = 'OPEN';
create index operation_order_id on operation (order_id);
create index operation_search on operation using brin (
    target text_bloom_ops, invoice_number text_bloom_ops, customer_number text_bloom_ops, kid text_bloom_ops,
    agreement_id text_bloom_ops, amount_minor int8_bloom_ops) with (pages_per_range = 32);
create index operation_called on operation (target, first_sent_at) where first_sent_at is not null;
create index operation_counted on operation (channel, counted_on) where counted_on is not null;

-- Sending -------------------------------------------------------------------------------------------------------------

create table dispatch (
    id                 bigint generated always as identity primary key,
    msn                text not null,
    kind               text not null check (kind in ('BATCH', 'SINGLE', 'UNSCHEDULED')),
    -- READY: may be sent at next_attempt_at. SENDING: leased. ACCEPTED: answered 2xx. SPLIT: its lines went into smaller
    -- dispatches. REFUSED: its only line was refused. VOID: never sent again; its lines are queued anew where no byte of
    -- it can have had an effect, else each is looked up by its charge row.
    state              text not null
        check (state in ('READY', 'SENDING', 'ACCEPTED', 'SPLIT', 'REFUSED', 'VOID')),
    correction         int not null default 0,
    idempotency_key    text not null,
    path               text not null,
    body               bytea,
    body_sha256        text not null,
    line_count         int not null,
    earliest_due       date not null,
    attempts           int not null default 0,
    -- Attempts that may have had an effect without our seeing the answer.
    unanswered         int not null default 0,
    unauthorized       int not null default 0,
    first_sent_at      timestamptz,
    next_attempt_at    timestamptz,
    lease_owner        text,
    lease_until        timestamptz,
    fencing_token      bigint not null default 0,
    answered_at        timestamptz,
    http_status        int,
    problem            text,
    context_id         text,
    -- From when its lines are looked up; empty again when each has a charge row.
    next_check_at      timestamptz,
    created_at         timestamptz not null
);
create index dispatch_ready on dispatch (msn, next_attempt_at) where state = 'READY';
create index dispatch_sending on dispatch (lease_until) where state = 'SENDING';
create index dispatch_to_check on dispatch (msn, earliest_due, id) where next_check_at is not null;
create index dispatch_with_body on dispatch (id) where body is not null;

-- Up to 2,000 lines of one file; a range of positions, so that joining and halving touch no line.
create table block (
    id             bigint generated always as identity primary key,
    file_id        bigint not null references inbound_file,
    first_position int not null,
    last_position  int not null,
    line_count     int not null,
    msn            text not null,
    channel        text not null,
    earliest_due   date not null,
    correction     int not null default 0,
    -- One line that goes through the single create, never in a batch (MR4).
    single         boolean not null default false,
    -- Lines to be charged at once: taken out of it one by one, for only the single create has a type.
    unscheduled    boolean not null default false,
    -- Waits until the charges that its imported agreements have at the API are known (MR21).
    check_agreements boolean not null default false,
    recorded_at    timestamptz not null,
    dispatch_id    bigint references dispatch
);
create index block_waiting on block (msn, earliest_due, id) where dispatch_id is null;
create index block_dispatch on block (dispatch_id);
create index block_file on block (file_id, first_position);

-- What is known of one charge beyond its dispatch's answer; made when there is something to say (ER7).
create table charge (
    file_id             bigint not null,
    position            int not null,
    order_id            text not null,
    msn                 text not null,
    channel             text not null,
    agreement_id        text not null,
    dispatch_id         bigint references dispatch,
    status              text not null,
    -- Why it was refused, held or stays unconfirmed, and what the API said of it.
    reason_code         text,
    reason_arguments    text[],
    http_status         int,
    problem             text,
    context_id          text,
    -- A request holding it was never answered; a refusal of it was claimed and is being looked up; single sends so far.
    unanswered          boolean not null default false,
    refusal_claimed     boolean not null default false,
    single_sends        int not null default 0,
    transaction_id      text,
    failure_reason      text,
    amount_captured     bigint not null default 0,
    amount_refunded     bigint not null default 0,
    amount_cancelled    bigint not null default 0,
    due                 date not null,
    retry_days          smallint not null,
    seen_at             timestamptz,
    reported_unconfirmed boolean not null default false,
    -- A status report reminded of its capture.
    capture_reminded    boolean not null default false,
    next_check_at       timestamptz,
    checks              int not null default 0,
    changed_at          timestamptz not null,
    -- When a webhook last said that it changed, and how often it was looked up.
    signalled_at        timestamptz,
    lookups             int not null default 0,
    -- The errors file that gives a refused or held line back to the ERP.
    errors_request_id   bigint references receipt_request,
    primary key (file_id, position),
    foreign key (file_id, position) references instruction
);
create index charge_without_errors_file on charge (file_id)
    where status in ('REFUSED', 'HELD') and errors_request_id is null;
create index charge_order_id on charge (order_id);
create index charge_to_check on charge (msn, due, next_check_at) where next_check_at is not null;
-- A charge that proves that the keys still find what is there is asked for in every round of overdue look-ups.
create index charge_seen on charge (msn, (status = 'FAILED'), seen_at desc) where seen_at is not null;
create index charge_dispatch on charge (dispatch_id);

-- A sales unit halted by a 403, and one whose outcomes are unknown and which therefore sends one dispatch at a time.
create table sales_unit (
    msn             text primary key,
    halted_at       timestamptz,
    halt_reason     text,
    next_probe_at   timestamptz,
    outage_since    timestamptz,
    outage_failures int not null default 0,
    next_send_at    timestamptz,
    -- The first look-up that was not answered, until one is.
    lookups_fail_since timestamptz
);

-- Pacing (ER4): a token bucket per sales unit and limit class, shared by all nodes.
create table pacing (
    msn           text not null,
    limit_class   text not null,
    tokens        double precision not null,
    refilled_at   timestamptz not null,
    blocked_until timestamptz,
    primary key (msn, limit_class)
);

-- What happened, and what goes back --------------------------------------------------------------------------------------

create table report (
    id              bigint generated always as identity primary key,
    channel         text not null,
    kind            text not null check (kind in ('STATUS')),
    number          int not null,
    previous_number int,
    cut_off         timestamptz not null,
    made_at         timestamptz not null,
    unique (channel, kind, number),
    unique (channel, kind, cut_off)
);

-- Every change of state, written in the transaction that changes it. A dispatch's event stands for its lines.
create table event (
    id               bigint generated always as identity primary key,
    occurred_at      timestamptz not null,
    channel          text,
    msn              text not null,
    file_id          bigint,
    position         int,
    order_id         text,
    -- Of an agreement as such, without a line: what it became is told to every channel that charges it.
    agreement_id     text,
    dispatch_id      bigint,
    status           text not null,
    reason_code      text,
    reason_arguments text[],
    transaction_id   text,
    failure_reason   text,
    amount_captured  bigint not null default 0,
    amount_refunded  bigint not null default 0,
    amount_cancelled bigint not null default 0,
    -- What moved back or appeared against a refusal: recorded and alarmed, not applied.
    anomaly          boolean not null default false,
    reportable       boolean not null,
    report_id        bigint references report
);
create index event_unreported on event (channel, id) where reportable and report_id is null;
create index event_report on event (report_id) where report_id is not null;
create index event_line on event (file_id, position);
create index event_dispatch on event (dispatch_id) where dispatch_id is not null;

create table outbound_file (
    id              bigint generated always as identity primary key,
    channel         text not null,
    kind            text not null check (kind in ('RECEIPT', 'ERRORS', 'STATUS', 'REASON', 'DRAFTS', 'QUERY')),
    -- Relative to the user's home on the channel's server.
    directory       text not null,
    name            text not null,
    size            bigint not null,
    sha256          text not null,
    state           text not null check (state in ('RENDERED', 'VERIFIED', 'DELIVERED')),
    rendered_at     timestamptz not null,
    verified_at     timestamptz,
    delivered_at    timestamptz,
    attempts        int not null default 0,
    next_attempt_at timestamptz not null,
    lease_owner     text,
    lease_until     timestamptz,
    fencing_token   bigint not null default 0,
    last_failure    text,
    -- When its bytes were deleted by retention; it cannot be delivered again after that.
    bytes_retired_at timestamptz,
    unique (channel, directory, name)
);
create index outbound_file_open on outbound_file (channel, next_attempt_at) where state <> 'DELIVERED';
create index outbound_file_with_bytes on outbound_file (id) where bytes_retired_at is null;

create table outbound_file_part (
    outbound_file_id bigint not null references outbound_file,
    number           int not null,
    content          bytea not null,
    primary key (outbound_file_id, number)
);

-- People ------------------------------------------------------------------------------------------------------------------

create table dead_letter (
    id               bigint generated always as identity primary key,
    -- LINE: a line held at intake. CHARGE: a charge refused, held or stuck after sending. FILE: a file refused or held.
    -- MAPPING: a key re-pointed to another agreement. OPERATION: one that is held. ROUTE: what a route could not handle.
    kind             text not null check (kind in ('LINE', 'CHARGE', 'FILE', 'MAPPING', 'OPERATION', 'ROUTE')),
    state            text not null check (state in ('OPEN', 'REDRIVEN', 'DISCARDED', 'RESOLVED')),
    channel          text,
    msn              text,
    route            text,
    file_id          bigint,
    position         int,
    order_id         text,
    mapping_id       bigint,
    reason_code      text,
    reason_arguments text[],
    -- What a person reads: what happened and what can be done.
    reason           text not null,
    remedy           text not null,
    http_status      int,
    problem          text,
    context_id       text,
    created_at       timestamptz not null,
    closed_at        timestamptz
);
create unique index dead_letter_open_line on dead_letter (kind, file_id, position) where state = 'OPEN' and position is not null;
create unique index dead_letter_open_file on dead_letter (kind, file_id) where state = 'OPEN' and kind = 'FILE';
create unique index dead_letter_open_route on dead_letter (route) where state = 'OPEN' and kind = 'ROUTE';
create index dead_letter_open on dead_letter (id) where state = 'OPEN';
create index dead_letter_line on dead_letter (file_id, position) where file_id is not null;
create index dead_letter_open_order_id on dead_letter (order_id) where state = 'OPEN' and order_id is not null;

-- Charges that nothing and nobody will act on any more by themselves; a HELD one was given up by a person.
create view charge_at_rest as
select * from charge c
where c.next_check_at is null
  and (c.status in ('REFUSED', 'FAILED', 'CANCELLED', 'CHARGED', 'PARTIALLY_REFUNDED', 'REFUNDED') or c.status = 'HELD')
  and not exists (select 1 from dead_letter l where l.state = 'OPEN' and l.kind in ('LINE', 'CHARGE', 'OPERATION')
                  and l.file_id = c.file_id and l.position = c.position);

-- Who decided what, when and why. Each event is sealed into a chain of hashes soon after it is committed; after that
-- nothing of it changes but the reason, which may be blanked: the chain holds only a digest of it, and without the salt that
-- says nothing.
create table audit_event (
    id            bigint generated always as identity primary key,
    at            timestamptz not null,
    actor         text not null,
    action        text not null,
    subject       text not null,
    reason        text not null,
    result        text not null,
    salt          uuid default gen_random_uuid(),
    number        bigint unique,
    reason_digest bytea,
    hash          bytea
);
create index audit_event_unsealed on audit_event (id) where number is null;

create function audit_event_is_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.id, new.at, new.actor, new.action, new.subject, new.result)
                is distinct from (old.id, old.at, old.actor, old.action, old.subject, old.result) then
            raise exception 'An audit event is never changed.';
        elsif old.number is null and new.reason = old.reason and new.salt = old.salt then
            return new;
        elsif new.reason = '' and new.salt is null and old.number is not null
                and (new.number, new.reason_digest, new.hash) is not distinct from (old.number, old.reason_digest, old.hash) then
            return new;
        end if;
        raise exception 'An audit event is never changed.';
    end if;
    raise exception 'An audit event is never deleted.';
end $$;
create trigger audit_event_is_kept before update or delete on audit_event
    for each row execute function audit_event_is_kept();
create trigger audit_event_is_not_emptied before truncate on audit_event
    for each statement execute function audit_event_is_kept();

-- How far the pass over the ledger has come that deletes what is kept no longer. A row for each kind of thing.
create table retention_pass (
    work           text primary key,
    begun_at       timestamptz not null,
    -- Where it goes on, and of the file there how many lines behind it keep their text.
    after_id       bigint not null default 0,
    after_position int not null default 0,
    lines_kept     bigint not null default 0,
    deleted        bigint not null default 0,
    finished_at    timestamptz
);

-- People of whom all was erased that is not bookkeeping. Who it was stands nowhere.
create table erasure (
    id        bigint generated always as identity primary key,
    erased_at timestamptz not null
);

-- What the last check of each invariant found (R__invariants.sql); on which node it ran does not matter.
create table invariant_check (
    invariant  text primary key,
    checked_at timestamptz not null,
    violations bigint not null,
    -- Without personal data.
    examples   text[] not null
);

-- Agreements --------------------------------------------------------------------------------------------------------------

-- Which agreement pays for a key; rows are deltas and end by valid_to (MR20).
create table agreement_mapping (
    id           bigint generated always as identity primary key,
    source_id    text not null,
    key_type     text not null,
    key          text not null,
    agreement_id text not null,
    currency     text,
    retry_days   smallint,
    valid_from   date,
    valid_to     date,
    -- A key re-pointed to another agreement waits until a person approves.
    approved     boolean not null,
    file_id      bigint not null references inbound_file,
    position     int not null,
    recorded_at  timestamptz not null
);
create index agreement_mapping_key on agreement_mapping (source_id, key, key_type);
create index agreement_mapping_agreement on agreement_mapping (agreement_id);
create index agreement_mapping_file on agreement_mapping (file_id, position);

-- How the agreements of a sales unit stand at the API, as far as it showed them.
create table agreement (
    msn               text not null,
    agreement_id      text not null,
    -- The API's word; empty until it was shown, MISSING where the sales unit has none of that id.
    status            text not null,
    external_id       text,
    pricing_type      text,
    currency          text,
    product_name      text,
    -- Who the customer is to Vipps MobilePay, and where what the customer shares can be read: handed back, never used (MR29).
    sub               text,
    userinfo_url      text,
    was_active        boolean not null default false,
    -- Found by an import: what it was charged elsewhere is listed before the first charge of ours (MR21).
    imported          boolean not null default false,
    charges_listed_at timestamptz,
    -- Where a list of its charges goes on; the API forgets it within minutes.
    list_token        text,
    list_next_at      timestamptz,
    -- The last scan that listed it.
    scan_id           bigint,
    seen_at           timestamptz,
    next_check_at     timestamptz,
    changed_at        timestamptz not null,
    primary key (msn, agreement_id)
);
create index agreement_to_check on agreement (msn, next_check_at) where next_check_at is not null;
create index agreement_imported on agreement (msn) where imported;

-- A pass over the list of a sales unit's active agreements, page by page; at most one at a time.
create table agreement_scan (
    id              bigint generated always as identity primary key,
    msn             text not null,
    -- The market's day for the nightly one; empty for one that only an import asked for.
    night           date,
    next_page       int not null default 1,
    listed          int not null default 0,
    -- An import reads the list again until a round names no agreement that none before it named.
    rounds          int not null default 1,
    named_new       boolean not null default false,
    started_at      timestamptz not null,
    next_attempt_at timestamptz not null,
    finished_at     timestamptz
);
create unique index agreement_scan_running on agreement_scan (msn) where finished_at is null;
create unique index agreement_scan_night on agreement_scan (msn, night) where night is not null;

-- Somebody asked for the agreements of a channel's sales unit to enter its mapping: a setting, or an operator.
create table agreement_import (
    id           bigint generated always as identity primary key,
    channel      text not null,
    msn          text not null,
    requested_by text not null,
    requested_at timestamptz not null,
    -- The scan that began after the request and is complete; then the mapping file is made.
    scan_id      bigint references agreement_scan,
    done_at      timestamptz
);
create unique index agreement_import_open on agreement_import (channel) where done_at is null;

-- Charges of imported agreements that are open or collected at the API and not ours.
create table foreign_charge (
    msn          text not null,
    agreement_id text not null,
    charge_id    text not null,
    external_id  text,
    amount_minor bigint not null,
    due          date,
    status       text not null,
    primary key (msn, agreement_id, charge_id)
);

-- Agreements offered to customers: the course of each accepted line draft-agreement, whose operation row says what it asks.
create table draft (
    file_id         bigint not null,
    position        int not null,
    channel         text not null,
    msn             text not null,
    -- LINK: the customer opens an address of ours, and the agreement is drafted when the button is pressed. DIRECT: at once.
    way             text not null check (way in ('LINK', 'DIRECT')),
    token           text unique,
    link_url        text,
    external_id     text not null,
    -- OFFERED: waits for the customer. READY: is drafted at next_attempt_at. SENDING: leased. UNKNOWN: its request was not
    -- answered; the API is asked for its external id before another is drafted. Else as the API says, or REFUSED by it.
    state           text not null check (state in ('OFFERED', 'READY', 'SENDING', 'UNKNOWN', 'PENDING', 'ACTIVE', 'STOPPED',
                                                   'EXPIRED', 'REFUSED')),
    -- How many were drafted: the correction number of the request's key, and the suffix of the first charge's order id.
    number          int not null default 0,
    agreement_id    text,
    confirmation_url text,
    drafted_at      timestamptz,
    idempotency_key text,
    body            bytea,
    sent_at         timestamptz,
    unauthorized    int not null default 0,
    -- Where the search for an agreement whose request was not answered goes on.
    list_status     text,
    list_page       int not null default 1,
    next_attempt_at timestamptz,
    lease_owner     text,
    lease_until     timestamptz,
    fencing_token   bigint not null default 0,
    http_status     int,
    problem         text,
    context_id      text,
    -- The reply file that tells a direct one, and the mapping file that makes an accepted one known.
    reply_number    int,
    mapped_in       text,
    mapped_at       timestamptz,
    created_at      timestamptz not null,
    primary key (file_id, position),
    foreign key (file_id, position) references operation
);
create index draft_open on draft (msn, next_attempt_at) where state in ('READY', 'UNKNOWN');
create index draft_sending on draft (lease_until) where state = 'SENDING';
create index draft_agreement on draft (msn, agreement_id) where agreement_id is not null;
create index draft_unreplied on draft (channel, file_id) where way = 'DIRECT' and reply_number is null;
create index draft_unmapped on draft (channel) where state = 'ACTIVE' and mapped_at is null;

-- What lines ask to know of an agreement and its charges: asked of the API, and answered in a file of their own.
create table query (
    file_id         bigint not null,
    position        int not null,
    channel         text not null,
    msn             text not null,
    agreement_id    text not null,
    -- AGREEMENT: is looked up. CHARGES: its charges are listed, from list_token on. KNOWN: all is known.
    state           text not null check (state in ('AGREEMENT', 'CHARGES', 'KNOWN')),
    status          text not null default '',
    external_id     text,
    currency        text,
    list_token      text,
    -- How often the list was begun anew, because the API did not know any more where it went on.
    restarts        int not null default 0,
    asked_at        timestamptz not null,
    next_attempt_at timestamptz,
    known_at        timestamptz,
    answered_at     timestamptz,
    primary key (file_id, position),
    foreign key (file_id, position) references operation
);
create index query_open on query (msn, next_attempt_at) where state <> 'KNOWN';
create index query_unanswered on query (channel, file_id) where answered_at is null;

create table query_charge (
    file_id          bigint not null,
    position         int not null,
    number           int not null,
    charge_id        text not null,
    external_id      text,
    transaction_id   text,
    status           text not null,
    failure_reason   text,
    amount_minor     bigint not null,
    amount_captured  bigint not null,
    amount_refunded  bigint not null,
    amount_cancelled bigint not null,
    currency         text,
    due              date,
    retry_days       smallint,
    primary key (file_id, position, number),
    foreign key (file_id, position) references query
);

-- Webhooks ----------------------------------------------------------------------------------------------------------------

-- Where the API delivers to. The secret is encrypted under chargebridge.encryption-key, and emptied once the API has the
-- registration no more.
create table webhook_registration (
    id            text primary key,
    msn           text not null,
    url           text not null,
    events        text[] not null,
    secret        bytea not null,
    registered_at timestamptz not null,
    gone_at       timestamptz
);
create index webhook_registration_live on webhook_registration (msn) where gone_at is null;

-- How it stands with a sales unit's webhooks: whether they are registered, and whether they come.
create table webhook_standing (
    msn           text primary key,
    -- Where they are delivered; empty where none are registered.
    url           text,
    checked_at    timestamptz,
    next_check_at timestamptz,
    failures      int not null default 0,
    trouble       text,
    last_event_at timestamptz,
    -- When a look-up last showed what a webhook should have told.
    missed_at     timestamptz,
    -- Whether look-ups are planned as rarely as webhooks allow.
    relied        boolean not null default false
);

-- What was delivered and is signed, each event once: the fingerprint is of all that tells two events apart.
create table webhook_event (
    id               bigint generated always as identity primary key,
    msn              text not null,
    kind             text not null check (kind in ('CHARGE', 'AGREEMENT', 'OTHER')),
    event_type       text not null,
    charge_id        text,
    agreement_id     text,
    -- As the API wrote it.
    occurred         text not null,
    amount           bigint,
    amount_captured  bigint,
    amount_cancelled bigint,
    amount_refunded  bigint,
    actor            text,
    failure_reason   text,
    fingerprint      bytea not null unique,
    received_at      timestamptz not null,
    -- NEW waits to be worked on at next_attempt_at.
    state            text not null check (state in ('NEW', 'DONE', 'NOT_OURS')),
    attempts         int not null default 0,
    next_attempt_at  timestamptz
);
create index webhook_event_new on webhook_event (kind, id) where state = 'NEW';
create index webhook_event_received on webhook_event (received_at) where state <> 'NEW';
create index webhook_event_charge on webhook_event (charge_id) where charge_id is not null;
create index webhook_event_agreement on webhook_event (agreement_id) where kind = 'AGREEMENT';
