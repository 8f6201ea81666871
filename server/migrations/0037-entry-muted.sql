-- Whoever comes in later sends no sound until they open their microphone themselves. `member.voiced`: was inside before, or has opened it, or was given the turn.
alter table rooms.room add column entry_muted boolean not null default false;
alter table rooms.member add column voiced boolean not null default false;
