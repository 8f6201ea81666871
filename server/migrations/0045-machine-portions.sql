-- Touches of the machine by the thousand: a file of 100,000 lines is a hundred links of the ledger and not a hundred thousand, and each touch
-- is still part of the row whose hash is kept. And files that were withdrawn: their rows stay.
create table attendance.touches (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  import_id uuid not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Of each touch, in the order of time: its line in the file, a NIP or the number the machine knows somebody by, milliseconds since 1970, the machine.
  lines int[] not null,
  pins text[],
  times bigint[] not null,
  devices text[] not null,
  check (cardinality(times) = cardinality(lines) and cardinality(devices) = cardinality(lines) and cardinality(coalesce(pins, devices)) = cardinality(lines))
);
create index on attendance.touches (opd_id, last_at);
create index on attendance.touches (import_id);

insert into attendance.touches (opd_id, import_id, first_at, last_at, lines, pins, times, devices)
  select opd_id, import_id, min(at), max(at), array_agg(line order by at, id), array_agg(pin order by at, id),
    array_agg((extract(epoch from at) * 1000)::bigint order by at, id), array_agg(device order by at, id)
  from (select *, (row_number() over (partition by import_id order by at, id) - 1) / 1000 as portion from attendance.punch where pin is not null) p
  group by opd_id, import_id, portion order by min(id);
select ledger.attach('attendance.touches', 'touches', 'opd_id', 'id');

-- No release had this table.
delete from ledger.book where name = 'attendance.punch';
delete from ledger.head where stream like 'punches:%';
drop table attendance.punch;
drop function ledger.link_attendance_punch();

-- Files whose touches this one had too: they are not kept twice, and go with the file that has them.
alter table attendance.machine_import add column repeats uuid[];

-- From then on the touches of that file do not count.
create table attendance.machine_withdrawal (
  id bigint generated always as identity primary key,
  opd_id uuid not null,
  import_id uuid not null unique,
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
select ledger.attach('attendance.machine_withdrawal', 'machine-withdrawals', 'opd_id', 'id');
