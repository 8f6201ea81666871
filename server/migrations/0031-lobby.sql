-- The lobby: how it is set, who waits, and what the hosts decided.
create schema if not exists lobby;

-- No row: staff may knock, outsiders may not, the chair opens.
create table lobby.setting (
  meeting_id uuid primary key,
  staff boolean not null default true,
  guests boolean not null default false,
  show_title boolean not null default false,
  opens text not null default 'pimpinan' check (opens in ('pimpinan', 'jadwal')),
  minutes_before int not null default 0 check (minutes_before between 0 and 60),
  -- With `jadwal`: when; follows the meeting when it is moved.
  opens_at timestamptz,
  -- Opened, or too late to be: looked at once.
  opened_at timestamptz,
  -- The common link is derived from this version; only its hash is kept.
  code_version int not null default 0,
  code_hash text unique,
  message text,
  message_at timestamptz
);
create index on lobby.setting (opens_at) where opens = 'jadwal' and opened_at is null;

-- One row for each person, or browser of an outsider, at one meeting.
create table lobby.knock (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null,
  -- `p_<person>`, or `b_<mark of the browser>`.
  key text not null,
  person_id uuid,
  browser text not null,
  name text not null,
  -- As claimed; of staff by the directory.
  unit text,
  -- Signs that cannot be seen, or another script.
  odd boolean not null default false,
  state text not null check (state in ('menunggu', 'masuk', 'ditolak', 'diblokir', 'pergi')),
  round int not null default 1,
  denials int not null default 0,
  -- Since when they wait this time.
  since timestamptz not null,
  seen_at timestamptz not null,
  message text,
  message_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  invitation_id uuid,
  unique (meeting_id, key)
);
create index on lobby.knock (meeting_id, state);
create index on lobby.knock (seen_at) where state = 'menunggu';
create index on lobby.knock (browser);

-- What was decided and set, by whom. Never changed.
create table lobby.act (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  knock_id uuid,
  act text not null check (act in ('izinkan', 'tolak', 'blokir', 'buka_blokir', 'atur', 'tautan', 'pesan')),
  name text,
  unit text,
  detail text,
  by_id uuid,
  at timestamptz not null
);
select ledger.attach('lobby.act', 'lobby', 'meeting_id', 'id');

insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('ruang_tunggu', 'Ruang tunggu: siapa meminta masuk ke rapat', 'UU 27/2022 pasal 16 ayat (2) huruf g', 12, 'musnah', now());
