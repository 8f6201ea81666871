-- Answers of the invited, disposisi, links asked for on another device, and what was mailed about a meeting.
create schema if not exists invitations;

-- Of guests: where their letters go.
alter table meetings.invitation add column email text;
-- The link alone was revoked; whoever has an account is still invited.
alter table meetings.invitation add column link_off_at timestamptz;

-- Each answer is a new row; the newest one of a member counts. Never changed. `by_id` null: whoever held the personal link.
create table invitations.answer (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  member text,
  answer text check (answer in ('belum', 'hadir', 'tidak', 'diwakili')),
  reason text,
  -- `penyiap`: told to who prepares the meeting, who wrote it down for the invited.
  way text check (way in ('sesi', 'tautan', 'penyiap')),
  disposisi_id uuid,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check (answer <> 'tidak' or reason is not null)
);
create index on invitations.answer (meeting_id, member, id desc);
select ledger.attach('invitations.answer', 'answers', 'meeting_id', 'id');

-- Who was sent by whom, with what instruction. Names and positions are those of that day. Never changed.
create table invitations.disposisi (
  id uuid primary key,
  meeting_id uuid not null,
  -- The disposisi by which the giver was sent themselves; it goes down once more and no further.
  parent_id uuid,
  opd_id uuid not null,
  number text,
  day date not null,
  instruction text,
  from_member text,
  from_name text,
  from_position text,
  to_member text,
  to_name text,
  to_position text,
  -- They were not invited before: with the disposisi their invitation goes too.
  invited boolean not null,
  by_id uuid,
  at timestamptz not null
);
create index on invitations.disposisi (meeting_id);
select ledger.attach('invitations.disposisi', 'disposisi', 'meeting_id', 'at, id');

-- Over once: who withdraws and who hands back at the same time end it once. `ikut`: the one above it is over.
create table invitations.disposisi_end (
  disposisi_id uuid primary key,
  meeting_id uuid not null,
  kind text check (kind in ('ditarik', 'dikembalikan', 'ikut')),
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check (kind <> 'dikembalikan' or reason is not null)
);
create index on invitations.disposisi_end (meeting_id);
select ledger.attach('invitations.disposisi_end', 'disposisi-ends', 'meeting_id', 'at, disposisi_id');

-- A personal link opened in another browser asks to move there.
create table invitations.link_ask (
  id uuid primary key,
  meeting_id uuid not null,
  invitation_id uuid not null,
  member text not null,
  link_version int not null,
  browser text not null,
  -- In words: `Chrome di Android`.
  device text not null,
  former_browser text,
  at timestamptz not null,
  -- A no is final; a yes may still become a no.
  outcome text check (outcome in ('diizinkan', 'ditolak')),
  decided_by text,
  decided_at timestamptz,
  check ((outcome is null) = (decided_at is null))
);
create unique index on invitations.link_ask (invitation_id, browser, link_version) where outcome is null;
create index on invitations.link_ask (meeting_id) where outcome is null;

-- Who was asked again to answer, and when: once an hour.
create table invitations.reminder (
  id uuid primary key,
  meeting_id uuid not null,
  members text[] not null,
  by_id uuid not null,
  at timestamptz not null
);
create index on invitations.reminder (meeting_id, at);

-- What letters are about: one row for each meeting and change. Several meetings of one series that change in one transaction are one letter.
create table invitations.news (
  id uuid primary key,
  meeting_id uuid not null,
  series_id uuid,
  version int not null,
  kind text not null check (kind in ('direncanakan', 'diundang', 'diubah', 'dibatalkan', 'ditarik')),
  -- Of the first row of this series and transaction.
  batch uuid not null,
  xact text not null default pg_current_xact_id()::text,
  at timestamptz not null
);
create index on invitations.news (batch);
create index on invitations.news (series_id, xact) where series_id is not null;
