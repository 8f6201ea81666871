-- Surat tugas for the days of a published plan: at home, and on duty.
create schema assignments;

-- What the next letter of an OPD says beside the plan.
create table assignments.draft (
  opd_id uuid primary key,
  classification text not null,
  copies jsonb not null,
  signer_position_id uuid,
  signer_grade text,
  saved_by uuid,
  saved_at timestamptz not null
);

-- Never changed: a change is a letter of its own.
create table assignments.letter (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  opd_id uuid not null,
  -- The revision of the plan that it was written from.
  revision int not null,
  kind text not null check (kind in ('tugas', 'perubahan', 'pencabutan')),
  number_id uuid not null unique references letters.number,
  number text not null,
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$'),
  -- Null once it is past its retention.
  content jsonb,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  issued_at timestamptz not null,
  issued_by uuid
);
create index on assignments.letter (plan_id);

-- The paper as it was printed.
create table assignments.file (letter_id uuid primary key references assignments.letter, file_id uuid not null);

select ledger.attach('assignments.letter', 'surattugas', 'plan_id', 'issued_at, id');
