-- Meetings, invitations and chat.
create schema meetings;

create table meetings.meeting (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  sifat text not null check (sifat in ('biasa', 'segera', 'sangat_segera')),
  opd_id uuid not null,
  chair_id uuid not null,
  instant boolean not null,
  place text not null default 'Daring',
  starts_at timestamptz not null,
  ends_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  room_id uuid unique,
  created_at timestamptz not null,
  check (ended_at is null or started_at is not null)
);
create index on meetings.meeting (starts_at);
create index on meetings.meeting (chair_id);

create table meetings.invitation (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references meetings.meeting,
  -- `p_<person>` or `g_<invitation>`: the key of this invited person in the room.
  member text not null,
  person_id uuid,
  -- As the person was when invited: the paper says the position of that day.
  name text not null,
  nip text,
  position text,
  position_rank int not null default 9,
  opd_id uuid,
  opd_name text,
  badge text check (badge in ('Tamu', 'Pers')),
  institution text,
  via text not null,
  -- The link is derived from the id and this version; only its hash is kept.
  link_version int not null default 1,
  link_hash text not null unique,
  -- The browser that entered by the link first; another one has to sign in or ask for a new link.
  link_browser text,
  link_revoked_at timestamptz,
  invited_at timestamptz not null,
  invited_by uuid,
  unique (meeting_id, member)
);
create index on meetings.invitation (person_id);

create table meetings.chat (
  id uuid primary key,
  meeting_id uuid not null references meetings.meeting,
  member text not null,
  name text not null,
  badge text,
  text text not null,
  at timestamptz not null
);
create index on meetings.chat (meeting_id, at);

-- Every act of the chair: removed, banned, let back, ended, link renewed.
create table meetings.act (
  id bigint generated always as identity primary key,
  meeting_id uuid not null references meetings.meeting,
  at timestamptz not null,
  by_id uuid,
  act text not null,
  member text,
  detail text
);
