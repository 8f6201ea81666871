-- Holding a room: what is taken from everybody's grants, who leads beside the chair, whose turn it is to speak.
create schema if not exists moderation;

-- Sources nobody sends but those who lead. `member.bars`: this one's own instead of the room's; null = the room's.
alter table rooms.room add column bars text[] not null default '{}';
alter table rooms.member add column bars text[];

-- Who leads or serves beside the chair. What was and why is in the acts.
create table meetings.role (
  meeting_id uuid not null references meetings.meeting,
  member text not null,
  role text not null check (role in ('ko_host', 'operator')),
  -- Took the lead when nobody who leads was inside.
  taken_over boolean not null default false,
  by_id uuid,
  at timestamptz not null,
  primary key (meeting_id, member)
);

-- One row a meeting, from its first act on; what it was before is in the acts.
create table moderation.setting (
  meeting_id uuid primary key,
  -- What is locked for all but those who lead: `mikrofon`, `kamera`, `layar`.
  locks text[] not null default '{}',
  -- One or two: [{member, what}].
  spotlight jsonb not null default '[]',
  chat text not null default 'semua' check (chat in ('semua', 'pemimpin', 'mati')),
  slow_seconds int not null default 0 check (slow_seconds between 0 and 3600),
  entry_muted boolean not null default false,
  turn_seconds int not null default 120 check (turn_seconds between 15 and 1800)
);

-- Whose turn it is and was: what the acts say, ready to be asked.
create table moderation.turn (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null,
  member text not null,
  given_at timestamptz not null,
  until timestamptz not null,
  away_since timestamptz,
  ended_at timestamptz,
  ended_how text check (ended_how in ('dilepas', 'dikembalikan', 'keluar', 'waktu_habis', 'ditutup')),
  check ((ended_at is null) = (ended_how is null))
);
-- Two who lead cannot give it twice.
create unique index turn_one on moderation.turn (meeting_id) where ended_at is null;
create index on moderation.turn (meeting_id, member);
