-- Policies (SE) and their rules; function groups of people; who asked to be at home first.
create schema if not exists policies;

-- `opd_id` null: of the whole region.
create table policies.policy (
  id uuid primary key,
  opd_id uuid,
  made_by uuid,
  made_at timestamptz not null
);

-- Never changed. Of those whose first day (`since`) has come, the one with the highest number counts: days before keep the former one.
create table policies.version (
  id bigint generated always as identity primary key,
  policy_id uuid not null references policies.policy,
  version int not null check (version > 0),
  since date not null,
  number text not null,
  date date not null,
  issuer text not null,
  title text not null,
  from_day date not null,
  until_day date,
  review_on date,
  -- [{id, rule, scope: {units, functions}, basis}]
  rules jsonb not null,
  why text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  unique (policy_id, version),
  check (until_day >= from_day)
);
select ledger.attach('policies.version', 'policies', 'policy_id', 'id');

create table policies.ending (
  policy_id uuid primary key references policies.policy,
  last_day date not null,
  reason text not null,
  successor_id uuid references policies.policy,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
select ledger.attach('policies.ending', 'policy-ends', 'policy_id', 'at, policy_id');

-- The signed paper; the newest one is shown, a former one stays.
create table policies.file (
  id bigint generated always as identity primary key,
  policy_id uuid not null references policies.policy,
  file_id uuid not null references files.file,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on policies.file (policy_id, id desc);

-- Who had to be told that a policy ends was told, once for each last day.
create table policies.warned (
  policy_id uuid not null references policies.policy,
  last_day date not null,
  what text not null check (what in ('menjelang', 'lewat', 'tinjau')),
  at timestamptz not null,
  primary key (policy_id, last_day, what)
);

-- `guru`, `tenaga kesehatan`: who is what from when until when. Only its end is ever changed.
create table policies.membership (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  name text not null,
  held daterange not null check (not isempty(held)),
  basis text not null,
  by_id uuid,
  at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  constraint membership_once exclude using gist (person_id with =, name with =, held with &&)
);

-- Asked to be at home first for health: there is a row, or there is none. No condition, no history.
create table policies.health_flag (
  person_id uuid primary key,
  by_id uuid,
  at timestamptz not null
);

insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('kebijakan', 'Kebijakan (SE) dan aturannya: siapa mengubah', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 120, 'tinjau', now()),
  ('kelompok_fungsi', 'Kelompok fungsi pegawai (guru, tenaga kesehatan)', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 60, 'musnah', now()),
  ('tanda_kesehatan', 'Tanda didahulukan WFH karena kesehatan (ya/tidak)', 'UU 27/2022 Pasal 4 ayat (2) dan Pasal 43: data spesifik, hanya selama perlu', 12, 'musnah', now());
