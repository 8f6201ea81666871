-- Series of meetings, which of them were moved alone, and public holidays.
create schema if not exists planning;
-- The rule as it was planned (RFC 5545, in the zone of the office). Each meeting of it is a row of meetings.meeting.
create table planning.series (
  id uuid primary key default gen_random_uuid(),
  rule text not null,
  zone text not null,
  starts_at timestamptz not null,
  -- Starts that the rule gives and nobody wanted: holidays (EXDATE).
  skipped timestamptz[] not null,
  made_by uuid not null,
  made_at timestamptz not null
);
-- Moved alone: keeps its own hour when the others move.
create table planning.moved (
  meeting_id uuid primary key references meetings.meeting on delete cascade,
  moved_at timestamptz not null
);
-- What a browser has asked for once: asking again answers the same meeting.
create table planning.request (
  by_id uuid not null,
  key uuid not null,
  meeting_id uuid references meetings.meeting on delete cascade,
  primary key (by_id, key)
);
-- The holidays of a year, as they were entered; the newest version counts, the former stay.
create table planning.holiday_list (
  year int not null,
  version int not null,
  holidays jsonb not null,
  by_id uuid,
  at timestamptz not null,
  primary key (year, version)
);
