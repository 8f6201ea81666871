-- How many pages a material has; null: its page tree cannot be read (encrypted).
alter table room_record.material add column pages int check (pages > 0);

-- The letter that calls a meeting off has a mail of its own.
alter table invitations.news drop constraint news_kind_check;
alter table invitations.news add constraint news_kind_check check (kind in ('direncanakan', 'diundang', 'diubah', 'dibatalkan', 'ditarik', 'surat_batal'));

-- A code under which numbers were given does not vanish: it is not offered any more.
alter table letters.classification add column retired_at timestamptz;
-- Who did what to the list of codes. `name`: as it is since; `before`: as it was.
create table letters.classification_change (
  id bigint generated always as identity primary key,
  code text not null,
  act text not null check (act in ('ditambah', 'diubah', 'dihapus', 'dipakai_lagi')),
  name text not null,
  before text,
  by_id uuid,
  at timestamptz not null
);
create index on letters.classification_change (code, id);
