// Verbs of the attendance machine: a log is looked at, then taken in; numbers are given to persons; times are those of the office.
import { createHash, randomUUID } from 'node:crypto';
import type { BodyOf } from '../../shared/endpoint.ts';
import { MachineFormat, type MachinePreview, type MachineView, type NotUnderstood, type putMachinePin } from '../../shared/machine.ts';
import type { Opd } from '../../shared/people.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import { rowsOf, type FileRow } from './machine-file.ts';
import type { MachineLog } from './machine-log.ts';
import { pinOf, placesOf, punchIn, recognised, type Punch, type Reader } from './machine-rules.ts';
import * as store from './machine-store.ts';

export type MachineWorld = { sql: Sql; clock: Clock; people: Pick<People, 'topOpd' | 'staffOf' | 'mayAdminister' | 'noteAccess'> };
type File = { bytes: Uint8Array; name: string; format?: string | undefined };
type Taken = {
  /** In the order of time, each once. */
  touches: Punch[];
  lines: number;
  refused: number;
  notUnderstood: NotUnderstood[];
  first: Date | null;
  last: Date | null;
  pins: Map<string, { punches: number; last: Date }>;
};

/** Rows looked at to recognise the columns. */
const HEAD = 60;
/** Touches in one row of the ledger. */
const PORTION = 1_000;
const MOST_NAMED = 200;
const MOST_IMPORTS = 50;
/** Whether a line can be read has nothing to do with today. */
const LATER = new Date('2100-01-01T00:00:00Z');

export function createMachine({ sql, clock, people }: MachineWorld, log: MachineLog) {
  /** Somebody else's OPD does not exist for the caller. */
  async function managed(tx: Tx, person: SignedIn, unitId: string): Promise<Opd> {
    const top = await people.topOpd(tx, unitId);
    return top && top.id === unitId && person.managesOpds.includes(top.id) ? top : refuse('not_found');
  }
  async function kept(tx: Tx, person: SignedIn, unitId: string): Promise<Opd> {
    const opd = await managed(tx, person, unitId);
    return (await people.mayAdminister(tx, person, opd.id)) ? opd : refuse('role.missing');
  }

  async function formatFor(tx: Tx, opdId: string, head: readonly FileRow[], chosen: string | undefined) {
    if (chosen !== undefined) return { format: readFormat(chosen), by: 'dipilih' as const };
    const remembered = await store.formatOf(tx, opdId);
    if (remembered && !('missing' in placesOf(remembered, head)) && fits(remembered, head)) return { format: remembered, by: 'diingat' as const };
    const found = recognised(head);
    return { format: found, by: found && ('dikenali' as const) };
  }

  /** Line by line to the end. */
  async function take(rows: AsyncIterator<FileRow>, head: readonly FileRow[], reader: Reader): Promise<Taken> {
    const taken: Taken = { touches: [], lines: 0, refused: 0, notUnderstood: [], first: null, last: null, pins: new Map() };
    const seen = new Set<string>();
    const read = (row: FileRow): void => {
      const found = punchIn(row, reader);
      taken.lines += 1;
      if ('why' in found) {
        taken.refused += 1;
        if (taken.notUnderstood.length < MOST_NAMED) taken.notUnderstood.push(found);
        return;
      }
      const { pin, at } = found;
      const of = taken.pins.get(pin);
      taken.pins.set(pin, { punches: (of?.punches ?? 0) + 1, last: of && of.last > at ? of.last : at });
      // The same touch twice in one file is one.
      const key = keyOf(found);
      if (!seen.has(key)) taken.touches.push(found);
      seen.add(key);
    };
    for (const row of head.slice(reader.places.start)) read(row);
    for (let next = await rows.next(); !next.done; next = await rows.next()) read(next.value);
    taken.touches.sort((a, b) => a.at.getTime() - b.at.getTime());
    return { ...taken, first: taken.touches[0]?.at ?? null, last: taken.touches.at(-1)?.at ?? null };
  }

  /** The file read to its end before anything is asked or written: nothing waits for it meanwhile. `taken` null: the columns are not known. */
  async function readFile(person: SignedIn, unitId: string, file: File) {
    const opd = await sql.begin((tx) => kept(tx, person, unitId));
    const rows = rowsOf(file.bytes);
    try {
      const head = await firstOf(rows);
      const { format, by } = await formatFor(sql, opd.id, head, file.format);
      const shown = { zone: opd.zone, format, formatBy: by, columns: columnsOf(head, format) };
      const places = format && placesOf(format, head);
      if (!places || 'missing' in places) return { opd, format, shown, taken: null, missing: places?.missing ?? ['NIP/PIN', 'waktu'] };
      const taken = await take(rows, head, { places, order: format.order, zone: opd.zone, now: clock.now() });
      return { opd, format, shown, taken, missing: [] };
    } finally {
      await rows.return(undefined);
    }
  }

  /** What of a file is not on record, and in which files the rest is. */
  async function freshOf(tx: Tx, opd: Opd, { touches, first, last }: Taken): Promise<{ fresh: Punch[]; repeats: string[] }> {
    if (first === null || last === null) return { fresh: [], repeats: [] };
    const known = new Map((await store.touchesBetween(tx, opd.id, first, new Date(last.getTime() + 1))).map((t) => [keyOf(t), t.importId]));
    const repeats = new Set<string>();
    const fresh = touches.filter((touch) => {
      const importId = known.get(keyOf(touch));
      if (importId !== undefined) repeats.add(importId);
      return importId === undefined;
    });
    return { fresh, repeats: [...repeats] };
  }

  async function unknownOf(tx: Tx, opd: Opd, pins: ReadonlyMap<string, { punches: number; last: Date }>) {
    const owner = await log.owners(tx, opd.id);
    return [...pins]
      .filter(([pin, { last }]) => owner(pin, dayIn(last, opd.zone)) === null)
      .toSorted(([a, x], [b, y]) => y.punches - x.punches || a.localeCompare(b))
      .map(([pin, { punches, last }]) => ({ pin, punches, last: last.toISOString() }));
  }

  async function preview(person: SignedIn, unitId: string, file: File): Promise<MachinePreview> {
    const { opd, format, shown, taken } = await readFile(person, unitId, file);
    if (format === null || taken === null)
      return { lines: 0, added: 0, already: 0, refused: 0, notUnderstood: [], first: null, last: null, persons: 0, unknown: [], before: null, ...shown };
    return sql.begin(async (tx) => {
      const { fresh } = await freshOf(tx, opd, taken);
      const unknown = await unknownOf(tx, opd, taken.pins);
      const before = await store.importOf(tx, opd.id, sha256(file.bytes), format);
      const { lines, refused, notUnderstood, first, last, pins } = taken;
      return {
        ...shown,
        lines,
        added: fresh.length,
        already: lines - refused - fresh.length,
        refused,
        notUnderstood,
        first: first?.toISOString() ?? null,
        last: last?.toISOString() ?? null,
        persons: pins.size - unknown.length,
        unknown,
        before: before && { at: before.at.toISOString(), byName: before.byName },
      };
    });
  }

  async function takeIn(person: SignedIn, unitId: string, file: File) {
    const { format, taken, missing } = await readFile(person, unitId, file);
    if (format === null || taken === null) return refuse('machine.columns', { columns: missing.join(', ') });
    const { lines, refused, notUnderstood, pins } = taken;
    return sql.begin(async (tx) => {
      const opd = await kept(tx, person, unitId);
      await store.lockOpd(tx, opd.id);
      const { fresh, repeats } = await freshOf(tx, opd, taken);
      const totals = { lines, added: fresh.length, already: lines - refused - fresh.length, refused };
      const hash = sha256(file.bytes);
      if (fresh.length > 0 || !(await store.importOf(tx, opd.id, hash, format))) {
        const id = randomUUID();
        await store.insertImport(tx, opd.id, { id, fileName: file.name, sha256: hash, format, ...totals, repeats, at: clock.now() }, person);
        for (let n = 0; n < fresh.length; n += PORTION) await store.insertTouches(tx, opd.id, id, fresh.slice(n, n + PORTION));
        if (JSON.stringify(await store.formatOf(tx, opd.id)) !== JSON.stringify(format)) await store.insertFormat(tx, opd.id, format, person, clock.now());
        await people.noteAccess(tx, { by: person.id, what: 'mesin.impor', subject: opd.id, count: fresh.length, scope: { kind: 'opd', id: opd.id } });
        await tell(tx, [`opd:${opd.id}`], { type: 'day.changed', opdId: opd.id });
      }
      return { ...totals, notUnderstood, unknown: await unknownOf(tx, opd, pins) };
    });
  }

  /** By who took it in, or an admin. Its rows stay; a second time changes nothing. */
  async function withdraw(person: SignedIn, unitId: string, importId: string, reason: string): Promise<MachineView> {
    return sql.begin(async (tx) => {
      const opd = await managed(tx, person, unitId);
      await store.lockOpd(tx, opd.id);
      const file = (await store.importById(tx, opd.id, importId)) ?? refuse('not_found');
      if (!(await mayWithdraw(tx, person, opd, file))) refuse('role.missing');
      if (file.withdrawn === null) {
        await store.insertWithdrawal(tx, opd.id, { importId, reason, at: clock.now() }, person);
        await tell(tx, [`opd:${opd.id}`], { type: 'day.changed', opdId: opd.id });
      }
      return view(tx, person, unitId);
    });
  }
  const mayWithdraw = async (tx: Tx, person: SignedIn, opd: Opd, { byId }: { byId: string | null }): Promise<boolean> =>
    byId === person.id || people.mayAdminister(tx, person, opd.id);

  async function view(tx: Tx, person: SignedIn, unitId: string): Promise<MachineView> {
    const opd = await managed(tx, person, unitId);
    const staff = await people.staffOf(tx, opd.id);
    const names = new Map(staff.map((s) => [s.id, s.name]));
    const until = await store.lastTouch(tx, opd.id);
    const mayKeep = await people.mayAdminister(tx, person, opd.id);
    const imports = await store.importsOf(tx, opd.id, MOST_IMPORTS);
    const gone = new Set(imports.flatMap(({ id, withdrawn }) => (withdrawn ? [id] : [])));
    // The newest first: a file that was taken in once more brought back what it had.
    const newest = (n: number): boolean => !imports.slice(0, n).some(({ sha256, withdrawn }) => sha256 === imports[n]?.sha256 && withdrawn === null);
    const pins = new Map<string, store.PinRow>();
    for (const row of await store.pinsOf(tx, opd.id)) if (!pins.has(row.pin)) pins.set(row.pin, row);
    const seen = new Map((await store.pinsSeen(tx, opd.id)).map(({ pin, ...row }) => [pin, row]));
    await people.noteAccess(tx, { by: person.id, what: 'mesin.baca', subject: opd.id, count: staff.length, scope: { kind: 'opd', id: opd.id } });
    return {
      opdId: opd.id,
      opdName: opd.name,
      zone: opd.zone,
      format: await store.formatOf(tx, opd.id),
      until: until?.toISOString() ?? null,
      imports: imports.map(({ id, fileName, lines, added, already, refused, at, byId, byName, withdrawn, repeats }, n) => ({
        id,
        fileName,
        lines,
        added,
        already,
        refused,
        byName,
        at: at.toISOString(),
        withdrawn: withdrawn && { ...withdrawn, at: new Date(withdrawn.at).toISOString() },
        again: withdrawn === null && newest(n) && (repeats ?? []).some((other) => gone.has(other)),
        mayWithdraw: withdrawn === null && (mayKeep || byId === person.id),
      })),
      unknown: (await unknownOf(tx, opd, seen)).slice(0, MOST_NAMED),
      pins: [...pins.values()].flatMap(({ pin, personId, from, byName }) => {
        const personName = personId === null ? undefined : names.get(personId);
        return personId === null || personName === undefined ? [] : [{ pin, personId, personName, from, byName }];
      }),
      staff: staff.map(({ id, name }) => ({ id, name })),
      mayKeep,
    };
  }
  const read = (person: SignedIn, unitId: string): Promise<MachineView> => sql.begin((tx) => view(tx, person, unitId));

  async function setPin(person: SignedIn, unitId: string, { pin, personId, from }: BodyOf<typeof putMachinePin>): Promise<MachineView> {
    return sql.begin(async (tx) => {
      const opd = await kept(tx, person, unitId);
      await store.lockOpd(tx, opd.id);
      if (personId !== null && !(await people.staffOf(tx, opd.id)).some(({ id }) => id === personId))
        refuse('input.invalid', {}, [{ path: 'personId', message: 'bukan pegawai OPD ini' }]);
      const plain = pinOf(pin.replaceAll(/[.\s]/g, ''));
      const last = (await store.pinsOf(tx, opd.id)).find((row) => row.pin === plain);
      if (last?.personId !== personId || last.from !== from) await store.insertPin(tx, opd.id, { pin: plain, personId, from }, person, clock.now());
      await tell(tx, [`opd:${opd.id}`], { type: 'day.changed', opdId: opd.id });
      return view(tx, person, unitId);
    });
  }

  return { managed, kept, preview, takeIn, withdraw, read, setPin };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function readFormat(text: string): MachineFormat {
  try {
    const found = MachineFormat.safeParse(JSON.parse(text));
    if (found.success) return found.data;
  } catch {
    // Said below.
  }
  return refuse('input.invalid', {}, [{ path: 'format', message: 'pilih kolom NIP/PIN dan waktu' }]);
}

/** A remembered format counts where it reads more of the first lines than not. */
function fits(format: MachineFormat, head: readonly FileRow[]): boolean {
  const places = placesOf(format, head);
  if ('missing' in places) return false;
  const rows = head.slice(places.start);
  const read = rows.filter((row) => 'pin' in punchIn(row, { places, order: format.order, zone: 'Asia/Jakarta', now: LATER }));
  return read.length * 2 >= rows.length;
}

async function firstOf(rows: AsyncGenerator<FileRow>): Promise<FileRow[]> {
  const head: FileRow[] = [];
  while (head.length < HEAD) {
    const { done, value } = await rows.next();
    if (done) break;
    head.push(value);
  }
  return head.length === 0 ? refuse('machine.file', { detail: 'tidak ada isinya' }) : head;
}

/** What can be chosen: titles where there are some, else numbers, each with what stands there. */
function columnsOf(head: readonly FileRow[], format: MachineFormat | null): MachinePreview['columns'] {
  const width = Math.max(...head.map(({ cells }) => cells.length));
  const places = format?.header ? placesOf(format, head) : null;
  const start = places && !('missing' in places) ? places.start : format === null && head.length > 1 ? 1 : 0;
  const titles = start > 0 ? head[start - 1]!.cells : [];
  return Array.from({ length: width }, (_, n) => ({
    name: titles[n] || String(n + 1),
    samples: head.slice(start, start + 3).flatMap(({ cells }) => (cells[n] ? [cells[n]] : [])),
  }));
}

/** A touch is the same when number, instant and machine are. */
const keyOf = ({ pin, at, device }: Pick<Punch, 'pin' | 'at' | 'device'>): string => `${pin} ${at.getTime()} ${device}`;
