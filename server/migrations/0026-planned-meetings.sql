-- Meetings that are planned, moved and called off.
alter table meetings.meeting
  -- Who planned it for the chair; null = the chair.
  add column planner_id uuid,
  add column description text,
  -- Grows with every change of what people were invited to (RFC 5545: SEQUENCE).
  add column version int not null default 0,
  -- One of several that repeat; `occurs_at`: the start its rule gave it, whatever it was moved to since (RECURRENCE-ID).
  add column series_id uuid,
  add column occurs_at timestamptz,
  add column cancelled_at timestamptz,
  add column cancelled_by uuid,
  add column cancel_reason text,
  add check (cancelled_at is null or started_at is null),
  add check ((cancelled_at is null) = (cancel_reason is null)),
  add check ((series_id is null) = (occurs_at is null));
create index on meetings.meeting (series_id, occurs_at) where series_id is not null;
create index on meetings.meeting (opd_id, starts_at);

-- What was planned before, each time it changed: `before` holds only what is another thing now. Never changed.
create table meetings.change (
  id bigint generated always as identity primary key,
  meeting_id uuid not null references meetings.meeting,
  version int not null,
  kind text not null check (kind in ('diubah', 'dibatalkan')),
  before jsonb,
  reason text,
  by_id uuid,
  at timestamptz not null,
  unique (meeting_id, version)
);
select ledger.attach('meetings.change', 'plans', 'meeting_id', 'id');
