-- Final sheets: numbered without gaps per OPD and year, frozen as they were signed off.
create schema attendance;

-- The last number given. Counted up in the transaction that inserts the sheet, so that a rollback leaves no gap.
create table attendance.register (opd_id uuid not null, year int not null, last int not null, primary key (opd_id, year));

create table attendance.sheet (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null unique,
  opd_id uuid not null,
  year int not null,
  serial int not null,
  -- As printed: `005/DH/DINSOS/XI/2026`. Two OPDs may share an abbreviation, so the text alone is not unique.
  number text not null,
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$'),
  content jsonb not null,
  -- SHA-256 of the content in canonical form (attendance/canonical.ts).
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  finalised_at timestamptz not null,
  finalised_by uuid not null,
  unique (opd_id, year, serial)
);
