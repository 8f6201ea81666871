-- People, units, positions, accounts, sessions.
create extension if not exists btree_gist;
create schema people;

create table people.region (one boolean primary key default true check (one), name text not null);

create table people.opd (
  id uuid primary key default gen_random_uuid(),
  parent_id uuid references people.opd,
  -- The OPD (top of the tree) this unit belongs to, itself for a top: rights and zones are read from here at every request.
  top_id uuid not null references people.opd,
  name text not null,
  abbreviation text not null,
  aliases text[] not null default '{}',
  kind text not null check (kind in ('opd', 'bidang', 'seksi')),
  zone text not null check (zone in ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
  sort int not null default 0,
  check ((kind = 'opd') = (parent_id is null))
);
create index on people.opd (parent_id);
create index on people.opd (top_id);

create table people.person (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  nip text unique check (nip ~ '^[0-9]{18}$'),
  email text,
  phone text,
  opd_id uuid references people.opd,
  password_hash text,
  must_change_password boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index person_email on people.person (lower(email));
create index on people.person (opd_id);

-- Every change of a person's record is a new row: what changed, by whom, from what to what.
create table people.change (
  id bigint generated always as identity primary key,
  person_id uuid not null references people.person,
  by_id uuid references people.person,
  at timestamptz not null,
  what text not null,
  before jsonb,
  after jsonb
);
create index on people.change (person_id, id);

create table people.position (
  id uuid primary key default gen_random_uuid(),
  opd_id uuid not null references people.opd,
  title text not null,
  level text not null check (level in ('kepala_opd', 'sekretaris', 'kabid', 'kasi', 'fungsional', 'staf')),
  sort int not null default 0
);
create index on people.position (opd_id);

create table people.holding (
  id uuid primary key default gen_random_uuid(),
  position_id uuid not null references people.position,
  person_id uuid not null references people.person,
  kind text not null check (kind in ('definitif', 'plt', 'plh')),
  held daterange not null check (not isempty(held)),
  basis text not null,
  created_at timestamptz not null default now(),
  -- One definitive holder, and one acting one of each kind, at a time. Staff and functional posts are one per person.
  constraint holding_overlap exclude using gist (position_id with =, kind with =, held with &&)
);
create index on people.holding (person_id);

create table people.role (
  id bigint generated always as identity primary key,
  person_id uuid not null references people.person,
  role text not null check (role in ('admin_opd', 'operator_dkis', 'bkd', 'administrator')),
  -- Of which OPD: required for admin_opd, none for the others.
  opd_id uuid references people.opd,
  granted_by uuid references people.person,
  granted_at timestamptz not null,
  revoked_by uuid references people.person,
  revoked_at timestamptz,
  check ((role = 'admin_opd') = (opd_id is not null))
);
create index on people.role (person_id) where revoked_at is null;

create table people.session (
  -- sha256 of the cookie: who reads this table cannot sign in with it.
  id text primary key,
  person_id uuid not null references people.person,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  user_agent text not null default ''
);
create index on people.session (person_id);
create index on people.session (expires_at);

-- Slows guessing: see throttle.ts for what the keys are.
create table people.sign_in_bucket (
  key text primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz
);
create index on people.sign_in_bucket (last_at);
-- A device that has signed in before has its own bucket, so that strangers cannot lock its owner out.
create table people.known_device (
  device_hash text not null,
  person_id uuid not null references people.person,
  seen_at timestamptz not null,
  primary key (device_hash, person_id)
);

create table people.setup_link (
  token_hash text primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Every list of people that is read or exported is logged.
create table people.access (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_id uuid references people.person,
  what text not null,
  subject text not null,
  people_count int not null
);
