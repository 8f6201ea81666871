// Files: bytes in parts of 1 MiB in Postgres, so that every portal process serves them and a backup holds them. A file arrives part by
// part in any order, is whole once every part was looked at, and does not change after that.
import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Sql, Tx } from './database.ts';

export const PART_BYTES = 1024 * 1024;

/** `sha256`: 64 hexadecimal digits; null while parts are missing or nobody has looked at them. */
export type FileRecord = { id: string; name: string; type: string; size: number; sha256: string | null };
export type WholeFile = FileRecord & { sha256: string };
export type Files = ReturnType<typeof createFiles>;

export const partsOf = (size: number): number => Math.ceil(size / PART_BYTES);
/** Bytes part `n` must have; null when there is no such part. */
export const partBytes = (size: number, n: number): number | null =>
  n < 0 || n >= partsOf(size) ? null : n === partsOf(size) - 1 ? size - n * PART_BYTES : PART_BYTES;

export function createFiles({ sql, clock }: { sql: Sql; clock: Clock }) {
  async function begin(tx: Tx, { name, type, size }: { name: string; type: string; size: number }): Promise<string> {
    const [row] = await tx<{ id: string }[]>`
      insert into files.file (name, type, size, begun_at) values (${name}, ${type}, ${size}, ${clock.now()}) returning id`;
    return row!.id;
  }

  /** Of as many bytes as `partBytes` says. The same part again replaces it; of a whole file nothing is replaced. */
  async function putPart(tx: Tx, id: string, n: number, bytes: Uint8Array): Promise<void> {
    await tx`
      insert into files.part (file_id, n, bytes)
      select f.id, ${n}, ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)} from files.file f where f.id = ${id} and f.sha256 is null for share
      on conflict (file_id, n) do update set bytes = excluded.bytes`;
  }

  /** Numbers of the parts that have not arrived. */
  async function missing(tx: Tx, id: string): Promise<number[]> {
    const rows = await tx<{ n: number }[]>`
      select g.n from files.file f, generate_series(0, ((f.size - 1) / ${PART_BYTES})::int) as g(n)
      where f.id = ${id} and not exists (select from files.part p where p.file_id = f.id and p.n = g.n) order by g.n`;
    return rows.map(({ n }) => n);
  }

  /** All parts are there: it is summed up and never changes from now on. Null while some are missing. */
  async function finish(tx: Tx, id: string): Promise<WholeFile | null> {
    const [file] = await tx<FileRecord[]>`select ${columns(tx)} from files.file f where f.id = ${id} for update`;
    if (!file) return null;
    if (file.sha256 !== null) return { ...file, sha256: file.sha256 };
    if ((await missing(tx, id)).length > 0) return null;
    const sum = createHash('sha256');
    for await (const bytes of stream(tx, id, 0, file.size)) sum.update(bytes);
    return close(tx, file, sum.digest('hex'));
  }

  async function close(tx: Tx, file: FileRecord, sha256: string): Promise<WholeFile> {
    await tx`update files.file set sha256 = decode(${sha256}, 'hex') where id = ${file.id}`;
    return { ...file, sha256 };
  }

  /** A whole file at once, of bytes the portal made itself. */
  async function write(tx: Tx, { name, type }: { name: string; type: string }, bytes: Uint8Array): Promise<WholeFile> {
    const size = bytes.byteLength;
    const id = await begin(tx, { name, type, size });
    for (let n = 0; n < partsOf(size); n += 1) await putPart(tx, id, n, bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES));
    return close(tx, { id, name, type, size, sha256: null }, createHash('sha256').update(bytes).digest('hex'));
  }

  async function find(tx: Tx, ids: readonly string[]): Promise<Map<string, FileRecord>> {
    if (ids.length === 0) return new Map();
    const rows = await tx<FileRecord[]>`select ${columns(tx)} from files.file f where f.id = any(${[...ids]}::uuid[])`;
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** How many parts have arrived, of files that are not whole. */
  async function arrived(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await tx<{ id: string; parts: number }[]>`
      select file_id as id, count(*)::int as parts from files.part where file_id = any(${[...ids]}::uuid[]) group by file_id`;
    return new Map(rows.map(({ id, parts }) => [id, parts]));
  }

  /** The bytes from `from` up to and without `to`. One part in memory at a time; no connection is held while whoever reads is slow. */
  const read = (id: string, from: number, to: number): AsyncGenerator<Buffer> => stream(sql, id, from, to);

  async function bytesOf(tx: Tx, id: string, from: number, to: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const bytes of stream(tx, id, from, to)) parts.push(bytes);
    return Buffer.concat(parts);
  }

  async function* stream(tx: Tx, id: string, from: number, to: number): AsyncGenerator<Buffer> {
    for (let at = from; at < to;) {
      const n = Math.floor(at / PART_BYTES);
      const begin = at - n * PART_BYTES;
      const length = Math.min(to - at, PART_BYTES - begin);
      const [row] = await tx<{ bytes: Buffer }[]>`
        select substring(bytes from ${begin + 1} for ${length}) as bytes from files.part where file_id = ${id} and n = ${n}`;
      if (row?.bytes.length !== length) throw new Error('a part of a file is gone');
      yield row.bytes;
      at += length;
    }
  }

  const destroy = async (tx: Tx, ids: readonly string[]): Promise<void> =>
    void (ids.length > 0 && (await tx`delete from files.file where id = any(${[...ids]}::uuid[])`));

  return { begin, putPart, missing, finish, write, find, arrived, read, bytesOf, destroy };
}

const columns = (tx: Tx) => tx`f.id, f.name, f.type, f.size::float8 as size, encode(f.sha256, 'hex') as sha256`;
