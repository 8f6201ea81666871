-- Press conferences: what was planned, who takes part from the office's side, what was ready, and every act on it.
create schema press;

create table press.conference (
  id uuid primary key default gen_random_uuid(),
  -- `2026-11-23-penanganan-banjir`: follows day and title while it is a draft, then stays.
  slug text not null unique check (slug ~ '^[a-z0-9-]{3,120}$'),
  title text not null,
  summary text not null,
  opd_id uuid not null,
  -- Of the OPD when it was planned: its times are read in it.
  zone text not null check (zone in ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
  place text not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  floor_limit int not null,
  turn_seconds int not null,
  follow_up_seconds int not null,
  floor_camera boolean not null,
  viewer_limit int not null,
  registration_until timestamptz,
  state text not null default 'draft'
    check (state in ('draft', 'diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip', 'dibatalkan')),
  announced_at timestamptz,
  -- Five seconds after the operator's press, and only the first time.
  live_at timestamptz,
  qa_at timestamptz,
  ended_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  -- Opened with the green room; the same one until the end.
  room_id uuid unique,
  created_by uuid not null,
  created_at timestamptz not null,
  -- Grows with each change of what is written above; states do not touch it.
  version int not null default 1
);
create index on press.conference (starts_at);

-- Narasumber, moderator, juru bahasa isyarat, operators: a post, a person or a guest. Name and label are read anew until the room
-- opens (`frozen_at`), then they stay; a guest has them from the beginning.
create table press.crew (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null references press.conference,
  role text not null check (role in ('narasumber', 'moderator', 'jbi', 'operator')),
  position_id uuid,
  person_id uuid,
  name text,
  -- "Plh. Kepala Dinas Sosial"; for a guest the institution.
  label text,
  opd_name text,
  guest boolean not null,
  email text,
  place int not null,
  frozen_at timestamptz,
  -- Of a guest. The link is derived from the id and this version; only its hash is kept.
  link_version int not null default 1,
  link_hash text unique,
  -- The browser that entered by the link first.
  link_browser text,
  added_at timestamptz not null,
  added_by uuid not null,
  removed_at timestamptz,
  check (guest = (link_hash is not null))
);
create index on press.crew (conference_id);
create index on press.crew (person_id);

-- What somebody said of a check by hand; the newest word counts, the act keeps the rest.
create table press.checked (
  conference_id uuid not null references press.conference,
  name text not null,
  done boolean not null,
  note text,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (conference_id, name)
);
-- A check that need not be met, as long as the row is there.
create table press.waiver (
  conference_id uuid not null references press.conference,
  name text not null,
  reason text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (conference_id, name)
);

-- Everything that was done to a conference, in order. Names and words may be null: retention destroys them and leaves the links.
create table press.act (
  id bigint generated always as identity primary key,
  conference_id uuid not null,
  at timestamptz not null,
  by_id uuid,
  by_name text,
  act text not null check (act in ('direncanakan', 'diubah', 'keadaan', 'dibatalkan', 'diperiksa', 'dikesampingkan', 'kesampingan_dicabut',
    'kru_ditambah', 'kru_dilepas', 'kru_diurutkan', 'tautan_baru')),
  -- Of `keadaan` and `dibatalkan`.
  from_state text,
  to_state text,
  -- A row of the crew, or the name of a check.
  subject text,
  detail text
);
create index on press.act (conference_id, id);
select ledger.attach('press.act', 'press', 'conference_id', 'id');
