-- The plan of a month: who is where on which day in one OPD, what was decided of it, and each revision as it was published.
create schema rota;

create table rota.plan (
  id uuid primary key default gen_random_uuid(),
  opd_id uuid not null,
  month text not null check (month ~ '^20\d{2}-(0[1-9]|1[0-2])$'),
  state text not null default 'draft' check (state in ('draft', 'diajukan', 'terbit', 'direvisi', 'dikunci')),
  -- Grows with every change.
  version int not null default 0,
  -- The newest that was published.
  revision int,
  opened_by uuid not null,
  opened_at timestamptz not null,
  unique (opd_id, month)
);

-- What was planned; the newest row of a person and day counts. `code` null: taken out again.
create table rota.cell (
  id bigint generated always as identity primary key,
  plan_id uuid not null references rota.plan,
  version int not null,
  person_id uuid not null,
  date date not null,
  code text check (code in ('WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR')),
  shift text,
  source text not null check (source in ('tangan', 'salin', 'isi', 'generator', 'tukar', 'koreksi')),
  -- Of the generator's.
  seed int,
  by_id uuid,
  at timestamptz not null
);
create index on rota.cell (plan_id, person_id, date, id desc);
create index on rota.cell (plan_id, version);

-- What was done with a plan.
create table rota.step (
  id bigint generated always as identity primary key,
  plan_id uuid not null references rota.plan,
  act text not null check (act in ('buka', 'ajukan', 'kembalikan', 'terbitkan', 'revisi', 'batal_revisi', 'kunci')),
  words text,
  revision int,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
select ledger.attach('rota.step', 'rota', 'plan_id', 'id');

-- The head lets a violation stand; the newest row of a key counts. `reason` null: taken back.
create table rota.override (
  id bigint generated always as identity primary key,
  plan_id uuid not null references rota.plan,
  key text not null,
  figures jsonb not null,
  words text,
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on rota.override (plan_id, key, id desc);
select ledger.attach('rota.override', 'rotaoverrides', 'plan_id', 'id');

-- A month as it was published, whole: the recap is made of this alone. `why`: of a revision beside the plan (a swap, leave, a correction).
create table rota.publication (
  id bigint generated always as identity primary key,
  plan_id uuid not null references rota.plan,
  revision int not null check (revision >= 0),
  content jsonb,
  sha256 text not null,
  why text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  unique (plan_id, revision)
);
select ledger.attach('rota.publication', 'rotapublications', 'plan_id', 'id');

-- Leave, sickness, travel. Never edited; revoked by a row of its own.
create table rota.absence (
  id uuid primary key default gen_random_uuid(),
  opd_id uuid not null,
  person_id uuid not null,
  code text not null check (code in ('CUTI', 'SAKIT', 'DL')),
  held daterange not null check (not isempty(held)),
  -- Leaves the base of a percentage.
  long boolean not null,
  basis text not null,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on rota.absence (person_id);
create index on rota.absence (opd_id);
create table rota.absence_revoked (
  absence_id uuid primary key references rota.absence on delete cascade,
  reason text not null,
  by_id uuid,
  by_name text,
  at timestamptz not null
);

-- Two of one unit exchange what each has on a day of the one and a day of the other.
create table rota.swap (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null references rota.plan,
  asker_id uuid not null,
  asker_date date not null,
  other_id uuid not null,
  other_date date not null,
  -- What each gives away, as it was when it was asked: otherwise, it is another swap.
  asker_code text not null,
  asker_shift text,
  other_code text not null,
  other_shift text,
  note text,
  asked_at timestamptz not null,
  check (asker_id <> other_id)
);
create index on rota.swap (asker_id);
create index on rota.swap (other_id);
create index on rota.swap (plan_id);
create table rota.swap_step (
  id bigint generated always as identity primary key,
  swap_id uuid not null,
  state text not null check (state in ('diminta', 'disepakati', 'disahkan', 'ditolak', 'dibatalkan')),
  words text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on rota.swap_step (swap_id, id desc);
-- Over once.
create unique index swap_over on rota.swap_step (swap_id) where state in ('disahkan', 'ditolak', 'dibatalkan');
select ledger.attach('rota.swap_step', 'swaps', 'swap_id', 'id');

insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('jadwal', 'Jadwal: rencana, terbitan, tukar hari, cuti', 'UU 43/2009; PP 94/2021 (JRA kepegawaian daerah: isi nomornya)', 60, 'tinjau', now());
