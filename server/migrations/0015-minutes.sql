-- Notulen: the text people write together, corrections by those present, and the approved papers.
create schema minutes;

create table minutes.draft (
  meeting_id uuid primary key,
  opd_id uuid not null,
  state text not null check (state in ('konsep', 'koreksi', 'disahkan')),
  born_at timestamptz not null,
  -- The shared text as the editors merge it; whoever saves merges into what is here, so that two portal processes lose nothing.
  doc bytea,
  saved_at timestamptz,
  -- Its paragraphs once it is frozen; an accepted correction changes one.
  parts jsonb,
  correction_until date,
  correction_at timestamptz,
  correction_by text,
  check ((state = 'konsep') = (parts is null)),
  check (state = 'konsep' or (correction_until is not null and correction_at is not null))
);

-- Who writes beside the chair and the notulis. `removed_at` ends it; nothing is overwritten.
create table minutes.writer (
  id bigint generated always as identity primary key,
  meeting_id uuid not null references minutes.draft,
  person_id uuid not null,
  added_by uuid not null,
  added_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz
);
create unique index writer_now on minutes.writer (meeting_id, person_id) where removed_at is null;

-- `lahir`, `penulis`, `koreksi`, `batas`, `sah`: what happened to the minutes as a whole.
create table minutes.act (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  at timestamptz not null,
  by_id uuid,
  act text not null,
  detail text
);

create table minutes.proposal (
  id uuid primary key,
  meeting_id uuid not null,
  paragraph text not null,
  old_text text,
  new_text text,
  reason text,
  by_id uuid,
  by_name text,
  by_position text,
  at timestamptz not null
);
create index on minutes.proposal (meeting_id, at);

create table minutes.ruling (
  proposal_id uuid primary key references minutes.proposal,
  meeting_id uuid not null,
  outcome text not null check (outcome in ('diterima', 'ditolak')),
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);

-- The last number given. Counted up in the transaction that inserts the paper, so that a rollback leaves no gap.
create table minutes.register (opd_id uuid not null, year int not null, last int not null, primary key (opd_id, year));

create table minutes.final (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null unique,
  opd_id uuid not null,
  year int not null,
  serial int not null,
  number text not null,
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$'),
  -- Null once it is past its retention.
  content jsonb,
  -- SHA-256 of the content in canonical form (platform/canonical.ts).
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  approved_at timestamptz not null,
  approved_by uuid,
  unique (opd_id, year, serial)
);

select ledger.attach('minutes.act', 'minutes-acts', 'meeting_id', 'id');
select ledger.attach('minutes.proposal', 'minutes-proposals', 'meeting_id', 'at, id');
select ledger.attach('minutes.ruling', 'minutes-rulings', 'meeting_id', 'at, proposal_id');
select ledger.attach('minutes.final', 'minutes', null, 'approved_at, id');
