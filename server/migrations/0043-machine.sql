-- The log of the attendance machine as it was handed in, whom its numbers mean, and what named humans said of days that do not fit. Rows are only added.

-- How the columns of an OPD's files are read; the newest row counts.
create table attendance.machine_format (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  format jsonb not null,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on attendance.machine_format (opd_id, id desc);
select ledger.attach('attendance.machine_format', 'machine-formats', 'opd_id', 'id');

create table attendance.machine_import (
  id uuid primary key,
  opd_id uuid not null,
  file_name text,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  format jsonb not null,
  lines int not null,
  added int not null,
  already int not null,
  refused int not null,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on attendance.machine_import (opd_id, at desc);
select ledger.attach('attendance.machine_import', 'machine-imports', 'opd_id', 'at, id');

-- One touch of the machine. The same one in another file is the same one.
create table attendance.punch (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  import_id uuid not null,
  -- Its line in that file.
  line int not null,
  -- A NIP, or the number the machine knows somebody by.
  pin text,
  at timestamptz not null,
  device text not null default ''
);
create unique index punch_once on attendance.punch (opd_id, at, pin, device);
select ledger.attach('attendance.punch', 'punches', 'opd_id', 'id');

-- Whom a number means from a day on; the newest row of the latest day counts. `person_id` null: nobody.
create table attendance.machine_pin (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  pin text,
  person_id uuid,
  from_day date not null,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on attendance.machine_pin (opd_id, pin);
select ledger.attach('attendance.machine_pin', 'machine-pins', 'opd_id', 'id');

-- What a named human said of a day that does not fit its code. `seen`: SHA-256 of what stood there then, `facts` that itself.
create table attendance.machine_decision (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  person_id uuid,
  date date not null,
  kind text not null check (kind in ('wfh_merekam', 'tanpa_rekam', 'rekam_saat_cuti', 'di_luar_jam')),
  seen text not null,
  facts jsonb,
  act text not null check (act in ('ubah_kode', 'catatan', 'biarkan')),
  code text,
  note text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check ((act = 'ubah_kode') >= (code is not null))
);
create index on attendance.machine_decision (opd_id, date);
select ledger.attach('attendance.machine_decision', 'machine-decisions', 'opd_id', 'id');

-- Days that are over keep the work hours and holidays as they were known when they ended; from such a row on, as they were known at its instant.
create table attendance.reckoning (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  from_day date not null,
  until_day date not null,
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check (until_day >= from_day)
);
create index on attendance.reckoning (opd_id, until_day);
select ledger.attach('attendance.reckoning', 'reckonings', 'opd_id', 'id');

insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('log_mesin', 'Rekaman mesin presensi, pemilik PIN, dan putusan atas hari yang tidak sesuai kode', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 60, 'tinjau', now());
