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
import { pinOf, placesOf, punchIn, recognised, type Punch } from './machine-rules.ts';
import * as store from './machine-store.ts';

export type MachineWorld = { sql: Sql; clock: Clock; people: Pick<People, 'topOpd' | 'staffOf' | 'mayAdminister' | 'noteAccess'> };
type File = { bytes: Uint8Array; name: string; format?: string | undefined };
type Taken = {
  punches: number;
  refused: number;
  notUnderstood: NotUnderstood[];
  first: Date | null;
  last: Date | null;
  pins: Map<string, { punches: number; last: Date }>;
};

/** Rows looked at to recognise the columns. */
const HEAD = 60;
const PORTION = 5_000;
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

  /** Line by line to the end; new touches go out in portions. */
  async function take(
    rows: AsyncIterator<FileRow>,
    head: readonly FileRow[],
    { format, opd }: { format: MachineFormat; opd: Opd },
    out: (punches: Punch[]) => Promise<void>,
  ) {
    const places = placesOf(format, head);
    if ('missing' in places) refuse('machine.columns', { columns: places.missing.join(', ') });
    const reader = { places, order: format.order, zone: opd.zone, now: clock.now() };
    const taken: Taken = { punches: 0, refused: 0, notUnderstood: [], first: null, last: null, pins: new Map() };
    let portion: Punch[] = [];
    const read = async (row: FileRow): Promise<void> => {
      const found = punchIn(row, reader);
      if ('why' in found) {
        taken.refused += 1;
        if (taken.notUnderstood.length < MOST_NAMED) taken.notUnderstood.push(found);
        return;
      }
      const { pin, at } = found;
      taken.punches += 1;
      if (taken.first === null || at < taken.first) taken.first = at;
      if (taken.last === null || at > taken.last) taken.last = at;
      const seen = taken.pins.get(pin);
      taken.pins.set(pin, { punches: (seen?.punches ?? 0) + 1, last: seen && seen.last > at ? seen.last : at });
      portion.push(found);
      if (portion.length < PORTION) return;
      await out(portion);
      portion = [];
    };
    for (const row of head.slice(places.start)) await read(row);
    for (let next = await rows.next(); !next.done; next = await rows.next()) await read(next.value);
    if (portion.length > 0) await out(portion);
    return taken;
  }

  async function unknownOf(tx: Tx, opd: Opd, pins: ReadonlyMap<string, { punches: number; last: Date }>) {
    const owner = await log.owners(tx, opd.id);
    return [...pins]
      .filter(([pin, { last }]) => owner(pin, dayIn(last, opd.zone)) === null)
      .toSorted(([a, x], [b, y]) => y.punches - x.punches || a.localeCompare(b))
      .map(([pin, { punches, last }]) => ({ pin, punches, last: last.toISOString() }));
  }

  async function preview(person: SignedIn, unitId: string, file: File): Promise<MachinePreview> {
    return sql.begin(async (tx) => {
      const opd = await kept(tx, person, unitId);
      const rows = rowsOf(file.bytes);
      try {
        const head = await firstOf(rows);
        const { format, by } = await formatFor(tx, opd.id, head, file.format);
        const nothing = { lines: 0, added: 0, already: 0, refused: 0, notUnderstood: [], first: null, last: null, persons: 0, unknown: [], before: null };
        const shown = { zone: opd.zone, format, formatBy: by, columns: columnsOf(head, format) };
        if (format === null || 'missing' in placesOf(format, head)) return { ...nothing, ...shown };
        const fresh = distinct();
        let known = 0;
        const taken = await take(rows, head, { format, opd }, async (punches) => void (known += await store.knownAlready(tx, opd.id, fresh.of(punches))));
        const unknown = await unknownOf(tx, opd, taken.pins);
        const before = await store.importOf(tx, opd.id, sha256(file.bytes), format);
        const { punches, refused, notUnderstood, first, last, pins } = taken;
        return {
          ...shown,
          lines: punches + refused,
          added: fresh.count() - known,
          already: punches - fresh.count() + known,
          refused,
          notUnderstood,
          first: first?.toISOString() ?? null,
          last: last?.toISOString() ?? null,
          persons: pins.size - unknown.length,
          unknown,
          before: before && { at: before.at.toISOString(), byName: before.byName },
        };
      } finally {
        await rows.return(undefined);
      }
    });
  }

  async function takeIn(person: SignedIn, unitId: string, file: File) {
    return sql.begin(async (tx) => {
      const opd = await kept(tx, person, unitId);
      await store.lockOpd(tx, opd.id);
      const rows = rowsOf(file.bytes);
      try {
        const head = await firstOf(rows);
        const { format } = await formatFor(tx, opd.id, head, file.format);
        if (format === null) refuse('machine.columns', { columns: 'NIP/PIN, waktu' });
        const id = randomUUID();
        const fresh = distinct();
        let added = 0;
        const taken = await take(rows, head, { format, opd }, async (punches) => void (added += await store.insertPunches(tx, opd.id, id, fresh.of(punches))));
        const { punches, refused, notUnderstood } = taken;
        const totals = { lines: punches + refused, added, already: punches - added, refused };
        const hash = sha256(file.bytes);
        const before = await store.importOf(tx, opd.id, hash, format);
        if (added > 0 || !before) {
          await store.insertImport(tx, opd.id, { id, fileName: file.name, sha256: hash, format, ...totals, at: clock.now() }, person);
          if (JSON.stringify(await store.formatOf(tx, opd.id)) !== JSON.stringify(format)) await store.insertFormat(tx, opd.id, format, person, clock.now());
          await people.noteAccess(tx, { by: person.id, what: 'mesin.impor', subject: opd.id, count: added, scope: { kind: 'opd', id: opd.id } });
          await tell(tx, [`opd:${opd.id}`], { type: 'day.changed', opdId: opd.id });
        }
        return { ...totals, notUnderstood, unknown: await unknownOf(tx, opd, taken.pins) };
      } finally {
        await rows.return(undefined);
      }
    });
  }

  async function view(tx: Tx, person: SignedIn, unitId: string): Promise<MachineView> {
    const opd = await managed(tx, person, unitId);
    const staff = await people.staffOf(tx, opd.id);
    const names = new Map(staff.map((s) => [s.id, s.name]));
    const until = await store.lastPunch(tx, opd.id);
    const newest = new Map<string, store.PinRow>();
    for (const row of await store.pinsOf(tx, opd.id)) if (!newest.has(row.pin)) newest.set(row.pin, row);
    const seen = new Map((await store.pinsSeen(tx, opd.id)).map(({ pin, ...row }) => [pin, row]));
    await people.noteAccess(tx, { by: person.id, what: 'mesin.baca', subject: opd.id, count: staff.length, scope: { kind: 'opd', id: opd.id } });
    return {
      opdId: opd.id,
      opdName: opd.name,
      zone: opd.zone,
      format: await store.formatOf(tx, opd.id),
      until: until?.toISOString() ?? null,
      imports: (await store.importsOf(tx, opd.id, MOST_IMPORTS)).map((row) => ({ ...row, at: row.at.toISOString() })),
      unknown: (await unknownOf(tx, opd, seen)).slice(0, MOST_NAMED),
      pins: [...newest.values()].flatMap(({ pin, personId, from, byName }) => {
        const personName = personId === null ? undefined : names.get(personId);
        return personId === null || personName === undefined ? [] : [{ pin, personId, personName, from, byName }];
      }),
      staff: staff.map(({ id, name }) => ({ id, name })),
      mayKeep: await people.mayAdminister(tx, person, opd.id),
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

  return { managed, kept, preview, takeIn, read, setPin };
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

/** The same touch twice in one file is one. */
function distinct() {
  const seen = new Set<string>();
  const of = (punches: readonly Punch[]): Punch[] =>
    punches.filter(({ pin, at, device }) => {
      const key = `${pin} ${at.getTime()} ${device}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  return { of, count: () => seen.size };
}
