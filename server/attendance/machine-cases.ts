// Days that do not fit their code, for a human: each with what is known, and what somebody decided. The machine never decides.
import type { BodyOf } from '../../shared/endpoint.ts';
import type { CaseFacts, MachineCase, MachineCases, postMachineDecision, postReckoning } from '../../shared/machine.ts';
import type { Opd } from '../../shared/people.ts';
import type { People, PersonRecord } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { addDays, boundsOf, dayIn } from '../platform/local-time.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Roster } from '../roster/index.ts';
import type { createMachine } from './machine.ts';
import { seenOf, type Looked, type MachineDays } from './machine-days.ts';
import * as store from './machine-store.ts';
import type { Readings } from './readings.ts';

export type CasesWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'staffOf' | 'maskNip' | 'mayAdminister' | 'noteAccess'>;
  roster: Pick<Roster, 'codesBetween' | 'setCodes'>;
};
type Parts = { machine: Pick<ReturnType<typeof createMachine>, 'managed' | 'kept'>; machineDays: MachineDays; readings: Readings };
type Office = Pick<Opd, 'id' | 'zone'>;
type Unfit = { person: PersonRecord; date: string; looked: Looked; basis: string | null };
type Span = { from: string; to: string };
type Found = Pick<MachineCase, 'personId' | 'date' | 'kind' | 'facts' | 'seen'>;

const MOST_DAYS = 31;
const MOST_ROWS = 500;
const DAY_MS = 86_400_000;

export function createMachineCases({ sql, clock, people, roster }: CasesWorld, { machine, machineDays, readings }: Parts) {
  /** Days that do not fit now, whoever decided what. Days to come are nobody's question. */
  async function unfit(tx: Tx, opd: Office, staff: readonly PersonRecord[], { from, to }: Span): Promise<Unfit[]> {
    const codes = await roster.codesBetween(tx, ids(staff), from, to);
    const { look } = await machineDays.looking(tx, opd, staff, from, to);
    const today = dayIn(clock.now(), opd.zone);
    const open: Unfit[] = [];
    for (const person of staff)
      for (let n = 0, date = from; date <= to && date <= today; n += 1, date = addDays(date, 1)) {
        const { code = null, basis = null } = codes.get(person.id)?.get(n) ?? {};
        const looked = look(person, date, code);
        if (looked.kinds.length > 0) open.push({ person, date, looked, basis });
      }
    return open;
  }

  /** How many of the month so far wait for somebody's word; on its first days those of the month before. */
  async function waiting(tx: Tx, opd: Office, staff: readonly PersonRecord[]): Promise<number> {
    const today = dayIn(clock.now(), opd.zone);
    const from = `${addDays(today, -2).slice(0, 7)}-01`;
    const last = addDays(`${addDays(from, MOST_DAYS).slice(0, 7)}-01`, -1);
    const to = last < today ? last : today;
    const decided = new Set((await store.decisionsBetween(tx, opd.id, from, to)).map((d) => `${keyOf(d)} ${d.seen}`));
    const kinds = (await unfit(tx, opd, staff, { from, to })).flatMap(({ person, date, looked }) =>
      looked.kinds.map((kind) => `${keyOf({ personId: person.id, date, kind })} ${seenOf(kind, looked.day)}`),
    );
    return kinds.filter((one) => !decided.has(one)).length;
  }

  async function found(tx: Tx, opd: Opd, staff: readonly PersonRecord[], { from, to }: Span): Promise<Found[]> {
    const open = await unfit(tx, opd, staff, { from, to });
    if (open.length === 0) return [];
    const concerned = [...new Set(open.map(({ person }) => person))];
    const days = await readings.of(tx, concerned, opd.zone, from, to);
    return open.flatMap(({ person, date, looked, basis }) => {
      const inside = days.get(person.id)?.find((day) => day.date === date);
      const { hours } = looked.day;
      const facts: CaseFacts = {
        code: looked.day.code,
        basis,
        hours: hours && { from: new Date(hours.from).toISOString(), to: new Date(hours.to).toISOString() },
        dayName: looked.work.name,
        punches: looked.touches.map(({ at, device }) => ({ at: at.toISOString(), device })),
        meetings: inside?.meetings ?? 0,
        minutes: inside?.minutes ?? 0,
      };
      return looked.kinds.map((kind) => ({ personId: person.id, date, kind, facts, seen: seenOf(kind, looked.day) }));
    });
  }

  async function list(actor: SignedIn, unitId: string, span: Span): Promise<MachineCases> {
    return sql.begin(async (tx) => {
      const opd = await machine.managed(tx, actor, unitId);
      checkSpan(span, opd);
      const staff = await people.staffOf(tx, opd.id);
      const now = new Map((await found(tx, opd, staff, span)).map((one) => [keyOf(one), one]));
      const said = new Map((await store.decisionsBetween(tx, opd.id, span.from, span.to)).map((d) => [keyOf(d), d]));
      const persons = new Map(staff.map((s, place) => [s.id, { ...s, place }]));
      const rows = [...new Map<string, Found>([...said, ...now]).values()].flatMap((one): MachineCase[] => {
        const person = persons.get(one.personId);
        const decision = said.get(keyOf(one));
        if (!person) return [];
        return [
          {
            personId: person.id,
            name: person.name,
            nip: people.maskNip(person.nip),
            unitName: person.unit?.name ?? opd.name,
            date: one.date,
            kind: one.kind,
            facts: one.facts,
            seen: one.seen,
            decided: decision
              ? {
                  act: decision.act,
                  code: decision.code,
                  note: decision.note,
                  byName: decision.byName,
                  at: decision.at.toISOString(),
                  current: decision.seen === one.seen,
                }
              : null,
          },
        ];
      });
      const place = (row: MachineCase): number => persons.get(row.personId)!.place;
      const sorted = rows.toSorted(
        (a, b) => Number(isDecided(a)) - Number(isDecided(b)) || b.date.localeCompare(a.date) || place(a) - place(b) || a.kind.localeCompare(b.kind),
      );
      await people.noteAccess(tx, {
        by: actor.id,
        what: 'mesin.tidak_sesuai',
        subject: `${opd.id} ${span.from}–${span.to}`,
        count: rows.length,
        scope: { kind: 'opd', id: opd.id },
        persons: [...new Set(rows.map((row) => row.personId))],
      });
      return {
        opdId: opd.id,
        opdName: opd.name,
        zone: opd.zone,
        ...span,
        open: rows.filter((row) => !isDecided(row)).length,
        rows: sorted.slice(0, MOST_ROWS),
        more: Math.max(0, rows.length - MOST_ROWS),
        mayDecide: true,
      };
    });
  }

  /** Saying the same again changes nothing. */
  async function decide(actor: SignedIn, unitId: string, { personId, date, kind, seen, act, code, note }: BodyOf<typeof postMachineDecision>): Promise<void> {
    await sql.begin(async (tx) => {
      const opd = await machine.managed(tx, actor, unitId);
      if (personId === actor.id) refuse('machine.own');
      await store.lockOpd(tx, opd.id);
      const staff = (await people.staffOf(tx, opd.id)).filter(({ id }) => id === personId);
      if (staff.length === 0) refuse('not_found');
      const before = (await store.decisionsBetween(tx, opd.id, date, date)).find((d) => d.personId === personId && d.kind === kind);
      if (before?.seen === seen && before.act === act && before.code === code && before.note === note) return;
      const one = (await found(tx, opd, staff, { from: date, to: date })).find((f) => f.kind === kind && f.seen === seen) ?? refuse('machine.moved');
      if (act !== 'biarkan' && note === null)
        refuse('input.invalid', {}, [{ path: 'note', message: act === 'catatan' ? 'tulis catatannya' : 'tulis alasannya' }]);
      if ((act === 'ubah_kode') !== (code !== null)) refuse('input.invalid', {}, [{ path: 'code', message: 'pilih kode yang benar' }]);
      await store.insertDecision(tx, opd.id, { personId, date, kind, seen, facts: one.facts, act, code, note, at: clock.now() }, actor);
      if (code === null) return tell(tx, [`opd:${opd.id}`], { type: 'day.changed', opdId: opd.id });
      const mayChange = (actor.roles.includes('kepala_opd') && actor.opdId === opd.id) || (await people.mayAdminister(tx, actor, opd.id));
      if (!mayChange) refuse('role.missing');
      if (code === one.facts.code) refuse('input.invalid', {}, [{ path: 'code', message: 'itu kode yang sekarang' }]);
      await roster.setCodes(tx, actor.id, opd.id, { date, basis: `Papan hari: ${note}`, codes: [{ personId, code }] });
    });
  }

  /** From now on these days are read by what is known now. */
  async function reckon(actor: SignedIn, unitId: string, { from, to, reason }: BodyOf<typeof postReckoning>): Promise<void> {
    await sql.begin(async (tx) => {
      const opd = await machine.kept(tx, actor, unitId);
      checkSpan({ from, to }, opd);
      if (to >= dayIn(clock.now(), opd.zone)) refuse('input.invalid', {}, [{ path: 'to', message: 'hanya hari yang sudah selesai' }]);
      await store.lockOpd(tx, opd.id);
      await store.insertReckoning(tx, opd.id, { from, to, reason, at: clock.now() }, actor);
      await tell(tx, [`opd:${opd.id}`], { type: 'day.changed', opdId: opd.id });
    });
  }

  return { list, waiting, decide, reckon };
}

const ids = (staff: readonly { id: string }[]): string[] => staff.map(({ id }) => id);
const keyOf = ({ personId, date, kind }: Pick<Found, 'personId' | 'date' | 'kind'>): string => `${personId} ${date} ${kind}`;
const isDecided = ({ decided }: MachineCase): boolean => decided?.current ?? false;

function checkSpan({ from, to }: Span, { zone }: Opd): void {
  const days = (boundsOf(to, zone).to.getTime() - boundsOf(from, zone).from.getTime()) / DAY_MS;
  if (days < 1) refuse('input.invalid', {}, [{ path: 'to', message: 'Tanggal akhir mendahului tanggal awal.' }]);
  if (days > MOST_DAYS) refuse('input.invalid', {}, [{ path: 'to', message: `Paling banyak ${MOST_DAYS} hari.` }]);
}
