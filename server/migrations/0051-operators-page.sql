-- What the operator's page says of each portal process. An older process beside a newer one writes neither.
alter table live.process add column version text, add column started_at timestamptz;

-- Standbys as the primary sees them: their delay is hidden from roles that may not read statistics, so the owner asks.
create function live.standbys() returns table (state text, sync_state text, lag_seconds double precision)
language sql stable security definer set search_path = pg_catalog as $$
  select s.state, s.sync_state, extract(epoch from s.replay_lag)::double precision from pg_stat_replication s order by s.pid
$$;
