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
