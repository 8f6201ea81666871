-- Rosters drawn up for a plan: who asked, how far it is, what was found. One at a time for each plan.
create table rota.generation (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null references rota.plan,
  -- Of the plan it is drawn up for: a plan that was changed since does not take it over.
  version int not null,
  state text not null check (state in ('berjalan', 'selesai', 'mustahil', 'dibatalkan', 'gagal')),
  seed int not null,
  from_day date not null,
  until_day date not null,
  keep_hand_set boolean not null,
  by_id uuid,
  by_name text,
  started_at timestamptz not null,
  -- Its portal says so every second; one that is silent has died.
  seen_at timestamptz not null,
  progress jsonb,
  figures jsonb,
  conflict jsonb not null default '[]',
  cells jsonb not null default '[]',
  why text,
  taken_at timestamptz
);
create index on rota.generation (plan_id, started_at desc);
create unique index generation_running on rota.generation (plan_id) where state = 'berjalan';
