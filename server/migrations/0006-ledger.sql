-- The ledger: rows that decide pay are chained by hash, stream by stream, by a trigger that no insert can go around.
--   content = the row's own columns that are not null, as the text of a jsonb object, times in UTC
--   digest  = SHA-256(content)
--   hash    = SHA-256(hash of the row before in this stream, 32 zero bytes for the first || '<stream> <seq>' || digest)
-- A root covers every stream that grew since the root before: SHA-256(root before || one line '<stream> <seq> <hash>\n' for each, by name).
-- `on conflict` must not be used on these tables: the trigger runs before the conflict is found and would leave a gap.
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

create function ledger.link() returns trigger language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  whole jsonb := to_jsonb(new);
  last_seq bigint;
  last_hash bytea;
begin
  new.stream := tg_argv[0] || coalesce(':' || (whole ->> tg_argv[1]), '');
  new.destroyed_at := null;
  loop
    select h.seq, h.hash into last_seq, last_hash from ledger.head h where h.stream = new.stream for update;
    exit when found;
    insert into ledger.head (stream, seq, hash) values (new.stream, 0, ledger.zero()) on conflict do nothing;
  end loop;
  new.seq := last_seq + 1;
  new.digest := sha256(convert_to(ledger.content(whole), 'UTF8'));
  new.hash := sha256(last_hash || convert_to(new.stream || ' ' || new.seq, 'UTF8') || new.digest);
  update ledger.head h set seq = new.seq, hash = new.hash where h.stream = new.stream;
  return new;
end $$;

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
-- Rows that are already there are chained in the order given.
create function ledger.attach(name text, prefix text, key text, oldest_first text) returns void language plpgsql as $$
declare
  next record;
begin
  execute format('alter table %s add column stream text collate "C", add column seq bigint, add column digest bytea, add column hash bytea, add column destroyed_at timestamptz', name);
  perform set_config('timezone', 'UTC', true);
  for next in execute format('select ctid as place, to_jsonb(t) as whole from %s t order by %s', name, oldest_first) loop
    declare
      s text := prefix || coalesce(':' || (next.whole ->> key), '');
      d bytea := sha256(convert_to(ledger.content(next.whole), 'UTF8'));
      h ledger.head;
    begin
      insert into ledger.head (stream, seq, hash) values (s, 0, ledger.zero()) on conflict do nothing;
      select * into h from ledger.head where stream = s;
      update ledger.head set seq = h.seq + 1, hash = sha256(h.hash || convert_to(s || ' ' || (h.seq + 1), 'UTF8') || d) where stream = s returning * into h;
      execute format('update %s set stream = $1, seq = $2, digest = $3, hash = $4 where ctid = $5', name) using s, h.seq, d, h.hash, next.place;
    end;
  end loop;
  execute format('alter table %s alter column stream set not null, alter column seq set not null, alter column digest set not null, alter column hash set not null', name);
  execute format('alter table %s add unique (stream, seq)', name);
  execute format('create trigger ledger_link before insert on %s for each row execute function ledger.link(%L%s)', name, prefix, coalesce(', ' || quote_literal(key), ''));
  execute format('create trigger ledger_keep before update or delete on %s for each row execute function ledger.keep()', name);
  execute format('create trigger ledger_keep_all before truncate on %s for each statement execute function ledger.keep()', name);
  insert into ledger.book values (name, prefix, key);
end $$;

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
  made.at := now;
  made.previous := coalesce(last.root, ledger.zero());
  select sha256(made.previous || convert_to(string_agg(g.stream || ' ' || g.seq || ' ' || encode(g.hash, 'hex') || chr(10), '' order by g.stream), 'UTF8'))
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
