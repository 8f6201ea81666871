-- Captions of meetings and press conferences. `kind` and `subject_id` name the one or the other; the newest row of anything counts.
create schema if not exists captions;

-- Whom those who lead named, and who is it no longer.
create table captions.captioner (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('rapat', 'pers')),
  subject_id uuid not null,
  member text not null,
  name text not null,
  captions boolean not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null
);
create index on captions.captioner (kind, subject_id, id);

-- Every version of a line is a row: what was typed first stays. `text` empty: taken out. Times are the server's.
create table captions.line (
  step bigint generated always as identity primary key,
  id uuid not null,
  version int not null check (version > 0),
  kind text not null check (kind in ('rapat', 'pers')),
  subject_id uuid not null,
  speaker_member text,
  speaker_name text,
  text text not null check (length(text) <= 300),
  said_from timestamptz not null,
  said_to timestamptz not null,
  source text not null check (source in ('juru_ketik', 'mesin')),
  confirmed boolean not null,
  by_member text,
  by_name text,
  at timestamptz not null,
  unique (id, version),
  check (said_to >= said_from)
);
create index on captions.line (kind, subject_id, step);
create index on captions.line (by_member, at);
create index on captions.line (speaker_member, at);

-- Whether anybody may read the transcript of a conference.
create table captions.publication (
  id bigint generated always as identity primary key,
  subject_id uuid not null,
  published boolean not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null
);
create index on captions.publication (subject_id, id);

-- `owner`: key of the captioner, or `wilayah` for everybody.
create table captions.short_form (
  owner text not null,
  short text not null,
  words text not null,
  primary key (owner, short)
);
