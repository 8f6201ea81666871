-- Readiness: what the invited found when they checked camera, microphone, sound and network. No names of devices.
create schema if not exists readiness;

-- The newest check of each; those who did not check have no row.
create table readiness.checked (
  meeting_id uuid not null,
  member text not null,
  problems text[] not null,
  path text check (path in ('udp', 'tcp', 'turn')),
  round_trip_ms int,
  up_kbit int,
  down_kbit int,
  at timestamptz not null,
  primary key (meeting_id, member)
);
create index on readiness.checked (at);

-- The one room in which paths to the media server are tried: everybody is hidden, nobody sends.
create table readiness.room (
  one boolean primary key default true check (one),
  room_id uuid not null
);
