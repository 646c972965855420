-- What people who run the gateway decide, for all nodes.

-- Whether a route shall run. A route without a row runs.
create table route_wanted (
    -- For example send-charges or fetch-invoices.demo.
    route_id   text primary key,
    state      text not null check (state in ('RUNNING', 'STOPPED')),
    -- The user who ordered it, when by the business clock, and why.
    ordered_by text not null,
    ordered_at timestamptz not null,
    reason     text not null,
    -- Rises with each order: a node acts once on each.
    version    bigint not null
);

-- Alarms ------------------------------------------------------------------------------------------------------------------

-- What a person must know, once: one open row for each cause. Times are the database's own clock, for people and mails
-- live in real time.
create table alarm (
    id               bigint generated always as identity primary key,
    kind             text not null,
    -- The kind and what it is about: the same while one remedy mends it.
    cause            text not null,
    channel          text,
    file_name        text,
    amount_minor     bigint,
    currency         text,
    reason_code      text,
    reason_arguments text[],
    -- What its sentence names, without personal data.
    arguments        text[] not null,
    seen_at          timestamptz not null,
    -- Empty until it has held for a while: what mends itself at once is nobody's concern.
    raised_at        timestamptz,
    -- Since when it is gone, and when that was believed.
    gone_at          timestamptz,
    over_at          timestamptz
);
create unique index alarm_open on alarm (cause) where over_at is null;

-- What is still to be told of an alarm, one row for each way; told by the node that holds the lease.
create table alarm_notice (
    id              bigint generated always as identity primary key,
    alarm_id        bigint not null references alarm on delete cascade,
    news            text not null check (news in ('RAISED', 'OVER')),
    way             text not null check (way in ('MAIL', 'WEBHOOK')),
    attempts        int not null default 0,
    attempted_at    timestamptz,
    next_attempt_at timestamptz,
    lease_owner     text,
    lease_until     timestamptz,
    told_at         timestamptz,
    unique (alarm_id, news, way)
);
create index alarm_notice_untold on alarm_notice (way, id) where told_at is null;
create index alarm_notice_attempted on alarm_notice (way, attempted_at);

-- What a node finds at itself rather than in the ledger, such as how its own clock goes; too old where the node is gone.
create table alarm_sighting (
    node         text not null,
    cause        text not null,
    kind         text not null,
    channel      text,
    file_name    text,
    amount_minor bigint,
    currency     text,
    arguments    text[] not null,
    seen_at      timestamptz not null,
    primary key (node, cause)
);

-- Since when a channel's files are expected, for one that never sent any.
create table expected_file (
    channel text primary key,
    since   timestamptz not null
);

create index event_anomaly on event (occurred_at) where anomaly;
create index charge_unconfirmed on charge (msn) where status = 'UNCONFIRMED' and reported_unconfirmed;
create index inbound_file_recorded on inbound_file (channel, recorded_at);

-- Traces ------------------------------------------------------------------------------------------------------------------

-- Steps of files that were handed to the collector of traces, so that each node leaves them to the others; kept some days.
create table traced_step (
    kind      text not null,
    id        bigint not null,
    traced_at timestamptz not null,
    primary key (kind, id)
);
create index outbound_file_delivered on outbound_file (delivered_at) where state = 'DELIVERED';
create index dispatch_answered on dispatch (answered_at) where answered_at is not null;

-- What operators ask for, approve and have done to many letters at once.

-- Something that a second person decides. It stays open until that, or until its letter was settled in another way.
create table approval (
    id              bigint generated always as identity primary key,
    dead_letter_id  bigint not null references dead_letter,
    -- REFUND: money goes back. MAPPING: a key points to another agreement. FILE: a sum above the channel's limit.
    -- AGREEMENT: a person asked to charge an agreement other than the one that the file named.
    kind            text not null check (kind in ('REFUND', 'MAPPING', 'FILE', 'AGREEMENT')),
    -- The agreement to charge, of a corrected one.
    agreement_id    text,
    opened_at       timestamptz not null,
    -- The person who asked; empty where so far only a file did.
    asked_by        text,
    asked_at        timestamptz,
    why             text,
    state           text not null default 'OPEN' check (state in ('OPEN', 'APPROVED', 'REFUSED')),
    decided_by      text,
    decided_at      timestamptz,
    decision_reason text,
    check (kind <> 'AGREEMENT' or asked_by is not null and agreement_id is not null),
    check (state <> 'APPROVED' or asked_by is distinct from decided_by)
);
create unique index approval_open on approval (dead_letter_id, kind) where state = 'OPEN';
create index approval_letter on approval (dead_letter_id);

-- One decision about many letters, worked off letter by letter.
create table bulk_order (
    id          bigint generated always as identity primary key,
    decision    text not null check (decision in ('REDRIVE', 'DISCARD', 'LOOK_UP')),
    -- Who ordered it, and what they might do then.
    actor       text not null,
    roles       text[] not null,
    reason      text not null,
    -- How the letters were chosen, for a reader.
    chosen      text not null,
    state       text not null check (state in ('RUNNING', 'DONE', 'STOPPED')),
    created_at  timestamptz not null,
    finished_at timestamptz,
    lease_owner text,
    lease_until timestamptz
);
create index bulk_order_running on bulk_order (id) where state = 'RUNNING';

create table bulk_order_letter (
    bulk_order_id  bigint not null references bulk_order,
    dead_letter_id bigint not null references dead_letter,
    state          text not null default 'WAITING' check (state in ('WAITING', 'DONE', 'FAILED')),
    -- What came of it.
    message        text,
    primary key (bulk_order_id, dead_letter_id)
);

create index audit_event_subject on audit_event (subject);
