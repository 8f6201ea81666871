-- The press kit: what journalists get, and when. And files, whose bytes live here in parts, so that every portal process serves them.
create schema if not exists press;
create schema files;

-- `sha256` once it is whole; it does not change after that.
create table files.file (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  type text not null,
  size bigint not null check (size > 0),
  sha256 bytea,
  begun_at timestamptz not null
);
create table files.part (
  file_id uuid not null references files.file on delete cascade,
  n int not null check (n >= 0),
  bytes bytea not null check (octet_length(bytes) between 1 and 1048576),
  primary key (file_id, n)
);
-- Packed already, most of them; and of a part that is not packed a piece can be read alone.
alter table files.part alter column bytes set storage external;

-- `embargo_at` null: nothing of the kit is published.
create table press.kit (
  conference_id uuid primary key,
  embargo_at timestamptz,
  announced boolean not null default false
);

-- A photo has its small picture in `thumb_id`, a release its PDF in `file_id`.
create table press.kit_item (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null references press.kit,
  kind text not null check (kind in ('siaran', 'data', 'foto', 'video', 'rekaman')),
  title text not null,
  caption text,
  credit text,
  licence text,
  -- Of a release: number of the letter, and whom to ask.
  number text,
  contact text,
  release jsonb,
  -- Its own time instead of the kit's.
  embargo_at timestamptz,
  withdrawn boolean not null default false,
  file_id uuid references files.file,
  thumb_id uuid references files.file,
  made_at timestamptz not null,
  -- When there was first something to read.
  ready_at timestamptz,
  version int not null default 1
);
create index on press.kit_item (conference_id);
create unique index on press.kit_item (file_id);

-- A file on its way. `modified`: of the file on the sender's disk, so that another one of the same name begins anew.
create table press.kit_upload (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null,
  item_id uuid not null references press.kit_item,
  file_id uuid references files.file on delete set null,
  modified timestamptz,
  begun_at timestamptz not null,
  touched_at timestamptz not null,
  -- The item has its file; repeating a part or the end is harmless.
  done_at timestamptz
);
create unique index kit_upload_open on press.kit_upload (item_id) where done_at is null;
create index on press.kit_upload (file_id);

-- What was done to a kit, in order. Names and words may be null: retention destroys them and leaves the links.
create table press.kit_act (
  id bigint generated always as identity primary key,
  conference_id uuid not null,
  at timestamptz not null,
  by_id uuid,
  by_name text,
  act text not null check (act in ('embargo', 'ditambah', 'diubah', 'ditarik', 'dikembalikan', 'berkas')),
  item_id uuid,
  title text,
  -- T of the kit, or the item's own, from now on.
  embargo_at timestamptz,
  announced boolean,
  -- Of a file: what journalists got, to be recognised by.
  file_name text,
  file_sha256 text
);
create index on press.kit_act (conference_id, id);
select ledger.attach('press.kit_act', 'kit', 'conference_id', 'id');

-- A download that was begun; one that goes on is the same row. `item_id` null: all as one file. `journalist_id` null: somebody of the public.
create table press.kit_download (
  id bigint generated always as identity primary key,
  conference_id uuid not null,
  item_id uuid,
  -- The bytes that were asked for: another version of a file is another download.
  sha256 text not null,
  journalist_id uuid,
  outlet text,
  -- Keyed digest of what the browser is known by: of no use outside this portal.
  browser text not null,
  begun_at timestamptz not null,
  last_at timestamptz not null,
  bytes bigint not null default 0
);
create index on press.kit_download (conference_id);
create index on press.kit_download (browser, last_at);
