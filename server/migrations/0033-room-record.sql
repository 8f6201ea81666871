-- What is kept with the room: chat with files, polls, materials shown in step.
create schema if not exists room_record;

alter table meetings.chat set schema room_record;
-- `n`: the order of what was said; `step`: of what was said or taken back, so that a page asks only for what is new.
create sequence room_record.chat_step;
alter table room_record.chat
  add column n bigint,
  add column step bigint,
  add column reply_to uuid,
  add column file_id uuid references files.file on delete set null,
  add column thumb_id uuid references files.file on delete set null,
  add column deleted_at timestamptz;
update room_record.chat c set n = o.n, step = o.n from (select id, row_number() over (order by at, id) as n from room_record.chat) o where o.id = c.id;
select setval('room_record.chat_step', coalesce((select max(n) from room_record.chat), 0) + 1);
alter table room_record.chat alter column n set not null, alter column step set not null,
  alter column n set default nextval('room_record.chat_step'), alter column step set default nextval('room_record.chat_step');
drop index if exists room_record.chat_meeting_id_at_idx;
create index on room_record.chat (meeting_id, n);
create index on room_record.chat (meeting_id, step);
create index on room_record.chat (meeting_id, member, at);
create index on room_record.chat (file_id) where file_id is not null;

-- A file on its way. It is dropped with all its parts when nobody uses it.
create table room_record.upload (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references meetings.meeting,
  member text not null,
  purpose text not null check (purpose in ('obrolan', 'materi')),
  file_id uuid not null references files.file on delete cascade,
  touched_at timestamptz not null
);
create index on room_record.upload (meeting_id);
create index on room_record.upload (touched_at);

-- Its id is the id of the upload it came from: putting it up twice is once.
create table room_record.material (
  id uuid primary key,
  meeting_id uuid not null references meetings.meeting,
  title text not null,
  file_id uuid not null references files.file,
  member text not null,
  by_name text not null,
  at timestamptz not null
);
create index on room_record.material (meeting_id);
-- What everybody looks at now; `step` grows with every turn of a page.
create table room_record.showing (
  meeting_id uuid primary key references meetings.meeting,
  material_id uuid references room_record.material on delete set null,
  page int not null check (page > 0),
  member text not null,
  by_name text not null,
  step bigint not null,
  at timestamptz not null
);
create table room_record.presenter (
  meeting_id uuid not null references meetings.meeting,
  member text not null,
  at timestamptz not null,
  primary key (meeting_id, member)
);

-- Whoever destroys a message or a material destroys its file: nothing else points at it.
create function room_record.drop_files() returns trigger language plpgsql as $$
begin
  delete from files.file where id = old.file_id or id = (to_jsonb(old) ->> 'thumb_id')::uuid;
  return null;
end $$;
create trigger drop_files after delete on room_record.chat for each row execute function room_record.drop_files();
create trigger drop_files after delete on room_record.material for each row execute function room_record.drop_files();

-- A question and its steps; the newest step is what it is now, the closing one holds the count.
create table room_record.poll (
  id uuid primary key,
  meeting_id uuid not null,
  no int not null,
  kind text not null check (kind in ('jajak', 'suara')),
  question text,
  choices jsonb,
  multiple boolean not null,
  secret boolean not null,
  voters text not null check (voters in ('hadir', 'jabatan', 'unit')),
  live boolean not null check (not (live and secret)),
  minutes int,
  by_id uuid,
  by_name text,
  at timestamptz not null,
  unique (meeting_id, no)
);
create table room_record.poll_step (
  id bigint generated always as identity primary key,
  poll_id uuid not null references room_record.poll,
  meeting_id uuid not null,
  state text not null check (state in ('disiapkan', 'dibuka', 'ditutup', 'dicabut')),
  deadline timestamptz,
  result jsonb,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on room_record.poll_step (meeting_id, id);
create unique index poll_opened on room_record.poll_step (poll_id) where state = 'dibuka';
create unique index poll_closed on room_record.poll_step (poll_id) where state in ('ditutup', 'dicabut');

-- Named votes: every one that was cast; of a seat the newest counts.
create table room_record.vote (
  id bigint generated always as identity primary key,
  poll_id uuid not null references room_record.poll,
  meeting_id uuid not null,
  seat text,
  seat_name text,
  unit_name text,
  rank int,
  member text,
  name text,
  choices jsonb not null,
  at timestamptz not null
);
create index on room_record.vote (poll_id, id);

-- Secret votes while the poll is open: one row a seat, sealed with a key of which one half is `poll_key` and the other is not in this database.
-- No time stands here. When it closes both go, and what is left is who voted (by name) and what was voted (shuffled), which nothing joins.
create table room_record.poll_key (poll_id uuid primary key references room_record.poll, half bytea not null);
create table room_record.sealed (
  poll_id uuid not null references room_record.poll,
  meeting_id uuid not null,
  seat text not null,
  seat_name text not null,
  unit_name text not null,
  rank int not null,
  member text not null,
  name text not null,
  sealed bytea not null,
  primary key (poll_id, seat)
);
create table room_record.voter (
  id bigint generated always as identity primary key,
  poll_id uuid not null references room_record.poll,
  meeting_id uuid not null,
  seat_name text,
  unit_name text,
  member text,
  name text,
  at timestamptz not null
);
create index on room_record.voter (poll_id);
-- One mark each: of a ballot with several choices not even which were together is kept.
create table room_record.ballot (
  id bigint generated always as identity primary key,
  poll_id uuid not null references room_record.poll,
  meeting_id uuid not null,
  choice int not null
);
create index on room_record.ballot (poll_id);

select ledger.attach('room_record.poll', 'polls', 'meeting_id', 'at');
select ledger.attach('room_record.poll_step', 'pollsteps', 'meeting_id', 'id');
select ledger.attach('room_record.vote', 'votes', 'meeting_id', 'id');
select ledger.attach('room_record.voter', 'voters', 'meeting_id', 'id');
select ledger.attach('room_record.ballot', 'ballots', 'meeting_id', 'id');

-- The agenda has time: `items` gain `minutes`; which item the meeting is at, each change a row. `item_id` null: after the last one.
create table proceedings.agenda_step (
  id bigint generated always as identity primary key,
  meeting_id uuid not null,
  item_id uuid,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on proceedings.agenda_step (meeting_id, id);
select ledger.attach('proceedings.agenda_step', 'agendasteps', 'meeting_id', 'id');
