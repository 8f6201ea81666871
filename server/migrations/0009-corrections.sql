-- What named humans say beside the witnesses: objections to the record, what was decided on them, and days confirmed for pay.
-- Rows are only added; the newest decision, and the newest confirmation of a day, count.

-- Bytes of a file handed in with an objection; the ledger keeps their hash, so that the file itself may go when its time is over.
create table attendance.correction_file (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  type text not null check (type in ('application/pdf', 'image/jpeg', 'image/png')),
  content bytea not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  uploaded_by uuid not null,
  uploaded_at timestamptz not null
);
create index on attendance.correction_file (uploaded_by, uploaded_at);

create table attendance.correction (
  id uuid primary key default gen_random_uuid(),
  person_id uuid,
  -- The OPD of the person when it was asked: who manages it decides.
  opd_id uuid not null,
  -- Of a meeting, or of the day itself.
  meeting_id uuid,
  date date not null,
  claimed_from timestamptz,
  claimed_to timestamptz,
  claimed_mark text check (claimed_mark = 'hadir_wfh'),
  -- What the record said at that moment.
  original jsonb,
  reason text,
  file_id uuid,
  file_name text,
  file_sha256 text,
  requested_by uuid,
  requested_at timestamptz not null,
  check ((meeting_id is null) = (claimed_mark is not null)),
  check ((meeting_id is null) = (claimed_from is null) and (claimed_from is null) = (claimed_to is null) and claimed_from < claimed_to)
);
create index on attendance.correction (person_id, date);
create index on attendance.correction (meeting_id) where meeting_id is not null;
create index on attendance.correction (opd_id, requested_at);
create index on attendance.correction (requested_by);

create table attendance.correction_decision (
  id bigint generated always as identity primary key,
  correction_id uuid not null references attendance.correction,
  person_id uuid,
  outcome text not null check (outcome in ('accepted', 'rejected', 'withdrawn')),
  accepted_from timestamptz,
  accepted_to timestamptz,
  reason text,
  decided_by uuid,
  decided_at timestamptz not null,
  check ((accepted_from is null) = (accepted_to is null) and accepted_from < accepted_to)
);
create index on attendance.correction_decision (correction_id, id desc);

create table attendance.confirmation (
  id bigint generated always as identity primary key,
  person_id uuid,
  opd_id uuid not null,
  date date not null,
  outcome text not null check (outcome in ('sesuai', 'tidak_hadir', 'gangguan_sistem')),
  reason text,
  -- Of the reading that was confirmed: valid only while the reading has the same one.
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  by_id uuid,
  at timestamptz not null
);
create index on attendance.confirmation (person_id, date, id desc);

select ledger.attach('attendance.correction', 'corrections', 'person_id', 'id');
select ledger.attach('attendance.correction_decision', 'decisions', 'person_id', 'id');
select ledger.attach('attendance.confirmation', 'confirmations', 'person_id', 'id');
