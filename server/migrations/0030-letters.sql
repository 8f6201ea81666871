-- Letters with numbers of an office, the undangan of a meeting, and facilities asked of DKIS.
create schema if not exists letters;
create schema if not exists undangan;
create schema if not exists facilities;

-- How an OPD writes its numbers, and what stands at the head of its letters.
create table letters.letterhead (
  opd_id uuid primary key,
  template text,
  address text,
  contact text,
  place text,
  -- PNG.
  logo bytea check (octet_length(logo) <= 262144),
  saved_at timestamptz not null,
  saved_by uuid
);

create table letters.classification (code text primary key check (code ~ '^[0-9]{1,3}(\.[0-9]{1,3}){0,4}$'), name text not null);
-- The main codes in use since Permendagri 78/2012; a region that follows Permendagri 83/2022 writes its own beside them.
insert into letters.classification (code, name) values
  ('000', 'Umum'), ('005', 'Undangan'), ('100', 'Pemerintahan'), ('200', 'Politik'), ('300', 'Keamanan dan ketertiban'), ('400', 'Kesejahteraan rakyat'),
  ('500', 'Perekonomian'), ('600', 'Pekerjaan umum dan ketenagaan'), ('700', 'Pengawasan'), ('800', 'Kepegawaian'), ('900', 'Keuangan');

-- The last number given. Counted up in the transaction that uses it: its row stays locked until then, so that a rollback leaves no gap.
-- `first`: where the portal went on from numbers given on paper before.
create table letters.counter (
  opd_id uuid not null,
  series text not null,
  classification text not null,
  year int not null,
  first int not null default 1 check (first > 0),
  last int not null,
  primary key (opd_id, series, classification, year),
  check (last >= first - 1)
);

create table letters.number (
  id uuid primary key default gen_random_uuid(),
  opd_id uuid not null,
  series text not null,
  classification text not null,
  year int not null,
  serial int not null,
  number text not null,
  -- The day of the letter, at the office.
  day date not null,
  subject text,
  by_id uuid,
  at timestamptz not null,
  unique (opd_id, series, classification, year, serial),
  unique (opd_id, number)
);
create index on letters.number (opd_id, year, at);

-- Given, and not used (any more): the number is never given again.
create table letters.voided (
  number_id uuid primary key references letters.number,
  reason text,
  by_id uuid,
  at timestamptz not null
);

-- What is not printed yet. No row: the portal's own proposal.
create table undangan.draft (
  meeting_id uuid primary key,
  classification text not null,
  subject text not null,
  notes text,
  copies jsonb not null,
  signer_position_id uuid,
  signer_grade text,
  saved_at timestamptz not null,
  saved_by uuid not null
);

-- Never changed: a letter that is not right any more is followed by another one.
create table undangan.letter (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null,
  opd_id uuid not null,
  kind text not null check (kind in ('undangan', 'ralat', 'pembatalan')),
  number_id uuid not null unique references letters.number,
  number text not null,
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$'),
  -- Null once it is past its retention.
  content jsonb,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  meeting_version int not null,
  issued_at timestamptz not null,
  issued_by uuid
);
create index on undangan.letter (meeting_id, issued_at);

create table undangan.withdrawal (
  letter_id uuid primary key references undangan.letter,
  meeting_id uuid not null,
  reason text,
  by_id uuid,
  at timestamptz not null
);

-- The paper as it was printed.
create table undangan.file (letter_id uuid primary key references undangan.letter, file_id uuid not null);

select ledger.attach('letters.number', 'letter-numbers', 'opd_id', 'at, id');
select ledger.attach('letters.voided', 'letter-numbers-void', null, 'at, number_id');
select ledger.attach('undangan.letter', 'undangan', 'opd_id', 'issued_at, id');
select ledger.attach('undangan.withdrawal', 'undangan-withdrawn', null, 'at, letter_id');

-- What can be lent out beside operators: rooms, and interpreters.
create table facilities.thing (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('ruang', 'jbi')),
  name text not null,
  detail text,
  retired_at timestamptz,
  added_by uuid,
  added_at timestamptz not null
);
create unique index thing_name on facilities.thing (kind, lower(name)) where retired_at is null;

create table facilities.request (
  id uuid primary key default gen_random_uuid(),
  opd_id uuid not null,
  meeting_id uuid,
  conference_id uuid,
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  note text,
  asked_by uuid not null,
  asked_name text not null,
  asked_at timestamptz not null,
  cancelled_at timestamptz,
  check (ends_at > starts_at),
  check (meeting_id is null or conference_id is null)
);
create index on facilities.request (meeting_id) where meeting_id is not null;
create index on facilities.request (conference_id) where conference_id is not null;
create index on facilities.request (opd_id, starts_at);

create table facilities.item (
  id uuid primary key default gen_random_uuid(),
  request_id uuid not null references facilities.request on delete cascade,
  n int not null,
  kind text not null check (kind in ('ruang', 'operator', 'jbi', 'siaran')),
  during tstzrange not null check (not isempty(during)),
  state text not null check (state in ('menunggu', 'disetujui', 'ditolak', 'dibatalkan')),
  thing_id uuid references facilities.thing,
  operator_id uuid,
  -- Why not; or what is to be known of what was granted.
  note text,
  decided_by uuid,
  decided_at timestamptz,
  unique (request_id, n),
  check (state <> 'disetujui' or (kind in ('ruang', 'jbi')) = (thing_id is not null)),
  check (state <> 'disetujui' or (kind = 'operator') = (operator_id is not null)),
  -- Nobody and nothing is in two places at once.
  constraint item_thing_once exclude using gist (thing_id with =, during with &&) where (state = 'disetujui'),
  constraint item_operator_once exclude using gist (operator_id with =, during with &&) where (state = 'disetujui')
);
create index on facilities.item using gist (during);

create table facilities.act (
  id bigint generated always as identity primary key,
  request_id uuid not null,
  item_id uuid,
  act text not null check (act in ('diminta', 'disetujui', 'ditolak', 'waktu', 'dibatalkan')),
  detail text,
  by_id uuid,
  at timestamptz not null
);
select ledger.attach('facilities.act', 'facilities', 'request_id', 'id');

insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('surat_keluar', 'Surat undangan, ralat, dan buku nomor surat', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 120, 'tinjau', now()),
  ('fasilitas', 'Permintaan fasilitas: siapa meminta, siapa ditugaskan', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 24, 'musnah', now());
