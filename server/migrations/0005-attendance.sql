-- Final sheets: numbered without gaps per OPD and year, frozen as they were signed off.
create schema attendance;

create table attendance.register (opd_id uuid not null, year int not null, last int not null, primary key (opd_id, year));

create table attendance.sheet (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null unique,
  number text not null unique,
  code text not null unique,
  content jsonb not null,
  fingerprint text not null,
  finalised_at timestamptz not null,
  finalised_by uuid not null
);
