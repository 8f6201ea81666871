-- Questions to a press conference and the floor. Every change is a new row; the newest one counts. Words and names may be null: retention destroys them.
create schema if not exists press;

-- One row a conference: grows with every change that a page would show, so that what was read once can be kept until then.
create table press.floor (
  conference_id uuid primary key,
  version bigint not null default 1
);

-- As it was asked; never changed. `key`: a retry is the same question.
create table press.question (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null,
  journalist_id uuid not null,
  topic text,
  text text,
  -- Sent with the registration; stands in the queue when it is raised.
  advance boolean not null,
  key uuid not null,
  asked_at timestamptz not null,
  unique (conference_id, journalist_id, key)
);
create index on press.question (journalist_id);

-- Each row whole: the newest one is what the question is now.
create table press.question_event (
  id bigint generated always as identity primary key,
  conference_id uuid not null,
  question_id uuid not null,
  -- Whose it is now: two records of one person become one.
  journalist_id uuid not null,
  state text not null check (state in ('diajukan', 'disaring', 'giliran', 'dijawab', 'ditunda', 'ditolak', 'ditarik')),
  -- Since when it stands in the queue; null = sent in advance and not raised.
  raised_at timestamptz,
  -- Why it was refused, or a note beside a due date.
  reason text,
  due_on date,
  owed_crew_id uuid,
  owed_person_id uuid,
  owed_name text,
  -- By word in the room, or in writing.
  oral boolean,
  answer text,
  answered_by jsonb,
  answered_at timestamptz,
  at_second int,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check (state <> 'ditunda' or due_on is not null)
);
create index on press.question_event (question_id, id desc);
create index on press.question_event (journalist_id);
create index on press.question_event (due_on) where state = 'ditunda';

-- Whose turn it is and was: what the chained events below say, ready to be asked. `until`: the countdown is at zero; `applied_at`: the media server was told.
create table press.turn (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null,
  question_id uuid not null,
  journalist_id uuid not null,
  member text not null,
  slot int not null check (slot between 1 and 4),
  given_at timestamptz not null,
  until timestamptz not null,
  -- Given before others who stood first: by whom and why.
  out_of_order jsonb,
  followed_up_at timestamptz,
  applied_at timestamptz,
  away_since timestamptz,
  ended_at timestamptz,
  ended_how text check (ended_how in ('dilepas', 'dikembalikan', 'keluar', 'waktu_habis', 'dicabut', 'ditutup')),
  check ((ended_at is null) = (ended_how is null))
);
-- Two moderators cannot give one place twice, nor two places to one journalist.
create unique index turn_place on press.turn (conference_id, slot) where ended_at is null;
create unique index turn_journalist on press.turn (conference_id, journalist_id) where ended_at is null;
create index on press.turn (conference_id);
create index on press.turn (question_id);

-- Moves in force. `before_id` null = last.
create table press.move (
  question_id uuid primary key,
  conference_id uuid not null,
  before_id uuid,
  reason text not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null
);
create index on press.move (conference_id);

create table press.floor_event (
  id bigint generated always as identity primary key,
  conference_id uuid not null,
  question_id uuid not null,
  turn_id uuid,
  kind text not null check (kind in ('dipindah', 'diberikan', 'susulan', 'dilepas', 'dikembalikan', 'keluar', 'waktu_habis', 'dicabut', 'ditutup')),
  member text,
  slot int,
  before_id uuid,
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on press.floor_event (conference_id, id);

-- Who was reminded of an answer owed, each kind once for each due date. `person_id` null: a guest of the crew.
create table press.owed_reminder (
  id uuid primary key default gen_random_uuid(),
  question_id uuid not null,
  due_on date not null,
  kind text not null check (kind in ('h1', 'hari_ini')),
  person_id uuid,
  at timestamptz not null,
  unique nulls not distinct (question_id, due_on, kind, person_id)
);

select ledger.attach('press.question', 'questions', 'conference_id', 'asked_at, id');
select ledger.attach('press.question_event', 'question-events', 'conference_id', 'id');
select ledger.attach('press.floor_event', 'floor', 'conference_id', 'id');
