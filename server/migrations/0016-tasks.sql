-- What came of decisions: each confirmed one with a responsible post is a task, until it is done or called off.
create schema tasks;

-- As it was decided; never changed. Words and names may be null: retention destroys them.
create table tasks.task (
  id uuid primary key default gen_random_uuid(),
  -- Confirmed once, a task once.
  decision_id uuid not null unique,
  decision_no int not null,
  meeting_id uuid not null,
  meeting_title text,
  -- The convening OPD, and the zone its days are counted in.
  opd_id uuid not null,
  zone text not null check (zone in ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
  chair_id uuid not null,
  position_id uuid not null,
  position_title text,
  -- The OPD (top of the tree) of the responsible post, null when the post was gone.
  position_opd_id uuid,
  -- Who held the post when it was decided; answers for it while nobody holds the post.
  holder_id uuid,
  text text,
  basis text,
  due_on date,
  made_at timestamptz not null
);
create index on tasks.task (position_id);
create index on tasks.task (holder_id);
create index on tasks.task (chair_id);
create index on tasks.task (opd_id);
create index on tasks.task (position_opd_id);
create index on tasks.task (due_on);

-- Each change is a new row; the newest one counts. `by_id` null: the decision was withdrawn in the meeting.
create table tasks.step (
  id bigint generated always as identity primary key,
  task_id uuid not null,
  state text not null check (state in ('terbuka', 'selesai', 'dibatalkan')),
  note text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on tasks.step (task_id, id desc);
-- Over once: two who press at the same time end it once.
create unique index step_over on tasks.step (task_id) where state <> 'terbuka';
select ledger.attach('tasks.step', 'tasks', 'task_id', 'id');

-- Who was reminded of what, each kind once. `days_left`: below zero when late.
create table tasks.reminder (
  task_id uuid not null references tasks.task,
  kind text not null check (kind in ('h3', 'h1', 'hari_ini', 'lewat')),
  person_id uuid not null,
  days_left int not null,
  at timestamptz not null,
  seen_at timestamptz,
  primary key (task_id, kind)
);
create index on tasks.reminder (person_id) where seen_at is null;

-- Who is on duty on a day is asked at every urgent call.
create index day_code_duty on roster.day_code (date) where code = 'PIKET';
