// The roster, first form: the day code of a person and day. The newest row counts; a former one stays on record.
import { putDayCodes, type DayCode } from '../../shared/roster.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { People, Placed } from '../people/index.ts';
import * as store from './store.ts';

export type CodedDay = { date: string; basis: string; codes: readonly { personId: string; code: DayCode }[] };
export type CodedAs = { code: DayCode; basis: string };
/** On duty (PIKET) on a day, by this letter. */
export type OnDuty = Placed & { basis: string };
export type Roster = ReturnType<typeof createRoster>;
type CodesHearer = (tx: Tx, by: string | null, opdId: string, day: CodedDay) => Promise<void>;

export function createRoster({
  sql,
  clock,
  people,
}: {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'topOpd' | 'persons' | 'placed' | 'within' | 'mayAdminister'>;
}) {
  const hearers: CodesHearer[] = [];

  /** The codes of one day (`2026-11-23`) that are known; who is missing has none. */
  async function codesOn(tx: Tx, personIds: readonly string[], day: string): Promise<Map<string, { code: DayCode; basis: string }>> {
    const rows = personIds.length === 0 ? [] : await store.newestCodes(tx, personIds, day);
    return new Map(rows.map(({ personId, code, basis }) => [personId, { code, basis }]));
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

  /** Who is on duty (PIKET) that day in these OPDs or units, or below them; the highest first. */
  async function onDuty(tx: Tx, { opdIds = [], unitIds = [] }: { opdIds?: readonly string[]; unitIds?: readonly string[] }, day: string): Promise<OnDuty[]> {
    const asked = [...new Set([...opdIds, ...unitIds])];
    const coded = new Map((asked.length === 0 ? [] : await store.withCode(tx, 'PIKET', day)).map((c) => [c.personId, c.basis]));
    const here = await people.placed(tx, await people.within(tx, [...coded.keys()], asked), day);
    return [...here.values()]
      .map((person) => ({ ...person, basis: coded.get(person.personId) ?? '' }))
      .toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'id'));
  }

  /** Sets codes of people of one OPD. Saying the same again adds nothing. */
  async function setCodes(tx: Tx, by: string | null, opdId: string, day: CodedDay): Promise<void> {
    const wanted = new Map(day.codes.map(({ personId, code }) => [personId, code]));
    const before = await codesOn(tx, [...wanted.keys()], day.date);
    const news = [...wanted].filter(([personId, code]) => before.get(personId)?.code !== code || before.get(personId)?.basis !== day.basis);
    if (news.length === 0) return;
    await store.insertCodes(
      tx,
      news.map(([personId, code]) => ({ personId, code })),
      { date: day.date, basis: day.basis, by, at: clock.now() },
    );
    await tell(tx, [`opd:${opdId}`, ...news.map(([personId]) => `person:${personId}`)], { type: 'day.changed', opdId });
    for (const hear of hearers) await hear(tx, by, opdId, { ...day, codes: news.map(([personId, code]) => ({ personId, code })) });
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
    /** Hears of what was set otherwise than before, in the same transaction. Once each, before `start`. */
    onCodes: (hearer: CodesHearer): void => void hearers.push(hearer),
  };
}
