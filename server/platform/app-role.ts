// The database role the portal works with. It owns nothing: it reads and writes, but of the ledger's rows it cannot change or remove one.
import type { ReservedSql } from './database.ts';

export const APP_ROLE = 'portal_app';

/** After migrations, as the owner. Answers false where this owner may not make roles; then only the ledger's own triggers keep it. */
export async function giveRights(owner: ReservedSql): Promise<boolean> {
  try {
    await owner.unsafe(rights);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return false;
    throw error;
  }
}

const rights = `
do $$
declare
  s text;
  t text;
  book text;
begin
  if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
    create role ${APP_ROLE} login;
  end if;
  if not pg_has_role(current_user, '${APP_ROLE}', 'member') then
    execute format('grant ${APP_ROLE} to %I', current_user);
  end if;
  grant select on public.portal_migration to ${APP_ROLE};
  for s in select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'ledger') loop
    execute format('grant usage on schema %I to ${APP_ROLE}', s);
    execute format('grant select, insert, update, delete on all tables in schema %I to ${APP_ROLE}', s);
    execute format('grant usage, select on all sequences in schema %I to ${APP_ROLE}', s);
    execute format('grant execute on all functions in schema %I to ${APP_ROLE}', s);
  end loop;
  -- The job queue guards its tables by rows: its own functions run with the caller's rights, so the portal's role is let at all of them.
  for t in select relname from pg_class where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
    and not exists (select from pg_policy where polrelid = pg_class.oid and polname = 'portal') loop
    execute format('create policy portal on graphile_worker.%I to ${APP_ROLE} using (true) with check (true)', t);
  end loop;
  grant usage on schema ledger to ${APP_ROLE};
  grant select on all tables in schema ledger to ${APP_ROLE};
  grant execute on function ledger.lock_streams(text[]), ledger.take_root(timestamptz), ledger.content(jsonb) to ${APP_ROLE};
  for book in select name from ledger.book loop
    execute format('revoke update, delete on %s from ${APP_ROLE}', book);
  end loop;
end $$`;
