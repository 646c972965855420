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
