-- The proceedings of a meeting. Every change is a new row; the newest one counts. Words and names may be null: retention destroys them and leaves the links.
create schema proceedings;

-- Locked by whoever changes the proceedings of one meeting, so that two do it one after the other.
create table proceedings.desk (meeting_id uuid primary key);

-- The whole agenda, in order: [{id, text, taskId}]. `by_id` null: born from the subject and the open tasks.
create table proceedings.agenda (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  version int not null,
  items jsonb,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  unique (meeting_id, version)
);

-- Whom the chair named; `person_id` null = nobody any more.
create table proceedings.notulis (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  person_id uuid,
  by_id uuid,
  at timestamptz not null
);
create index on proceedings.notulis (meeting_id, id desc);

-- First reached, lost, reached again, set otherwise by the chair. `present` and `needed` count units; `units` are the names of those present.
create table proceedings.quorum (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  kind text not null check (kind in ('tercapai', 'hilang', 'diatur')),
  present int not null,
  needed int not null check (needed > 0),
  units jsonb,
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on proceedings.quorum (meeting_id, id);

-- Every step of a decision, each row whole: the newest one is what it is now. What is `ditetapkan` has the words of the `dibacakan` before it.
create table proceedings.decision (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  decision_id uuid not null,
  state text not null check (state in ('rancangan', 'dibacakan', 'ditetapkan', 'dicabut')),
  version int not null,
  no int,
  text text,
  basis text,
  position_id uuid,
  position_title text,
  due_on date,
  -- Of `ditetapkan`, and kept by a `dicabut` after it.
  holder_id uuid,
  holder_name text,
  holder_label text,
  silent jsonb,
  present int,
  needed int,
  under_quorum_reason text,
  strategic boolean,
  strategic_reason text,
  decided_as text,
  -- Why it was withdrawn.
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check (state <> 'ditetapkan' or no is not null)
);
create index on proceedings.decision (meeting_id, id);
create index on proceedings.decision (decision_id, id desc);
-- Confirmed once, however often it is pressed.
create unique index decision_confirmed on proceedings.decision (decision_id) where state = 'ditetapkan';
create unique index decision_numbered on proceedings.decision (meeting_id, no) where state = 'ditetapkan';

-- What each one said to one version; the newest one counts.
create table proceedings.voice (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  decision_id uuid not null,
  version int not null,
  member text,
  person_id uuid,
  name text,
  label text,
  badge text,
  answer text not null check (answer in ('setuju', 'keberatan')),
  words text,
  at timestamptz not null
);
create index on proceedings.voice (meeting_id, id);

-- Panggil nama: `dibuka` begins a round; a mark taken back is a row too. `inside`: what the portal saw.
create table proceedings.roll_call (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  round int not null,
  kind text not null check (kind in ('dibuka', 'hadir', 'tidak_menjawab', 'dibatalkan')),
  member text,
  person_id uuid,
  name text,
  label text,
  unit_name text,
  inside boolean,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on proceedings.roll_call (meeting_id, id);
create unique index roll_call_round on proceedings.roll_call (meeting_id, round) where kind = 'dibuka';

select ledger.attach('proceedings.agenda', 'agenda', 'meeting_id', 'id');
select ledger.attach('proceedings.notulis', 'notulis', 'meeting_id', 'id');
select ledger.attach('proceedings.quorum', 'quorum', 'meeting_id', 'id');
select ledger.attach('proceedings.decision', 'resolutions', 'meeting_id', 'id');
select ledger.attach('proceedings.voice', 'voices', 'meeting_id', 'id');
select ledger.attach('proceedings.roll_call', 'rollcall', 'meeting_id', 'id');
