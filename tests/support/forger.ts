// Somebody with all rights over the database, who changes what is on record: as clumsily or as cleverly as one of these.
import type { Sql, Tx } from '../../server/platform/database.ts';

export type Random = () => number;
/** The same numbers for the same seed. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const pick = <T>(random: Random, from: readonly T[]): T => {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

type Column = { name: string; type: string };
type Book = { name: string; key: string | null; columns: Column[]; rows: number };
type Place = { stream: string; seq: number };

const copyOf = (name: string): string => `old.${name.replace('.', '_')}`;
const LINKS = ['stream', 'seq', 'digest', 'hash', 'destroyed_at'];
const other: Record<string, (column: string) => string> = {
  text: (c) => `coalesce(${c}, '') || 'x'`,
  uuid: () => 'gen_random_uuid()',
  'timestamp with time zone': (c) => `coalesce(${c}, now()) + interval '7 seconds'`,
  date: (c) => `coalesce(${c}, current_date) + 1`,
  integer: (c) => `coalesce(${c}, 0) + 1`,
  bigint: (c) => `coalesce(${c}, 0) + 100000`,
  boolean: (c) => `not coalesce(${c}, false)`,
  jsonb: (c) => `coalesce(${c}, '{}') || '{"x": 1}'`,
  'text[]': (c) => `coalesce(${c}, '{}') || 'x'::text`,
  'uuid[]': (c) => `coalesce(${c}, '{}') || gen_random_uuid()`,
};

export type Forger = Awaited<ReturnType<typeof learn>>;

/** Knows the ledger of this database. Checks, keys and triggers do not stop it (`session_replication_role`); a row it may not write, it leaves. */
export async function learn(owner: Sql) {
  const books: Book[] = [];
  for (const { name, key } of await owner<{ name: string; key: string | null }[]>`select name, key from ledger.book order by name`) {
    const columns = await owner<Column[]>`
      select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped order by attnum`;
    const [count] = await owner<{ rows: number }[]>`select count(*)::int as rows from ${owner.unsafe(name)}`;
    const rows = count?.rows ?? 0;
    if (rows > 0) books.push({ name, key, columns: columns.filter((c) => !LINKS.includes(c.name)), rows });
  }

  const aRow = async (tx: Tx, book: Book, random: Random): Promise<Place> => {
    const [place] = await tx<
      Place[]
    >`select stream, seq::int from ${tx.unsafe(book.name)} order by stream, seq offset ${Math.floor(random() * book.rows)} limit 1`;
    if (!place) throw new Error(`no row in ${book.name}`);
    return place;
  };
  const at = (tx: Tx, { stream, seq }: Place) => tx`stream = ${stream} and seq = ${seq}`;
  const lengthOf = async (tx: Tx, book: Book, stream: string): Promise<number> =>
    (await tx<{ n: number }[]>`select max(seq)::int as n from ${tx.unsafe(book.name)} where stream = ${stream}`)[0]?.n ?? 0;

  /** Another value in one column of one row. */
  async function edit(tx: Tx, random: Random): Promise<string> {
    for (;;) {
      const book = pick(random, books);
      const place = await aRow(tx, book, random);
      const column = pick(random, book.columns);
      const make = other[column.type];
      if (!make) continue;
      const done = await attempt(
        tx,
        (sp) => sp`update ${sp.unsafe(book.name)} set ${sp(column.name)} = ${sp.unsafe(make(`"${column.name}"`))} where ${at(sp, place)}`,
      );
      if (done) return `${book.name}.${column.name} of ${place.stream} ${place.seq}`;
    }
  }
  async function empty(tx: Tx, random: Random): Promise<string> {
    for (;;) {
      const book = pick(random, books);
      const place = await aRow(tx, book, random);
      const column = pick(random, book.columns);
      const done = await attempt(
        tx,
        (sp) => sp`update ${sp.unsafe(book.name)} set ${sp(column.name)} = null where ${at(sp, place)} and ${sp(column.name)} is not null returning 1`,
      );
      if (done) return `${book.name}.${column.name} of ${place.stream} ${place.seq} emptied`;
    }
  }
  async function relink(tx: Tx, random: Random): Promise<string> {
    const book = pick(random, books);
    const place = await aRow(tx, book, random);
    const change = pick(random, ["digest = sha256('x')", "hash = sha256('x')", 'seq = seq + 1000', "stream = stream || 'x'", 'destroyed_at = now()']);
    await tx.unsafe(`update ${book.name} set ${change} where stream = $1 and seq = $2`, [place.stream, place.seq]);
    return `${book.name} ${change} of ${place.stream} ${place.seq}`;
  }
  async function remove(tx: Tx, random: Random): Promise<string> {
    const book = pick(random, books);
    const place = await aRow(tx, book, random);
    await tx`delete from ${tx.unsafe(book.name)} where ${at(tx, place)}`;
    return `${book.name} ${place.stream} ${place.seq} deleted`;
  }
  /** Closes the gap as well, so that numbers follow each other. */
  async function removeAndClose(tx: Tx, random: Random): Promise<string> {
    const said = await remove(tx, random);
    const [, name = '', stream = '', seq = ''] = /^(\S+) (\S+) (\d+)/.exec(said) ?? [];
    await tx`update ${tx.unsafe(name)} set seq = -seq where stream = ${stream} and seq > ${Number(seq)}`;
    await tx`update ${tx.unsafe(name)} set seq = -seq - 1 where stream = ${stream} and seq < 0`;
    await tx`update ledger.head set seq = seq - 1 where stream = ${stream}`;
    return `${said}, gap closed`;
  }
  /** Two rows of a book change places: all that is in them, or their numbers only. */
  async function reorder(tx: Tx, random: Random): Promise<string> {
    const book = pick(
      random,
      books.filter((b) => b.rows > 1),
    );
    const [a, b] = [await aRow(tx, book, random), await aRow(tx, book, random)];
    if (a.stream === b.stream && a.seq === b.seq) return reorder(tx, random);
    const links = random() < 0.5 ? 'stream, seq, digest, hash' : 'stream, seq';
    const was = links
      .split(', ')
      .map((c) => `o.${c}`)
      .join(', ');
    const table = tx.unsafe(book.name);
    await tx`create temporary table moved on commit drop as select stream, seq, digest, hash from ${table} where (${at(tx, a)}) or (${at(tx, b)})`;
    await tx`update ${table} set seq = -seq where (${at(tx, a)}) or (${at(tx, b)})`;
    await tx`update ${table} t set (${tx.unsafe(links)}) = (select ${tx.unsafe(was)} from moved o where (o.stream, o.seq) is distinct from (t.stream, -t.seq)) where t.seq < 0`;
    await tx`drop table moved`;
    return `${book.name} ${a.stream} ${a.seq} and ${b.stream} ${b.seq} swapped (${links})`;
  }
  /** A row that never was, at the end or in between, with a hash made by somebody. */
  async function insert(tx: Tx, random: Random): Promise<string> {
    for (;;) {
      const book = pick(random, books);
      const place = await aRow(tx, book, random);
      const end = await lengthOf(tx, book, place.stream);
      const table = tx.unsafe(book.name);
      const between = random() < 0.5;
      const repaired = random() < 0.5;
      const rest = book.columns.map(({ name, type }) => (name === 'id' ? (type === 'uuid' ? 'gen_random_uuid()' : 'id + 1000000') : `"${name}"`)).join(', ');
      const names = book.columns.map(({ name }) => `"${name}"`).join(', ');
      const done = await attempt(tx, async (sp) => {
        if (between) {
          await sp`update ${table} set seq = -seq where stream = ${place.stream} and seq >= ${place.seq}`;
          await sp`update ${table} set seq = -seq + 1 where stream = ${place.stream} and seq < 0`;
        }
        const [from, to] = between ? [place.seq + 1, place.seq] : [place.seq, end + 1];
        const made = await sp`
          insert into ${table} (${sp.unsafe(names)}, stream, seq, digest, hash) overriding system value
          select ${sp.unsafe(rest)}, stream, ${to}, digest, sha256(hash) from ${table} where stream = ${place.stream} and seq = ${from} returning hash`;
        if (repaired)
          await sp`update ledger.head set seq = ${end + 1}, hash = case when ${between} then hash else ${made[0]?.['hash'] as Buffer} end where stream = ${place.stream}`;
        return made;
      });
      if (done) return `${book.name} ${place.stream}: a row inserted ${between ? 'in between' : 'at the end'}${repaired ? ', head repaired' : ''}`;
    }
  }
  async function cutTail(tx: Tx, random: Random): Promise<string> {
    const book = pick(random, books);
    const { stream } = await aRow(tx, book, random);
    const keep = Math.floor(random() * (await lengthOf(tx, book, stream)));
    const table = tx.unsafe(book.name);
    await tx`delete from ${table} where stream = ${stream} and seq > ${keep}`;
    const how = pick(random, ['as it is', 'head repaired', 'head removed', 'head and roots repaired'] as const);
    if (how === 'head removed') await tx`delete from ledger.head where stream = ${stream}`;
    if (how.endsWith('repaired')) {
      await tx`update ledger.head set seq = ${keep}, hash = coalesce((select hash from ${table} where stream = ${stream} and seq = ${keep}), ledger.zero()), rooted_seq = least(rooted_seq, ${keep}) where stream = ${stream}`;
    }
    if (how === 'head and roots repaired') {
      await tx`delete from ledger.rooted where stream = ${stream} and seq > ${keep}`;
      await tx`update ledger.head set rooted_seq = coalesce((select max(seq) from ledger.rooted r where r.stream = ${stream}), 0) where stream = ${stream}`;
      await recomputeRoots(tx);
    }
    return `${book.name} ${stream} cut after ${keep}, ${how}`;
  }
  /** What happened on one day now happened on another, and the other way round. */
  async function swapDays(tx: Tx, random: Random): Promise<string> {
    const dated = books.flatMap((book) =>
      book.columns.filter(({ type }) => type === 'date' || type === 'timestamp with time zone').map(({ name, type }) => ({ book, name, type })),
    );
    for (;;) {
      const { book, name, type } = pick(random, dated);
      const days = await tx<
        { day: string }[]
      >`select distinct ${tx(name)}::date::text as day from ${tx.unsafe(book.name)} where ${tx(name)} is not null order by 1`;
      if (days.length < 2) continue;
      const [a, b] = [pick(random, days).day, pick(random, days).day];
      if (a === b) continue;
      const done = await attempt(
        tx,
        (sp) => sp`
          update ${sp.unsafe(book.name)} set ${sp(name)} = ${sp(name)} + case when ${sp(name)}::date = ${a}::date then 1 else -1 end * ${sp.unsafe(type === 'date' ? `('${b}'::date - '${a}'::date)` : `('${b}'::timestamptz - '${a}'::timestamptz)`)}
          where ${sp(name)}::date in (${a}::date, ${b}::date)`,
      );
      if (done) return `${book.name}.${name}: ${a} and ${b} swapped`;
    }
  }
  /** The copy in schema `old` (see keepCopy) takes the place of one book, or of everything with its heads and roots. */
  async function restore(tx: Tx, random: Random): Promise<string> {
    const all = random() < 0.5;
    const grown = [];
    for (const book of books) {
      const [copy] = await tx<{ n: number }[]>`select count(*)::int as n from ${tx.unsafe(copyOf(book.name))}`;
      if ((copy?.n ?? 0) < book.rows) grown.push(book);
    }
    const chosen = all ? books : [pick(random, grown)];
    for (const { name } of chosen) {
      await tx`delete from ${tx.unsafe(name)}`;
      await tx`insert into ${tx.unsafe(name)} overriding system value select * from ${tx.unsafe(copyOf(name))}`;
    }
    for (const name of all ? ['ledger.head', 'ledger.root', 'ledger.rooted'] : random() < 0.5 ? ['ledger.head'] : []) {
      const where = all ? '' : ` where split_part(stream, ':', 1) = (select prefix from ledger.book where name = '${chosen[0]?.name}')`;
      await tx.unsafe(`delete from ${name}${where}`);
      await tx.unsafe(`insert into ${name} select * from ${copyOf(name)}${where}`);
    }
    return `${all ? 'everything' : chosen[0]?.name} restored`;
  }
  /** Knows the algorithm: changes a row and makes everything after it fit again, heads and roots too. */
  async function rewrite(tx: Tx, random: Random): Promise<string> {
    const said = await edit(tx, random);
    const [, name = '', stream = ''] = /^(\S+)\.\S+ of (\S+) \d+$/.exec(said) ?? [];
    const table = tx.unsafe(name);
    await tx`set local timezone = 'UTC'`;
    await tx`update ${table} t set digest = sha256(convert_to(ledger.content(to_jsonb(t)), 'UTF8')) where stream = ${stream}`;
    await tx`
      update ${table} t set hash = c.hash from (
        select seq, ledger.chain(convert_to(stream || ' ' || seq, 'UTF8') || digest) over (order by seq) as hash from ${table} where stream = ${stream}) c
      where t.stream = ${stream} and t.seq = c.seq`;
    await tx`update ledger.head h set hash = t.hash from ${table} t where t.stream = h.stream and t.seq = h.seq and h.stream = ${stream}`;
    await recomputeRoots(tx);
    return `${said}, and all after it computed again`;
  }
  async function recomputeRoots(tx: Tx): Promise<void> {
    const links = books.map(({ name }) => `select stream, seq, hash from ${name}`).join(' union all ');
    await tx.unsafe(`
      do $$ declare r record; last bytea := ledger.zero(); begin
        for r in select * from ledger.root order by n loop
          update ledger.root set previous = last, root = (
            select sha256(last || convert_to(r.n || ' ' || to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || chr(10)
              || coalesce(string_agg(x.stream || ' ' || x.seq || ' ' || encode(l.hash, 'hex') || chr(10), '' order by x.stream), ''), 'UTF8'))
            from ledger.rooted x join (${links}) l on l.stream = x.stream and l.seq = x.seq where x.n = r.n) where n = r.n returning root into last;
        end loop; end $$`);
  }

  const kinds = { edit, empty, relink, remove, removeAndClose, reorder, insert, cutTail, swapDays, restore, rewrite };
  return { kinds, recomputeRoots };
}

/** What `restore` puts back: everything as it is now. */
export async function keepCopy(owner: Sql): Promise<void> {
  await owner`create schema old`;
  const books = await owner<{ name: string }[]>`select name from ledger.book`;
  for (const { name } of [...books, { name: 'ledger.head' }, { name: 'ledger.root' }, { name: 'ledger.rooted' }])
    await owner`create table ${owner.unsafe(copyOf(name))} as table ${owner.unsafe(name)}`;
}

/** False when the database refused, or no row was changed. */
async function attempt(tx: Tx, work: (sp: Tx) => Promise<{ count: number }> | { count: number }): Promise<boolean> {
  const transaction = tx as Tx & { savepoint: <T>(work: (sp: Tx) => Promise<T>) => Promise<T> };
  return transaction.savepoint(async (sp) => (await work(sp)).count > 0).catch(() => false);
}

const undone = new Error('undone');
/** One forgery and a look at what it left, as if it had never been. */
export async function forged<T>(owner: Sql, forge: (tx: Tx) => Promise<unknown>, look: (tx: Tx) => Promise<T>): Promise<T> {
  let seen: { value: T } | null = null;
  await owner
    .begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await forge(tx);
      seen = { value: await look(tx) };
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return (seen as unknown as { value: T }).value;
}
