-- Work hours by office and date range, its own days off and working days, and who must record at the machine. Rows are only added.
create schema if not exists hours;

-- `unit_id` null: of the whole region. Of those of a day the special goes before the usual, then the nearest unit, then the newest row.
create table hours.schedule (
  id uuid primary key,
  unit_id uuid,
  kind text not null check (kind in ('biasa', 'ramadan', 'khusus')),
  title text not null,
  from_day date not null,
  until_day date,
  -- Monday to Sunday: {from, to, breakMinutes} or null.
  week jsonb not null,
  basis text not null,
  -- Said where days that are over are concerned.
  why text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check (until_day >= from_day),
  check (kind = 'biasa' or until_day is not null)
);
create index on hours.schedule (unit_id);
select ledger.attach('hours.schedule', 'hours', null, 'at, id');

-- A day off or a working day of an office's own, against the week and the public holidays. `hours` null: those of that office's Monday.
create table hours.own_day (
  id uuid primary key,
  unit_id uuid not null,
  day date not null,
  kind text not null check (kind in ('libur', 'kerja')),
  name text not null,
  hours jsonb,
  basis text not null,
  why text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on hours.own_day (unit_id, day);
select ledger.attach('hours.own_day', 'own-days', 'unit_id', 'at, id');

-- From this day on it does not hold any more; before, it did.
create table hours.withdrawal (
  of_id uuid primary key,
  from_day date not null,
  reason text not null,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
select ledger.attach('hours.withdrawal', 'hours-withdrawn', null, 'at, of_id');

-- With which codes somebody must record at the attendance machine, from a day on; the newest row whose day has come counts.
create table hours.must_record (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  from_day date not null,
  codes text[] not null,
  basis text not null,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on hours.must_record (opd_id, from_day);
select ledger.attach('hours.must_record', 'must-record', 'opd_id', 'id');

insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('jam_kerja', 'Jam kerja, hari libur kantor, dan wajib rekam: siapa menetapkan', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 120, 'tinjau', now());

-- The hours of the law: 37 h 30 min a week.
insert into hours.schedule (id, unit_id, kind, title, from_day, week, basis, at) values (
  gen_random_uuid(), null, 'biasa', 'Jam kerja ASN', '2023-04-12',
  '[{"from":"07:30","to":"16:00","breakMinutes":60},{"from":"07:30","to":"16:00","breakMinutes":60},{"from":"07:30","to":"16:00","breakMinutes":60},
    {"from":"07:30","to":"16:00","breakMinutes":60},{"from":"07:30","to":"16:30","breakMinutes":90},null,null]',
  'Perpres 21/2023', '2023-04-12T00:00:00Z');
