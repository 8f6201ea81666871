-- Who has a tab open at which portal process. Nothing here must survive: a process that dies leaves rows that count no more.
create schema live;
create unlogged table live.process (id uuid primary key, seen_at timestamptz not null);
create unlogged table live.tab (process_id uuid not null, person_id uuid not null, tabs int not null, primary key (process_id, person_id));
create index on live.tab (person_id);
