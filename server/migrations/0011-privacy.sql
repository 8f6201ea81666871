-- Privacy: whose data a look was at, what people were told before the first capture, how long things are kept, what was destroyed.

-- Of whom a list was, so that a person finds who looked. Null in older rows: their content, and so their hash, stays the same.
alter table people.access
  add column scope_kind text check (scope_kind in ('person', 'meeting', 'opd', 'region')),
  add column scope_id uuid,
  -- Who was on a list of at most 200.
  add column persons uuid[],
  -- Destruction leaves the link and takes the rest.
  alter column what drop not null,
  alter column subject drop not null,
  alter column people_count drop not null;
create index access_scope on people.access (scope_id, at) where scope_id is not null;
create index access_persons on people.access using gin (persons) where persons is not null;

-- Who answers for personal data in this region, as printed in the notice; null: the neutral words of the text itself.
alter table people.region add column data_officer text;

-- What the notice said, version by version. Another text (a longer retention, another contact) is another version.
create table people.notice (
  version int primary key,
  texts jsonb not null,
  sha256_id text not null,
  sha256_en text not null,
  since timestamptz not null
);

-- Proof that a member was told before the first capture.
create table people.notice_ack (
  id bigint generated always as identity primary key,
  -- `p_<person>`, for every meeting; `g_<invitation>`, for that one.
  member text,
  version int not null,
  language text check (language in ('id', 'en')),
  text_sha256 text not null,
  at timestamptz not null,
  -- Mark of the browser's device cookie.
  device text,
  unique (member, version)
);
create index on people.notice_ack (at);
select ledger.attach('people.notice_ack', 'notices', 'member', 'id');

create schema privacy;

-- How long each class of data is kept. A change is a new row; the newest of a key counts.
create table privacy.retention_class (
  id bigint generated always as identity primary key,
  key text not null,
  name text not null,
  -- The rule it follows: number of the retention schedule (JRA), a law.
  basis text not null,
  months int not null check (months between 1 and 1200),
  -- `musnah`: destroyed when somebody runs the destruction; `tinjau`: only listed.
  action text not null check (action in ('musnah', 'tinjau')),
  active boolean not null default true,
  at timestamptz not null,
  -- Null: the default the portal came with.
  by_id uuid
);
create index on privacy.retention_class (key, id desc);
select ledger.attach('privacy.retention_class', 'retention', null, 'id');

-- Legal hold: what it names is not destroyed until somebody else lifts it.
create table privacy.hold (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('meeting', 'person', 'class')),
  -- Id of the meeting or person, or key of the class.
  target text not null,
  reason text not null,
  basis text not null,
  by_id uuid not null,
  at timestamptz not null
);
select ledger.attach('privacy.hold', 'holds', null, 'at, id');
create table privacy.hold_lift (
  hold_id uuid primary key references privacy.hold,
  reason text not null,
  by_id uuid not null,
  at timestamptz not null
);
select ledger.attach('privacy.hold_lift', 'hold-lifts', null, 'at, hold_id');

-- The certificate of a destruction. Of a book of the ledger: one row per stream, with the numbers of the rows whose content is
-- gone (`destroyed_at`), which a verifier reads instead of that content. Of an ordinary table: one row, without stream and seqs.
create table privacy.destruction (
  id bigint generated always as identity primary key,
  -- One run, one record of proceedings (berita acara).
  run uuid not null,
  class text not null,
  -- Name of the table, as in ledger.book for a book.
  book text not null,
  of_stream text,
  seqs int8multirange,
  row_count bigint not null,
  oldest timestamptz,
  newest timestamptz,
  basis text not null,
  by_name text not null,
  at timestamptz not null,
  check ((of_stream is null) = (seqs is null))
);
create index on privacy.destruction (of_stream);
create index on privacy.destruction (run);
select ledger.attach('privacy.destruction', 'destruction', null, 'id');

-- What destruction must be able to take.
alter table attendance.sheet alter column content drop not null;
alter table roster.day_code alter column person_id drop not null, alter column code drop not null, alter column basis drop not null;
alter table attendance.correction drop constraint if exists correction_check, drop constraint if exists correction_check1;
alter table attendance.correction_decision alter column outcome drop not null;
alter table attendance.confirmation alter column outcome drop not null;

-- Defaults, to be replaced by the region's own schedule (JRA) on the page /retensi.
insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('fakta_hadir', 'Catatan waktu hadir dari saksi', 'UU 27/2022 pasal 16 ayat (2) huruf g dan pasal 43; UU 43/2009 (JRA daerah: isi nomornya)', 24, 'musnah', now()),
  ('daftar_final', 'Daftar hadir final', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 120, 'tinjau', now()),
  ('obrolan', 'Obrolan rapat', 'UU 27/2022 pasal 16 ayat (2) huruf g dan pasal 43', 12, 'musnah', now()),
  ('undangan', 'Undangan dan peserta rapat', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 60, 'tinjau', now()),
  ('tindakan_rapat', 'Tindakan pimpinan di dalam rapat', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 60, 'musnah', now()),
  ('log_akses', 'Catatan siapa membaca dan mengunduh', 'UU 27/2022 pasal 31 dan pasal 35', 60, 'musnah', now()),
  ('pemberitahuan', 'Bukti pemberitahuan dibaca', 'UU 27/2022 pasal 5 dan pasal 21', 120, 'musnah', now()),
  ('perangkat', 'Perangkat dan sesi masuk', 'UU 27/2022 pasal 16 ayat (2) huruf g dan pasal 43', 13, 'musnah', now()),
  ('kode_hari', 'Kode hari pegawai', 'UU 43/2009; PP 94/2021 (JRA kepegawaian daerah: isi nomornya)', 60, 'tinjau', now()),
  ('koreksi', 'Koreksi, keputusan, dan konfirmasi presensi', 'UU 43/2009; PP 94/2021 (JRA kepegawaian daerah: isi nomornya)', 60, 'tinjau', now()),
  ('berkas_koreksi', 'Berkas lampiran koreksi', 'UU 27/2022 pasal 16 ayat (2) huruf g dan pasal 43', 24, 'musnah', now()),
  ('ekspor', 'Ekspor presensi', 'UU 43/2009; PP 94/2021 (JRA kepegawaian daerah: isi nomornya)', 60, 'tinjau', now());
