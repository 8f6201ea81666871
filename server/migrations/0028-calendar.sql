-- The calendar: what a span of days is found by, and the private feed of a person.
create schema if not exists calendar;

-- Rooms are found by their name, however it is written; `Daring; Ruang Rapat Utama` is in that room.
create index if not exists meeting_room_starts_at on meetings.meeting (regexp_replace(lower(place), '^daring\s*;\s*', ''), starts_at);

-- The address is derived from the person and this version; only its hash is kept. A row that is there counts.
create table if not exists calendar.feed (
  person_id uuid primary key,
  version int not null,
  token_hash text unique,
  made_at timestamptz not null,
  -- The last time a calendar program asked, to the hour.
  read_at timestamptz
);
