-- A third witness beside webhooks and polls: the page in the room, which says every few seconds that it is there.
alter table rooms.presence drop constraint presence_source_check;
alter table rooms.presence add constraint presence_source_check check (source in ('webhook', 'poll', 'supervisor', 'heartbeat'));

-- What the media server's own clock said, where it differs so much that `at` was converted to the portal's.
alter table rooms.presence add column device_at timestamptz;

alter table rooms.session add column last_beat_at timestamptz;
-- What ended the session. LiveKit's own word (`left`) and the end of a room are final: no poll and no page opens it again.
alter table rooms.session add column closed_by text check (closed_by in ('left', 'absent', 'exit', 'room'));

-- Which portal process polls the media server now; over when `until` has passed. A row, not a lock: nothing is held while LiveKit is asked.
create table rooms.poll_turn (one boolean primary key default true check (one), holder text not null, until timestamptz not null);
insert into rooms.poll_turn (holder, until) values ('', '-infinity');
