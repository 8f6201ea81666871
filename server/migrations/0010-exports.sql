-- What is read again and again from the presence log, and what was handed over for SIHadir.

-- Visits as the fold of attendance made them: a projection, thrown away and made anew whenever the log of its room has grown.
create table attendance.folded (
  room_id uuid primary key,
  -- Of the room's stream in the ledger; what the fold was given beside it.
  upto_seq bigint not null,
  given text not null
);
create table attendance.visit (
  person_id uuid not null,
  -- Milliseconds since 1970, as they are read.
  from_ms bigint not null,
  room_id uuid not null,
  to_ms bigint not null,
  -- Both ends were told by the media server itself.
  sure boolean not null,
  -- Only where the person was invited when the meeting had begun already.
  invited_ms bigint,
  primary key (person_id, from_ms, room_id)
);
create index on attendance.visit (room_id);

-- What was destroyed in the log is not kept here either.
create function attendance.forget_visits() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from attendance.visit where room_id in (select g.room_id from gone g);
  delete from attendance.folded where room_id in (select g.room_id from gone g);
  return null;
end $$;
create trigger forget_visits after update on rooms.presence referencing old table as gone for each statement execute function attendance.forget_visits();
revoke execute on function attendance.forget_visits from public;

-- What ended a room has no member of its own.
create index presence_of_room on rooms.presence (room_id) where member is null;

-- A month of codes is read in the order of this index, and from nothing else.
drop index roster.day_code_person_id_date_id_idx;
create index day_code_newest on roster.day_code (person_id, date, id desc) include (code, basis);

-- How this region's attendance system calls what a named human confirmed. The newest row of a key counts.
create table attendance.export_code (
  id bigint generated always as identity primary key,
  key text not null check (key in ('WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR', 'GANGGUAN', 'TIDAK_HADIR')),
  -- Null only for GANGGUAN: the day keeps the code it was planned with.
  code text,
  note text,
  by_id uuid,
  at timestamptz not null
);
create index on attendance.export_code (key, id desc);

-- One file to hand over: an OPD, a month, numbered from 1.
create table attendance.export_batch (
  id uuid primary key default gen_random_uuid(),
  opd_id uuid not null,
  opd_name text,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  serial int not null,
  row_count int not null check (row_count > 0),
  -- Of the CSV file, byte for byte.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  made_by uuid,
  made_by_name text,
  made_at timestamptz not null,
  unique (opd_id, month, serial)
);

-- A row as it stands in a batch. `revision` counts how often the day of this person was put into a batch before.
create table attendance.export_row (
  id bigint generated always as identity primary key,
  batch_id uuid not null references attendance.export_batch,
  no int not null,
  person_id uuid,
  date date,
  revision int not null,
  nip text,
  name text,
  code text,
  note text,
  basis text,
  confirmed_by text,
  confirmed_at timestamptz,
  unique (batch_id, no)
);
create index on attendance.export_row (person_id, date, id desc);

-- What became of it: a batch was handed over, a row came back, a row is to be sent again as it is.
create table attendance.export_act (
  id bigint generated always as identity primary key,
  batch_id uuid not null references attendance.export_batch,
  act text not null check (act in ('terkirim', 'ditolak', 'kirim_lagi')),
  row_id bigint references attendance.export_row,
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  check ((act = 'terkirim') = (row_id is null))
);
create index on attendance.export_act (row_id, id desc) where row_id is not null;
create index on attendance.export_act (batch_id);

select ledger.attach('attendance.export_code', 'export-codes', null, 'id');
select ledger.attach('attendance.export_batch', 'exports', 'opd_id', 'made_at, id');
select ledger.attach('attendance.export_row', 'export-rows', 'batch_id', 'id');
select ledger.attach('attendance.export_act', 'export-acts', 'batch_id', 'id');
