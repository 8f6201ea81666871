-- Words of a press room, who watches it unseen, and rights that are told to the media server without holding a row meanwhile.

alter table rooms.member drop constraint member_word_check;
alter table rooms.member add constraint member_word_check
  check (word in ('none', 'viewer', 'audience', 'floor', 'floor_camera', 'signer', 'speaker', 'host'));
-- Who is told to nobody is a viewer of a press room (`v_…`) and nothing else; everybody else is seen.
alter table rooms.member add constraint member_viewer_check
  check (case when member like 'v\_%' then word in ('none', 'viewer') else word <> 'viewer' end);

-- Anybody may watch here. Elsewhere who is hidden is put out.
alter table rooms.room add column watched boolean not null default false;

-- Grows with each thing to be told: what is stamped is what was told.
alter table rooms.member add column revision int not null default 0;
-- Some process tells the media server now; over when this has passed, or it died.
alter table rooms.member add column claimed_until timestamptz;

-- Who watches now, as the list last showed it: nobody's presence, only places taken.
create table rooms.watcher (
  room_id uuid not null references rooms.room,
  sid text not null,
  member text not null,
  primary key (room_id, sid)
);

-- A browser that asked to watch. Nothing about a person: the mark names a device cookie without telling it.
create table press.viewer (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null,
  browser text not null,
  -- The last ticket: whoever got one holds a place until the list shows them.
  ticket_at timestamptz not null,
  unique (conference_id, browser)
);
create index on press.viewer (conference_id, ticket_at);
