// What one request changed, row by row, told and taken back: the next request finds everything as it was, without a database of its own.
import type { Sql } from '../../server/platform/database.ts';

export type Change = { table: string; op: 'INSERT' | 'UPDATE' | 'DELETE'; before: Record<string, unknown> | null; after: Record<string, unknown> | null };

/** From here on every row that is written in this database is noted, whoever writes it. */
export async function noteChanges(owner: Sql) {
  await owner.unsafe(`
    create schema uji;
    create table uji.change (n bigint generated always as identity primary key, at oid not null, op text not null, before jsonb, after jsonb);
    create function uji.note() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
    begin
      insert into uji.change (at, op, before, after)
        values (tg_relid, tg_op, case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end);
      return null;
    end $$;
    -- The columns that say which row it is, and those that can be written.
    create table uji.known as
      select c.oid as at, format('%I.%I', n.nspname, c.relname) as name,
        (select string_agg(format('t.%1$I is not distinct from r.%1$I', a.attname), ' and ') from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
          where i.indrelid = c.oid and i.indisprimary) as same,
        (select string_agg(format('%I', a.attname), ', ') from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'uji');
    do $$ declare t record; begin
      for t in select * from uji.known loop
        if t.same is null then raise exception '% has no key', t.name; end if;
        execute format('create trigger zz_uji after insert or update or delete on %s for each row execute function uji.note()', t.name);
      end loop;
    end $$;
    -- Backwards, and no other trigger hears of it.
    create function uji.take_back() returns table (n bigint, name text, op text, before jsonb, after jsonb) language plpgsql set session_replication_role = replica as $$
    #variable_conflict use_column
    declare c record;
    begin
      for c in select x.n, x.op, x.before, x.after, k.name, k.same, k.columns from uji.change x join uji.known k on k.at = x.at order by x.n desc loop
        if c.op <> 'DELETE' then
          execute format('delete from %1$s t using jsonb_populate_record(null::%1$s, $1) r where %2$s', c.name, c.same) using c.after;
        end if;
        if c.op <> 'INSERT' then
          execute format('insert into %1$s (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$s, $1)', c.name, c.columns) using c.before;
        end if;
        delete from uji.change x where x.n = c.n;
        return query select c.n, c.name, c.op, c.before, c.after;
      end loop;
    end $$`);
  return {
    /** What was written since this or `keep` was last asked; it is gone again. */
    takeBack: async (): Promise<Change[]> => (await owner`select name as table, op, before, after from uji.take_back() order by n`) as unknown as Change[],
    /** It stays as it is now. */
    keep: async (): Promise<void> => void (await owner`delete from uji.change`),
  };
}
