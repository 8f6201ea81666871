// The day code of a person and day, and who is on duty at an instant. The newest row counts; a former one stays on record.
import type { Zone } from '../../shared/people.ts';
import type { Shift } from '../../shared/policies.ts';
import { putDayCodes, type DayCode } from '../../shared/roster.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { addDays, dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { People, Placed } from '../people/index.ts';
import { isDuring, spellOf, type Spell } from './duty.ts';
import * as store from './store.ts';

export type CodedDay = { date: string; basis: string; codes: readonly { personId: string; code: DayCode; shift?: Shift | null }[] };
export type CodedAs = { code: DayCode; basis: string };
/** On duty (PIKET), by this letter, from `from` until `until`, which is not included. */
export type OnDuty = Placed & Spell & { basis: string; shift: Shift | null };
type Where = { opdIds?: readonly string[]; unitIds?: readonly string[] };
export type Roster = ReturnType<typeof createRoster>;
/** `hold` goes before anything is read or written: whoever hears by changing what another holds would wait for them, and they for us. */
type CodesHearer = {
  hold: (tx: Tx, opdId: string, date: string) => Promise<void>;
  hear: (tx: Tx, by: string | null, opdId: string, day: CodedDay) => Promise<void>;
};

/** The days of the region begin here, and end here. */
const FIRST_ZONE = 'Asia/Jakarta';
const LAST_ZONE = 'Asia/Jayapura';

export function createRoster({
  sql,
  clock,
  people,
}: {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'topOpd' | 'persons' | 'placed' | 'within' | 'mayAdminister'>;
}) {
  const hearers: CodesHearer[] = [];

  /** The codes of one day (`2026-11-23`) that are known; who is missing has none. */
  async function codesOn(tx: Tx, personIds: readonly string[], day: string): Promise<Map<string, CodedAs & { shift: Shift | null }>> {
    const rows = personIds.length === 0 ? [] : await store.newestCodes(tx, personIds, day);
    return new Map(rows.map(({ personId, ...coded }) => [personId, coded]));
  }

  /** The codes of a period by person, from its first day on; a day without a code is left out. */
  async function codesBetween(tx: Tx, personIds: readonly string[], from: string, to: string): Promise<Map<string, Map<number, CodedAs>>> {
    const rows = personIds.length === 0 ? [] : await store.newestCodesBetween(tx, personIds, from, to);
    const dayOf = (text: string): [number, CodedAs] => {
      const [after, code, basis = ''] = text.split('\u001f');
      return [Number(after), { code: code as DayCode, basis }];
    };
    return new Map(rows.map(({ personId, days }) => [personId, new Map(days.split('\u001e').map(dayOf))]));
  }

  /** Whoever is on duty at some time between two instants, in these OPDs or units, or below them: by when it begins, then the highest first. */
  async function dutyBetween(tx: Tx, { opdIds = [], unitIds = [] }: Where, from: Date, until: Date): Promise<OnDuty[]> {
    const asked = [...new Set([...opdIds, ...unitIds])];
    // A shift of yesterday may end today; the day is not the same in every zone.
    const days = { from: addDays(dayIn(from, FIRST_ZONE), -1), to: dayIn(until, LAST_ZONE), personId: null };
    const coded = asked.length === 0 ? [] : await store.dutyDays(tx, days);
    const ids = [...new Set(coded.map(({ personId }) => personId))];
    const here = await people.placed(tx, await people.within(tx, ids, asked), dayIn(from, FIRST_ZONE));
    const zones = here.size === 0 ? new Map<string, never>() : new Map((await people.opds(tx)).map(({ id, zone }) => [id, zone]));
    return coded
      .flatMap(({ personId, date, ...duty }): OnDuty[] => {
        const person = here.get(personId);
        return person ? [{ ...person, ...duty, ...spellOf(date, duty.shift, zones.get(person.opdId ?? '') ?? FIRST_ZONE) }] : [];
      })
      .filter((duty) => duty.from < until && duty.until > from)
      .toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.rank - b.rank || a.name.localeCompare(b.name, 'id'));
  }

  /** Who is on duty (PIKET) at an instant in these OPDs or units, or below them; the highest first. */
  async function onDuty(tx: Tx, where: Where, at: Date): Promise<OnDuty[]> {
    const near = await dutyBetween(tx, where, at, new Date(at.getTime() + 1));
    return near.filter((duty) => isDuring(duty, at)).toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'id'));
  }

  /** The days between two on which one person is on duty, the nearest first. */
  async function dutiesOf(
    tx: Tx,
    { personId, zone }: { personId: string; zone: Zone },
    from: string,
    to: string,
  ): Promise<(Spell & { date: string; shift: Shift | null })[]> {
    const days = await store.dutyDays(tx, { from, to, personId });
    return days.map(({ date, shift }) => ({ date, shift, ...spellOf(date, shift, zone) })).toSorted((a, b) => a.date.localeCompare(b.date));
  }

  /** The own days between two, by their newest code, in their order; `spell`: of a shift. */
  async function daysOf(
    tx: Tx,
    { personId, zone }: { personId: string; zone: Zone },
    from: string,
    to: string,
  ): Promise<(CodedAs & { date: string; shift: Shift | null; spell: Spell | null })[]> {
    const days = await store.codedDays(tx, personId, from, to);
    return days.map((day) => ({ ...day, spell: day.shift && spellOf(day.date, day.shift, zone) }));
  }

  /** Sets codes of people of one OPD. Saying the same again adds nothing. */
  async function setCodes(tx: Tx, by: string | null, opdId: string, day: CodedDay): Promise<void> {
    for (const { hold } of hearers) await hold(tx, opdId, day.date);
    const wanted = new Map(day.codes.map(({ personId, code, shift = null }) => [personId, { code, shift }]));
    const before = await codesOn(tx, [...wanted.keys()], day.date);
    const news = [...wanted].filter(([personId, coded]) => !isSame(before.get(personId), { ...coded, basis: day.basis }));
    if (news.length === 0) return;
    await store.insertCodes(
      tx,
      news.map(([personId, coded]) => ({ personId, ...coded })),
      { date: day.date, basis: day.basis, by, at: clock.now() },
    );
    await tell(tx, [`opd:${opdId}`, ...news.map(([personId]) => `person:${personId}`)], { type: 'day.changed', opdId });
    for (const { hear } of hearers) await hear(tx, by, opdId, { ...day, codes: news.map(([personId, coded]) => ({ personId, ...coded })) });
  }

  /** For the admin of that OPD; people of another OPD do not exist for this verb. */
  async function putCodes(person: SignedIn, unitId: string, day: CodedDay): Promise<void> {
    await sql.begin(async (tx) => {
      const opd = await people.topOpd(tx, unitId);
      if (!opd || !(await people.mayAdminister(tx, person, opd.id))) refuse('not_found');
      const persons = await people.persons(
        tx,
        day.codes.map((c) => c.personId),
      );
      if (day.codes.some((c) => persons.get(c.personId)?.opd?.id !== opd.id)) refuse('not_found');
      await setCodes(tx, person.id, opd.id, day);
    });
  }

  const routes: Route[] = [serve(putDayCodes, ({ person, params, body }) => putCodes(person, params.id, body))];
  return {
    routes,
    codesOn,
    codesBetween,
    setCodes,
    onDuty,
    dutyBetween,
    dutiesOf,
    daysOf,
    /** Hears of what was set otherwise than before, in the same transaction. Once each, before `start`. */
    onCodes: (hearer: CodesHearer): void => void hearers.push(hearer),
  };
}

type Coded = CodedAs & { shift: Shift | null };
const isSame = (a: Coded | undefined, b: Coded): boolean =>
  a?.code === b.code && a.basis === b.basis && a.shift?.name === b.shift?.name && a.shift?.from === b.shift?.from && a.shift?.to === b.shift?.to;
