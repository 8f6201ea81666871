-- The ledger: rows that decide pay are chained by hash, stream by stream, by triggers that no insert can go around.
--   content = the row's own columns that are not null, as the text of a jsonb object, times in UTC
--   digest  = SHA-256(content)
--   hash    = SHA-256(hash of the row before in this stream, 32 zero bytes for the first || '<stream> <seq>' || digest)
-- A root covers every stream that grew since the root before:
--   SHA-256(root before || '<n> <time in UTC>\n' || one line '<stream> <seq> <hash>\n' for each, by name)
create schema ledger;

-- Which tables are chained, and where their streams begin: what a verifier reads.
create table ledger.book (name text primary key, prefix text not null unique, key text);

-- The last link of each stream. Locked while a row is added, so that many writers make no fork.
create table ledger.head (
  stream text collate "C" primary key,
  seq bigint not null,
  hash bytea not null,
  rooted_seq bigint not null default 0
);
create index head_unrooted on ledger.head (stream) where seq > rooted_seq;

create table ledger.root (
  n int primary key,
  at timestamptz not null,
  -- 32 zero bytes before the first.
  previous bytea not null,
  root bytea not null
);
create table ledger.rooted (n int not null references ledger.root, stream text collate "C" not null, seq bigint not null, primary key (n, stream));

create function ledger.zero() returns bytea language sql immutable as $$ select decode(repeat('00', 32), 'hex') $$;

create function ledger.content(whole jsonb) returns text language sql stable as $$
  select coalesce(jsonb_object_agg(key, value), '{}')::text
  from jsonb_each(whole - '{stream,seq,digest,hash,destroyed_at}'::text[]) where value <> 'null'
$$;

-- Locks streams in the order of their names: who adds to several calls this first, so that two of them cannot wait for each other.
create function ledger.lock_streams(streams text[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into ledger.head (stream, seq, hash)
    select distinct s, 0, ledger.zero() from unnest(streams) s where not exists (select from ledger.head h where h.stream = s) order by 1
    on conflict do nothing;
  perform from ledger.head h where h.stream = any(streams) order by h.stream for update;
end $$;

-- Once a statement and not once a row: a head that is written a thousand times in one transaction is slow to find again.
create function ledger.advance() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update ledger.head h set seq = l.seq, hash = l.hash
    from (select distinct on (a.stream) a.stream, a.seq, a.hash from added a order by a.stream, a.seq desc) l
    where h.stream = l.stream and h.seq < l.seq;
  return null;
end $$;

-- The hashes of a stream, from its links '<stream> <seq>' || digest in order.
create function ledger.follow(last bytea, link bytea) returns bytea language sql immutable as $$ select sha256(last || link) $$;
create aggregate ledger.chain(bytea) (sfunc = ledger.follow, stype = bytea, initcond = '\x0000000000000000000000000000000000000000000000000000000000000000');

-- Even the owner changes nothing, except to destroy what is past its retention: content goes, its links stay.
create function ledger.keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if current_setting('ledger.destroying', true) = 'on' and new.destroyed_at is not null and old.destroyed_at is null
      and (new.stream, new.seq, new.digest, new.hash) = (old.stream, old.seq, old.digest, old.hash) then
      return new;
    end if;
  end if;
  raise exception 'rows of % are kept as they are', tg_table_name using errcode = '42501';
end $$;

-- Makes a table part of the ledger. Its streams are `prefix:<value of key>`, or the prefix alone where the key is null.
-- Rows that are already there are chained in the order given. The table's own link function: its last row is looked up in it.
create function ledger.attach(name text, prefix text, key text, oldest_first text) returns void language plpgsql as $attach$
declare
  own text := quote_literal(prefix) || case when key is null then '' else format(' || coalesce('':'' || %%s.%I::text, '''')', key) end;
  link text := 'link_' || replace(name, '.', '_');
begin
  if exists (select from pg_attribute where attrelid = name::regclass and attnum > 0 and attgenerated <> '') then
    raise exception '% has generated columns: they are not there yet when a row is linked', name;
  end if;
  execute format('alter table %s add column stream text collate "C", add column seq bigint, add column digest bytea, add column hash bytea, add column destroyed_at timestamptz', name);
  perform set_config('timezone', 'UTC', true);
  execute format($$
    update %1$s t set stream = l.stream, seq = l.seq, digest = l.digest, hash = l.hash from (
      select place, stream, seq, digest, ledger.chain(convert_to(stream || ' ' || seq, 'UTF8') || digest) over (partition by stream order by seq) as hash from (
        select o.ctid as place, %2$s as stream, row_number() over (partition by %2$s order by %3$s) as seq,
          sha256(convert_to(ledger.content(to_jsonb(o)), 'UTF8')) as digest
        from %1$s o) numbered) l
    where t.ctid = l.place$$, name, format(own, 'o'), oldest_first);
  execute format('insert into ledger.head (stream, seq, hash) select distinct on (stream) stream, seq, hash from %s order by stream, seq desc', name);
  execute format('alter table %s alter column stream set not null, alter column seq set not null, alter column digest set not null, alter column hash set not null', name);
  execute format('alter table %s add unique (stream, seq)', name);
  execute format($body$
    create function ledger.%1$I() returns trigger language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $link$
    declare
      last_seq bigint;
      last_hash bytea;
    begin
      new.stream := %2$s;
      new.destroyed_at := null;
      perform from ledger.head h where h.stream = new.stream for update;
      if not found then
        insert into ledger.head (stream, seq, hash) values (new.stream, 0, ledger.zero()) on conflict do nothing;
        perform from ledger.head h where h.stream = new.stream for update;
      end if;
      select t.seq, t.hash into last_seq, last_hash from %3$s t where t.stream = new.stream order by t.seq desc limit 1;
      new.seq := coalesce(last_seq, 0) + 1;
      select sha256(convert_to(coalesce(jsonb_object_agg(e.key, e.value), '{}')::text, 'UTF8')) into new.digest
        from jsonb_each(to_jsonb(new) - '{stream,seq,digest,hash,destroyed_at}'::text[]) e where e.value <> 'null';
      new.hash := sha256(coalesce(last_hash, ledger.zero()) || convert_to(new.stream || ' ' || new.seq, 'UTF8') || new.digest);
      return new;
    end $link$ $body$, link, format(own, 'new'), name);
  execute format('revoke execute on function ledger.%I() from public', link);
  execute format('create trigger ledger_link before insert on %s for each row execute function ledger.%I()', name, link);
  execute format('create trigger ledger_advance after insert on %s referencing new table as added for each statement execute function ledger.advance()', name);
  execute format('create trigger ledger_keep before update or delete on %s for each row execute function ledger.keep()', name);
  execute format('create trigger ledger_keep_all before truncate on %s for each statement execute function ledger.keep()', name);
  insert into ledger.book values (name, prefix, key);
end $attach$;

-- The next root. Streams that somebody is adding to at this moment come into the one after: nobody waits.
-- Nothing new since the last one: the last one.
create function ledger.take_root(now timestamptz) returns ledger.root language plpgsql security definer set search_path = pg_catalog as $$
declare
  last ledger.root;
  made ledger.root;
  grown ledger.head[];
begin
  lock table ledger.root in exclusive mode;
  select * into last from ledger.root r order by r.n desc limit 1;
  select array_agg(g order by g.stream) into grown from (select h.* from ledger.head h where h.seq > h.rooted_seq order by h.stream for update skip locked) g;
  if grown is null then
    return last;
  end if;
  made.n := coalesce(last.n, 0) + 1;
  made.at := date_trunc('milliseconds', now);
  made.previous := coalesce(last.root, ledger.zero());
  select sha256(made.previous || convert_to(made.n || ' ' || to_char(made.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || chr(10) || string_agg(g.stream || ' ' || g.seq || ' ' || encode(g.hash, 'hex') || chr(10), '' order by g.stream), 'UTF8'))
    into made.root from unnest(grown) g;
  insert into ledger.root values (made.*);
  insert into ledger.rooted select made.n, g.stream, g.seq from unnest(grown) g;
  update ledger.head h set rooted_seq = g.seq from unnest(grown) g where h.stream = g.stream;
  return made;
end $$;

revoke execute on all functions in schema ledger from public;

select ledger.attach('rooms.presence', 'presence', 'room_id', 'id');
select ledger.attach('meetings.act', 'acts', 'meeting_id', 'id');
select ledger.attach('attendance.sheet', 'sheets', null, 'finalised_at, id');
select ledger.attach('roster.day_code', 'codes', 'person_id', 'id');
select ledger.attach('people.access', 'access', 'by_id', 'id');
