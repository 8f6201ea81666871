-- When the portal, its database or its media server was away. Printed on reports, counted against nobody.
create schema platform;

-- The last sign of life. Any portal process moves it on.
create table platform.pulse (what text primary key check (what in ('portal', 'media')), at timestamptz not null);

create table platform.outage (
  id bigint generated always as identity primary key,
  what text not null check (what in ('portal', 'database', 'media')),
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  noted_at timestamptz not null
);
create index on platform.outage (to_at, from_at);

select ledger.attach('platform.outage', 'outages', null, 'id');
