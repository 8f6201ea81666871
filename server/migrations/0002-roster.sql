-- Day codes. A code is never overwritten: the newest row of a person and day counts.
create schema roster;
create table roster.day_code (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  date date not null,
  code text not null check (code in ('WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR')),
  basis text not null,
  set_by uuid,
  set_at timestamptz not null
);
create index on roster.day_code (person_id, date, id desc);
