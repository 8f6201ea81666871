// Beranda: a person's day by the roster, and the day of an OPD in figures.
import type { DayRow } from '../../../shared/attendance.ts';
import { getMyHome, type MyHome, type UnitGlance } from '../../../shared/home.ts';
import type { DayCode } from '../../../shared/roster.ts';
import type { Hours } from '../../hours/index.ts';
import type { Opd } from '../../../shared/people.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { addDays, dayIn } from '../../platform/local-time.ts';
import { actsFor, serve, type Route, type SignedIn } from '../../platform/serve.ts';
import type { People, PersonRecord } from '../../people/index.ts';
import type { Roster } from '../../roster/index.ts';
import type { Rota } from '../../rota/index.ts';

type Office = Pick<Opd, 'id' | 'zone'>;
type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'staffOf' | 'opds'>;
  roster: Pick<Roster, 'codesOn' | 'onDuty' | 'dutiesOf'>;
  hours: Pick<Hours, 'daysOf' | 'workHours'>;
  rota: Pick<Rota, 'waiting' | 'swapsToAnswer'>;
  attendance: {
    marksOf: (
      tx: Tx,
      opd: Office,
      staff: readonly { id: string; unit: { id: string } | null; code: DayCode | null }[],
      day: string,
    ) => Promise<(personId: string) => DayRow['mark']>;
    casesWaiting: (tx: Tx, opd: Office, staff: readonly PersonRecord[]) => Promise<number>;
  };
};
const WEEKS_AHEAD = 6;

export function createHome({ sql, clock, people, roster, hours, rota, attendance }: World) {
  async function mine(person: SignedIn): Promise<MyHome> {
    return sql.begin('isolation level repeatable read read only', async (tx) => {
      const now = clock.now();
      const known = (await people.persons(tx, [person.id])).get(person.id);
      const zone = known?.opd?.zone ?? 'Asia/Jakarta';
      const today = dayIn(now, zone);
      const tomorrow = addDays(today, 1);
      const days = known?.opd ? await hours.daysOf(tx, known.opd.id, today, tomorrow) : [];
      const coded = async (date: string) => (await roster.codesOn(tx, [person.id], date)).get(person.id);
      const dayOf = (date: string, said: Awaited<ReturnType<typeof coded>>) => {
        const day = days.find((one) => one.date === date);
        return { date, kind: day?.kind ?? null, name: day?.name ?? null, code: said?.code ?? null, shift: said?.shift ?? null };
      };
      const said = await coded(today);
      const duties = await roster.dutiesOf(tx, { personId: person.id, zone }, addDays(today, -1), addDays(today, 7 * WEEKS_AHEAD));
      const next = duties.find(({ date }) => date > today);
      return {
        zone,
        today: { ...dayOf(today, said), basis: said?.basis ?? null, hours: known?.unit ? await hours.workHours(tx, known.unit.id, today) : null },
        onDutyUntil: duties.find(({ from, until }) => from <= now && now < until)?.until.toISOString() ?? null,
        tomorrow: dayOf(tomorrow, await coded(tomorrow)),
        nextDuty: next ? { date: next.date, shift: next.shift } : null,
        swapsToAnswer: await rota.swapsToAnswer(tx, person.id),
        unit: known?.opd && actsFor(person, known.opd.id) ? await glance(tx, known.opd, today) : null,
        serverTime: now.toISOString(),
      };
    });
  }

  async function glance(tx: Tx, { id, name, zone }: Pick<Opd, 'id' | 'name' | 'zone'>, today: string): Promise<UnitGlance> {
    const found = await people.staffOf(tx, id);
    const codes = await roster.codesOn(
      tx,
      found.map((person) => person.id),
      today,
    );
    const staff = found.map((person) => ({ id: person.id, unit: person.unit, code: codes.get(person.id)?.code ?? null }));
    const markOf = await attendance.marksOf(tx, { id, zone }, staff, today);
    const having = (...wanted: (DayCode | null)[]) => staff.filter(({ code }) => wanted.includes(code));
    const home = having('WFH').map((person) => markOf(person.id));
    return {
      opdId: id,
      opdName: name,
      staff: staff.length,
      onSite: having('WFO', 'PIKET').length,
      atHome: home.length,
      away: having('DL', 'CUTI', 'SAKIT').length,
      noCode: having(null).length,
      marked: home.filter((mark) => mark === 'hadir_wfh').length,
      unproven: home.filter((mark) => mark === 'belum_ada_bukti').length,
      onDuty: (await roster.onDuty(tx, { opdIds: [id] }, clock.now())).map((duty) => ({
        personId: duty.personId,
        name: duty.name,
        until: duty.until.toISOString(),
      })),
      asks: await attendance.casesWaiting(tx, { id, zone }, found),
      ...(await rota.waiting(tx, id)),
    };
  }

  const routes: Route[] = [serve(getMyHome, ({ person }) => mine(person))];
  return { routes };
}
