// Verbs of retention: read the dry run, change a class, place and lift a legal hold, name the data officer.
import type { z } from 'zod';
import { stringify } from 'csv-stringify/sync';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Destruction, Hold, postHold, Retention, RetentionClass } from '../../shared/privacy.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Notices, People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import { csvText } from '../platform/tables.ts';
import type { Press } from '../press/index.ts';
import { isClassKey } from './classes.ts';
import { dryRun, type Reading } from './retention.ts';
import * as store from './retention-store.ts';
import type { ClassFields, Schedule } from './schedule.ts';
import type { ClassRow } from './schedule-store.ts';

export type RetentionWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'noteAccess'>;
  meetings: Pick<Meetings, 'meetingsByIds'>;
  press: Pick<Press, 'conference'>;
  notices: Pick<Notices, 'officer' | 'setOfficer' | 'changed'>;
  schedule: Schedule;
};
type View = z.input<typeof Retention>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function createRetentionDesk({ sql, clock, people, meetings, press, notices, schedule }: RetentionWorld) {
  async function read(person: SignedIn): Promise<View> {
    const officer = await notices.officer();
    return sql.begin(async (tx) => {
      const now = clock.now();
      const holds = await holdViews(tx, person, await store.holds(tx));
      const held = holds.filter((h) => h.kind === 'person').map((h) => h.target);
      if (held.length > 0) await people.noteAccess(tx, { by: person.id, what: 'penahanan.baca', subject: 'retensi', count: held.length, persons: held });
      return {
        at: now.toISOString(),
        classes: await classViews(tx, await dryRun(tx, now)),
        holds,
        destructions: runsOf(await store.destructions(tx), await schedule.newest(tx)),
        officer,
      };
    });
  }

  async function classViews(tx: Tx, readings: readonly Reading[]): Promise<z.input<typeof RetentionClass>[]> {
    const all = await schedule.history(tx);
    const names = await people.persons(tx, [...new Set(all.flatMap((row) => row.byId ?? []))]);
    const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id)?.name ?? '–'));
    const view = ({ name, basis, months, action, active }: ClassRow) => ({ name, basis, months, action, active });
    return readings.map((r) => ({
      key: r.key,
      ...view(r),
      changedAt: r.at.toISOString(),
      changedBy: nameOf(r.byId),
      history: all
        .filter((row) => row.key === r.key)
        .slice(1)
        .map((row) => ({ ...view(row), at: row.at.toISOString(), by: nameOf(row.byId) })),
      before: r.before.toISOString(),
      past: r.past,
      held: r.held,
      due: r.due,
      oldest: iso(r.oldest),
      newest: iso(r.newest),
    }));
  }

  async function holdViews(tx: Tx, reader: SignedIn, rows: readonly store.HoldRow[]): Promise<Hold[]> {
    const targets = (kind: store.HoldKind): string[] => rows.filter((h) => h.kind === kind).map((h) => h.target);
    const persons = await people.persons(tx, [...new Set([...targets('person'), ...rows.flatMap((h) => [h.byId, h.liftedBy ?? []].flat())])]);
    const titles = await titlesOf(tx, targets('meeting'));
    const kinds = new Map((await schedule.newest(tx)).map((c) => [c.key, c.name]));
    const nameOf = (id: string): string => persons.get(id)?.name ?? '–';
    return rows.map(({ id, kind, target, reason, basis, byId, at, liftedAt, liftedBy, liftReason }) => ({
      id,
      kind,
      target,
      name: (kind === 'person' ? nameOf(target) : kind === 'meeting' ? titles.get(target) : kinds.get(target)) ?? '–',
      reason,
      basis,
      by: nameOf(byId),
      at: at.toISOString(),
      lifted: liftedAt && { by: nameOf(liftedBy ?? ''), at: liftedAt.toISOString(), reason: liftReason ?? '' },
      mayLift: liftedAt === null && byId !== reader.id,
    }));
  }

  /** Of meetings and press conferences alike. */
  async function titlesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    const titles = new Map((await meetings.meetingsByIds(tx, ids)).map((m) => [m.id, m.title]));
    for (const id of ids) {
      const conference = titles.has(id) ? null : await press.conference(tx, id);
      if (conference) titles.set(id, conference.title);
    }
    return titles;
  }

  async function csv(): Promise<ServedFile> {
    const now = clock.now();
    const date = (at: Date | null): string => at?.toISOString() ?? '';
    const rows = (await dryRun(sql, now)).map((r) => {
      const told = [csvText(r.name), csvText(r.basis), r.months, r.action, r.active ? 'ya' : 'tidak', r.before.toISOString().slice(0, 10)];
      return [...told, r.past, r.held, r.due, date(r.oldest), date(r.newest)];
    });
    const head = ['Kelas', 'Dasar', 'Bulan', 'Tindakan', 'Berlaku', 'Sebelum', 'Lewat masa', 'Ditahan', 'Jatuh tempo', 'Tertua', 'Terbaru'];
    return { content: stringify([head, ...rows], { bom: true, record_delimiter: 'windows' }), name: `retensi-${now.toISOString().slice(0, 10)}.csv` };
  }

  /** The proof that somebody was told must not go before what they were told of. */
  async function changeClass(person: SignedIn, key: string, fields: ClassFields): Promise<void> {
    const facts = key === 'fakta_hadir' ? fields.months : await schedule.keptMonths(sql, 'fakta_hadir');
    const proof = key === 'pemberitahuan' ? fields.months : await schedule.keptMonths(sql, 'pemberitahuan');
    if (proof < facts)
      refuse('retention.notice_shorter', { months: facts }, [{ path: 'months', message: `pemberitahuan ${proof}, catatan waktu hadir ${facts}` }]);
    await schedule.change(person.id, key, fields);
    notices.changed();
  }

  /** What a hold names is there. */
  async function mustExist(tx: Tx, kind: store.HoldKind, target: string): Promise<void> {
    if (kind === 'class' ? isClassKey(target) : UUID.test(target)) {
      if (kind === 'class') return;
      if (kind === 'person' && (await people.persons(tx, [target])).has(target)) return;
      if (kind === 'meeting' && (await titlesOf(tx, [target])).size > 0) return;
    }
    refuse('not_found');
  }

  /** The same hold again is the hold that is. */
  async function hold(person: SignedIn, { kind, target, reason, basis }: BodyOf<typeof postHold>): Promise<Hold> {
    return sql.begin(async (tx) => {
      await store.lockHolds(tx);
      await mustExist(tx, kind, target);
      const same = (await store.openHolds(tx)).find((h) => h.kind === kind && h.target === target && h.byId === person.id);
      if (!same) await store.insertHold(tx, { kind, target, reason, basis, byId: person.id, at: clock.now() });
      const row = same ?? (await store.openHolds(tx)).find((h) => h.kind === kind && h.target === target && h.byId === person.id);
      const [view] = row ? await holdViews(tx, person, [row]) : [];
      return view ?? refuse('not_found');
    });
  }

  async function lift(person: SignedIn, id: string, reason: string): Promise<Hold> {
    return sql.begin(async (tx) => {
      await store.lockHolds(tx);
      const row = (await store.holdById(tx, id)) ?? refuse('not_found');
      if (row.byId === person.id) refuse('hold.own');
      if (row.liftedAt !== null) refuse('hold.lifted');
      await store.insertLift(tx, { holdId: id, reason, byId: person.id, at: clock.now() });
      const [view] = await holdViews(tx, person, [(await store.holdById(tx, id))!]);
      return view!;
    });
  }

  return { read, csv, changeClass, hold, lift, setOfficer: notices.setOfficer };
}

function runsOf(rows: readonly store.DestructionRow[], named: readonly ClassRow[]): z.input<typeof Destruction>[] {
  const names = new Map(named.map((c) => [c.key, c.name]));
  const runs = new Map<string, z.input<typeof Destruction>>();
  for (const { run, at, by, basis, class: key, book, rows: count, streams, oldest, newest } of rows) {
    const known = runs.get(run) ?? { run, at: at.toISOString(), by, basis, classes: [] };
    known.classes.push({ key, name: names.get(key) ?? key, table: book, rows: count, streams, oldest: iso(oldest), newest: iso(newest) });
    runs.set(run, known);
  }
  return [...runs.values()];
}
