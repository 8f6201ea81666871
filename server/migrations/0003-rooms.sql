-- Rooms: rights written here and then applied to LiveKit; presence told by LiveKit and appended here.
create schema rooms;

create table rooms.room (
  id uuid primary key default gen_random_uuid(),
  -- LiveKit's room name: random, never used again, so that tokens of a closed room open nothing.
  name text not null unique,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- When LiveKit was told to delete it.
  deleted_at timestamptz
);
create index on rooms.room (id) where closed_at is null or deleted_at is null;

create table rooms.member (
  room_id uuid not null references rooms.room,
  member text not null,
  person_id uuid,
  name text not null,
  word text not null check (word in ('none', 'audience', 'speaker', 'host')),
  removed_at timestamptz,
  banned boolean not null default false,
  changed_at timestamptz not null,
  -- When LiveKit was last told; null = to be applied.
  applied_at timestamptz,
  primary key (room_id, member)
);
create index member_unapplied on rooms.member (changed_at) where applied_at is null;

-- What the witnesses said, as it came. Never changed.
create table rooms.presence (
  id bigint generated always as identity primary key,
  room_id uuid not null references rooms.room,
  source text not null check (source in ('webhook', 'poll', 'supervisor')),
  kind text not null check (kind in ('joined', 'left', 'aborted', 'seen', 'absent', 'server_exit', 'room_closed')),
  -- LiveKit's event id; a retry or replay inserts nothing.
  event_id text unique,
  sid text,
  member text,
  device text,
  -- When it happened, by LiveKit's clock where it told us.
  at timestamptz not null,
  reason text,
  received_at timestamptz not null
);
create index on rooms.presence (room_id, id);
create index on rooms.presence (member, at);

-- Which sessions are open now: a projection of the log, so that a poll knows what is new and when each was last seen.
create table rooms.session (
  room_id uuid not null references rooms.room,
  sid text not null,
  member text not null,
  device text not null,
  joined_at timestamptz not null,
  last_seen_at timestamptz not null,
  absent_polls int not null default 0,
  closed_at timestamptz,
  primary key (room_id, sid)
);
create index session_open on rooms.session (room_id) where closed_at is null;

create table rooms.hand (
  room_id uuid not null references rooms.room,
  member text not null,
  raised_at timestamptz not null,
  primary key (room_id, member)
);
