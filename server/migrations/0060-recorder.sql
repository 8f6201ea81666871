-- The recording that runs in a room: its recorder, and no other hidden listener, is let in. One recording runs in one room.
alter table rooms.room add column recording uuid;
create unique index on rooms.room (recording) where recording is not null;
