-- What was asked for under a key of the asker's own, so that the same again (a second tap, a reply that was lost) makes nothing new.
-- The row is written in the transaction that makes the thing; its reply follows, and both are forgotten after a day.
create schema once;
create table once.act (
  person_id uuid not null references people.person (id) on delete cascade,
  key text not null check (length(key) between 8 and 100),
  -- SHA-256 of method, address and body.
  asked bytea not null check (length(asked) = 32),
  at timestamptz not null,
  -- JSON, sealed with the portal's secret: it may hold links. Null: not known yet, or never, when the portal ended before it was written.
  reply text,
  primary key (person_id, key)
);
create index on once.act (at);
