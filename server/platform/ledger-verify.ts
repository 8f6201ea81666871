// Checks the whole ledger: every digest, link, head and root is computed again here, from the rows themselves. Of the database
// only what Postgres brings is used (pg_catalog), never the functions of schema ledger. How to do the same without this
// program: docs/decisions/0008-ledger.md.
import { createHash, hash, type Hash } from 'node:crypto';
import type { Misfit } from '../../shared/ledger-words.ts';
import type { Sql, Tx } from './database.ts';
import type { Anchor } from './ledger-anchors.ts';
import { copyOut, type CopyRow } from './ledger-copy.ts';

/** The first row of its stream that does not fit. */
export type Finding = { book: string; stream: string | null; seq: number | null; what: Misfit };
export type Verified = {
  rows: number;
  streams: number;
  roots: number;
  seconds: number;
  /** At most 200; `more` counts the others. */
  findings: Finding[];
  more: number;
};
export type VerifyOptions = { anchors?: readonly Anchor[]; onRows?: (rows: number) => void };

const MOST_FINDINGS = 200;
/** Triggers of a book. */
const GUARDS = 4;
const NOTHING = Buffer.alloc(32);
const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** In one snapshot: what is added meanwhile is left for the next time. Changes nothing. */
export async function verifyLedger(sql: Sql, options: VerifyOptions = {}): Promise<Verified> {
  return sql.begin('isolation level repeatable read read only', async (tx) => verifyIn(tx, options));
}

/** As this transaction sees it. */
export async function verifyIn(tx: Tx, { anchors = [], onRows = () => {} }: VerifyOptions = {}): Promise<Verified> {
  const started = performance.now();
  const done: Verified = { rows: 0, streams: 0, roots: 0, seconds: 0, findings: [], more: 0 };
  const find = (finding: Finding): void => void (done.findings.length < MOST_FINDINGS ? done.findings.push(finding) : (done.more += 1));
  await tx`select set_config('search_path', 'pg_catalog', true), set_config('TimeZone', 'UTC', true), set_config('bytea_output', 'hex', true),
    set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
    set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`;
  const books = await booksOf(tx, find);
  const certified = await hasCertificates(tx);
  for (const book of books) {
    const reader = bookReader(book, find);
    await copyOut(tx, rowsOf(book, certified), reader.take, () => onRows(done.rows + reader.rows()));
    done.rows += reader.rows();
    done.streams += reader.streams();
  }
  await checkHeads(tx, books, find);
  done.roots = await checkRoots(tx, books, anchors, find);
  return { ...done, seconds: (performance.now() - started) / 1000 };
}

/** `table`, `prefix` and `key` are ready for SQL. `flat`: only columns that hold no JSON. */
type Book = { name: string; table: string; prefix: string; key: string | null; flat: boolean };
type Find = (finding: Finding) => void;

async function booksOf(tx: Tx, find: Find): Promise<Book[]> {
  const rows = await tx<(Book & { plain: boolean; guards: number })[]>`
    select b.name, format('%I.%I', n.nspname, c.relname) as table, quote_literal(b.prefix) as prefix, quote_ident(b.key) as key,
      coalesce(c.relkind in ('r', 'p') and not c.relrowsecurity, false) as plain,
      not exists (select from pg_attribute a join pg_type y on y.oid = a.atttypid where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and (y.typnamespace <> 'pg_catalog'::regnamespace
          or y.typname not in ('text', 'uuid', 'int2', 'int4', 'int8', 'bool', 'date', 'timestamptz', 'bytea', '_text', '_uuid', '_int4', '_int8'))) as flat,
      (select count(*)::int from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_namespace s on s.oid = p.pronamespace
        where t.tgrelid = c.oid and t.tgenabled in ('O', 'A') and s.nspname = 'ledger'
          and (t.tgname, p.proname) in (('ledger_link', 'link_' || replace(b.name, '.', '_')), ('ledger_advance', 'advance'), ('ledger_keep', 'keep'), ('ledger_keep_all', 'keep'))) as guards
    from ledger.book b left join pg_class c on c.oid = to_regclass(b.name) left join pg_namespace n on n.oid = c.relnamespace
    order by b.name`;
  for (const { name, plain, guards } of rows) if (!plain || guards !== GUARDS) find({ book: name, stream: null, seq: null, what: plain ? 'guard' : 'book' });
  return rows.filter(({ plain }) => plain);
}

const hasCertificates = async (tx: Tx): Promise<boolean> =>
  (await tx<{ there: boolean }[]>`select to_regclass('privacy.destruction') is not null as there`)[0]?.there ?? false;

const state = { present: 0, elsewhere: 1, destroyed: 2, vanished: 3 } as const;

const OWN = `to_jsonb(t) - '{stream,seq,digest,hash,destroyed_at}'::text[]`;
/** What ledger.content makes of a row, in the words of pg_catalog. The shorter way, where nothing has nulls inside, takes half the time. */
const content = {
  any: `(select coalesce(jsonb_object_agg(e.key, e.value), '{}')::text from jsonb_each(${OWN}) e where e.value <> 'null')`,
  flat: `jsonb_strip_nulls(${OWN})::text`,
};

function rowsOf({ name, table, prefix, key, flat }: Book, certified: boolean): string {
  const own = key === null ? prefix : `${prefix} || coalesce(':' || t.${key}::text, '')`;
  const certificate = certified
    ? `exists (select from privacy.destruction d where d.book = ${text(name)} and d.of_stream = t.stream and t.seq <@ d.seqs)`
    : 'false';
  return `select t.stream, t.seq, t.digest, t.hash,
      case when t.destroyed_at is not null then case when ${certificate} then ${state.destroyed} else ${state.vanished} end
        when t.stream is not distinct from ${own} then ${state.present} else ${state.elsewhere} end,
      ${flat ? content.flat : content.any}
    from ${table} t order by t.stream, t.seq`;
}

/** Follows one stream after the other; of each it names the first row that does not fit. */
function bookReader({ name }: Book, find: Find) {
  let rows = 0;
  let streams = 0;
  let stream = Buffer.alloc(0);
  let fits = true;
  let seq = 0;
  let last: Buffer = NOTHING;
  let link = Buffer.alloc(512);

  function take([ofStream, seqBytes, digest, linked, stateBytes, content]: CopyRow): void {
    rows += 1;
    const nowIn = ofStream ?? NOTHING;
    if (streams === 0 || !nowIn.equals(stream)) {
      streams += 1;
      [stream, fits, seq, last] = [Buffer.from(nowIn), true, 0, NOTHING];
    }
    if (!fits) return;
    const found = seqBytes ? Number(seqBytes.readBigInt64BE()) : 0;
    const what = misfit(found, digest ?? NOTHING, linked ?? NOTHING, stateBytes?.readInt32BE() ?? state.vanished, content ?? NOTHING);
    if (what === null) return;
    fits = false;
    find({ book: name, stream: stream.toString(), seq: what === 'missing' ? seq : found, what });
  }

  function misfit(found: number, digest: Buffer, linked: Buffer, is: number, content: Buffer): Misfit | null {
    seq += 1;
    if (found !== seq) return found > seq ? 'missing' : 'twice';
    if (is === state.elsewhere) return 'stream';
    if (is === state.vanished) return 'destroyed';
    if (is === state.present && !sha256(content).equals(digest)) return 'content';
    if (!linkOf(digest).equals(linked)) return 'link';
    last = Buffer.from(linked);
    return null;
  }

  /** Of `last`, the stream, the number and the digest. */
  function linkOf(digest: Buffer): Buffer {
    if (link.length < stream.length + 128) link = Buffer.alloc(stream.length + 128);
    let at = last.copy(link, 0);
    at += stream.copy(link, at);
    at += link.write(` ${seq}`, at, 'latin1');
    at += digest.copy(link, at);
    return sha256(link.subarray(0, at));
  }

  return { take, rows: () => rows, streams: () => streams };
}

/** A look into the one book that `stream` (an SQL expression) belongs to: `mine` is true in that one only. */
const inItsBook = (books: readonly Book[], stream: string, select: (table: string, mine: string) => string): string =>
  [
    'select null::bigint as seq, null::bytea as hash where false',
    ...books.map(({ table, prefix }) => `(${select(table, `split_part(${stream}, ':', 1) = ${prefix}`)})`),
  ].join(' union all ');

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const ZERO = `'\\x${'00'.repeat(32)}'::bytea`;

async function checkHeads(tx: Tx, books: readonly Book[], find: Find): Promise<void> {
  const last = inItsBook(
    books,
    'h.stream',
    (table, mine) => `select t.seq, t.hash from ${table} t where ${mine} and t.stream = h.stream order by t.seq desc limit 1`,
  );
  const names = books.map(({ name, prefix }) => `(${prefix}, ${text(name)})`);
  type Row = { book: string | null; stream: string; head: string; last: string | null; same: boolean };
  const rows = await tx.unsafe<Row[]>(`
    select b.name as book, h.stream, h.seq as head, l.seq as last,
      l.seq is not distinct from nullif(h.seq, 0) and h.hash = coalesce(l.hash, ${ZERO}) as same
    from ledger.head h
      left join lateral (${last}) l on true
      left join (values ${["('', '')", ...names].join(', ')}) b (prefix, name) on b.prefix = split_part(h.stream, ':', 1)
      left join (select stream, max(seq) as seq from ledger.rooted group by stream) r on r.stream = h.stream
    where l.seq is distinct from nullif(h.seq, 0) or h.hash is distinct from coalesce(l.hash, ${ZERO})
      or h.rooted_seq is distinct from coalesce(r.seq, 0)
    order by h.stream`);
  for (const row of rows) {
    const [head, end] = [Number(row.head), Number(row.last ?? 0)];
    const what = row.same ? 'rooted' : head > end ? 'tail' : 'head';
    find({ book: row.book ?? 'ledger.head', stream: row.stream, seq: what === 'tail' ? end + 1 : end, what });
  }
  if (books.length === 0) return;
  const headless = books.map(
    ({ name, table }) =>
      `select ${text(name)} as book, t.stream, min(t.seq) as seq from ${table} t where not exists (select from ledger.head h where h.stream = t.stream) group by t.stream`,
  );
  for (const { book, stream, seq } of await tx.unsafe<{ book: string; stream: string; seq: string }[]>(headless.join(' union all ')))
    find({ book, stream, seq: Number(seq), what: 'headless' });
}

/** Every root again from the links it covers (their own chains are checked above), one after the other; then beside the anchors. Answers how many. */
async function checkRoots(tx: Tx, books: readonly Book[], anchors: readonly Anchor[], find: Find): Promise<number> {
  const expected = new Map<number, Anchor[]>();
  for (const anchor of anchors) expected.set(anchor.n, [...(expected.get(anchor.n) ?? []), anchor]);
  const linked = inItsBook(books, 'x.stream', (table, mine) => `select t.seq, t.hash from ${table} t where ${mine} and t.stream = x.stream and t.seq = x.seq`);
  let roots = 0;
  let fits = true;
  let before: Buffer = NOTHING;
  let open = null as { n: number; root: Buffer; hash: Hash; whole: boolean } | null;
  const said = new Set<Misfit>();
  const once = (n: number, what: Misfit): void => {
    if (!said.has(what)) find({ book: 'ledger.root', stream: null, seq: n, what });
    said.add(what);
  };

  function end(): void {
    if (open === null) return;
    const { n, root, hash, whole } = open;
    if (fits && (!whole || !hash.digest().equals(root))) {
      fits = false;
      once(n, 'root');
    }
    const hex = root.toString('hex');
    if (expected.get(n)?.some((anchor) => !hex.startsWith(anchor.root))) once(n, 'anchor');
    expected.delete(n);
    before = root;
    open = null;
  }

  function take([nBytes, at, previous, root, stream, seq, linked]: CopyRow): void {
    const n = nBytes?.readInt32BE() ?? 0;
    if (open?.n !== n) {
      end();
      roots += 1;
      if (fits && n !== roots) {
        fits = false;
        once(roots, 'root_missing');
      }
      open = {
        n,
        root: Buffer.from(root ?? NOTHING),
        hash: createHash('sha256')
          .update(before)
          .update(`${n} ${at?.toString() ?? ''}\n`),
        whole: root !== null && before.equals(previous ?? NOTHING),
      };
    }
    if (!stream || !seq || !linked) open.whole = false;
    else open.hash.update(stream).update(` ${seq.readBigInt64BE()} ${linked.toString('hex')}\n`);
  }

  await copyOut(
    tx,
    `select coalesce(r.n, x.n), to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), r.previous, r.root, x.stream, x.seq, l.hash
    from ledger.root r full join ledger.rooted x on x.n = r.n left join lateral (${linked}) l on true order by 1, x.stream`,
    take,
    () => {},
  );
  end();
  for (const n of [...expected.keys()].sort((a, b) => a - b)) once(n, 'anchor_missing');
  return roots;
}
