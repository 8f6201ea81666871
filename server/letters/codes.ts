// Kode klasifikasi: one list for the region, kept by the admins of its OPDs and the administrator; who did what to it stays on record. A code
// under which a number was given does not vanish: it is not offered any more.
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import * as wire from '../../shared/letters.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import * as store from './codes-store.ts';

type World = { sql: Sql; clock: Clock; people: Pick<People, 'persons'> };
type Code = { code: string; name: string };
type Book = z.input<typeof wire.ClassificationBook>;

const MOST_CODES = 5_000;
const MOST_AT_ONCE = 1_000;
const HEADER = /^(kode|code)$/i;

export function createCodes({ sql, clock, people }: World) {
  async function book(tx: Tx): Promise<Book> {
    const changes = await store.changes(tx);
    const names = await people.persons(tx, [...new Set(changes.flatMap(({ byId }) => byId ?? []))]);
    return {
      codes: await store.codes(tx),
      changes: changes.map(({ byId, at, ...change }) => ({ ...change, byName: names.get(byId ?? '')?.name ?? null, at: at.toISOString() })),
    };
  }

  /** Added, named anew, or offered again; answers what was done. What is so already leaves no line. */
  async function put(tx: Tx, person: SignedIn, rows: readonly Code[]): Promise<store.Change[]> {
    const known = await store.codesOf(
      tx,
      rows.map(({ code }) => code),
    );
    const at = clock.now();
    const done = rows.flatMap(({ code, name }): store.Change[] => {
      const is = known.get(code);
      if (is?.name === name && !is.retired) return [];
      return [{ code, act: is === undefined ? 'ditambah' : is.retired ? 'dipakai_lagi' : 'diubah', name, before: is?.name ?? null, byId: person.id, at }];
    });
    // A row has six values, and a statement takes 65,534.
    for (let from = 0; from < done.length; from += MOST_AT_ONCE) {
      const part = done.slice(from, from + MOST_AT_ONCE);
      await store.saveCodes(tx, part);
      await store.noteChanges(tx, part);
    }
    return done;
  }

  const save = (person: SignedIn, given: Code): Promise<Book> =>
    sql.begin(async (tx) => {
      await store.lockCodes(tx);
      await put(tx, person, [given]);
      return book(tx);
    });

  const remove = (person: SignedIn, code: string): Promise<Book> =>
    sql.begin(async (tx) => {
      await store.lockCodes(tx);
      const is = (await store.codesOf(tx, [code])).get(code) ?? refuse('not_found');
      if (!is.retired) {
        await store.removeCode(tx, code, clock.now());
        await store.noteChanges(tx, [{ code, act: 'dihapus', name: is.name, before: is.name, byId: person.id, at: clock.now() }]);
      }
      return book(tx);
    });

  /** All rows or none; what the file does not name stays. */
  const takeIn = (person: SignedIn, text: string) =>
    sql.begin(async (tx): Promise<z.input<typeof wire.postClassificationImport.reply>> => {
      await store.lockCodes(tx);
      const done = await put(tx, person, codesIn(text));
      const added = done.filter(({ act }) => act === 'ditambah').length;
      return { ...(await book(tx)), added, changed: done.length - added };
    });

  const routes: Route[] = [
    serve(wire.getClassifications, () => store.offered(sql)),
    serve(wire.getClassificationBook, () => book(sql)),
    serve(wire.putClassification, ({ person, params, body }) => save(person, { ...params, ...body })),
    serve(wire.deleteClassification, ({ person, params }) => remove(person, params.code)),
    serve(wire.postClassificationImport, ({ person, body }) => takeIn(person, body.text)),
  ];
  return { routes };
}

/** Code and name, separated by comma, semicolon or tab, with or without a head; refused by the first row that is not. */
export function codesIn(text: string): Code[] {
  const wrong = (message: string): never => refuse('input.invalid', {}, [{ path: 'text', message }]);
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, delimiter: [';', '\t', ','], relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    return wrong('tidak terbaca sebagai CSV');
  }
  const codes = new Map<string, string>();
  for (const [n, [code = '', name = '']] of rows.entries()) {
    if (n === 0 && HEADER.test(code)) continue;
    const read = wire.Classification.safeParse({ code, name });
    if (!read.success)
      wrong(
        `baris ${n + 1}: ${wire.ClassificationCode.safeParse(code).success ? 'nama wajib, paling panjang 120 huruf' : 'kode ditulis seperti 005 atau 000.1.5'}`,
      );
    if (codes.has(code)) wrong(`baris ${n + 1}: kode ${code} dua kali`);
    codes.set(code, read.data?.name ?? name);
  }
  if (codes.size === 0) wrong('tidak ada baris');
  if (codes.size > MOST_CODES) wrong(`paling banyak ${MOST_CODES} baris`);
  return [...codes].map(([code, name]) => ({ code, name }));
}
