// Planning a meeting or several, changing them, calling them off. A verb is one transaction; who hears of it listens to meetings.
import type { z } from 'zod';
import type { MeetingCard } from '../../shared/meetings.ts';
import type { PlanChange, PlanView, postCancellation, postMeeting, postPlanInvitations, putPlan, Scope } from '../../shared/planning.ts';
import type { Level, Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Meetings, Plan } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { createHolidays } from './holidays.ts';
import { changeFor, concerned, movesTime, whole, type One } from './scope.ts';
import { occurrences } from './series.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'opds' | 'mayAdminister'>;
  meetings: Pick<
    Meetings,
    'plan' | 'inviteIn' | 'change' | 'cancel' | 'prepared' | 'open' | 'cardOf' | 'dossier' | 'meetingsOfSeries' | 'changesOf' | 'mustBeAhead' | 'homeOf'
  >;
  holidays: ReturnType<typeof createHolidays>['holidays'];
};
type NewMeeting = z.output<(typeof postMeeting)['body']>;
type Changed = z.output<(typeof putPlan)['body']>;
type CalledOff = z.output<(typeof postCancellation)['body']>;
type InvitedMore = z.output<(typeof postPlanInvitations)['body']>;

const OFFICIALS: readonly Level[] = ['kepala_opd', 'sekretaris', 'kabid', 'kasi'];
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

export function createPlanned({ sql, clock, people, meetings, holidays }: World) {
  /** Oneself; or an official of an OPD that the person is the admin of. */
  async function chairFor(tx: Tx, person: SignedIn, chairId: string | undefined): Promise<string> {
    if (chairId === undefined || chairId === person.id) return person.id;
    const chair = (await people.persons(tx, [chairId])).get(chairId);
    const official = chair?.positions.some(({ level }) => OFFICIALS.includes(level)) ?? false;
    if (!chair?.opd || !official || !(await people.mayAdminister(tx, person, chair.opd.id)))
      refuse('plan.chair', {}, [{ path: 'chairId', message: 'bukan pejabat OPD Anda' }]);
    return chair.id;
  }

  /** The starts of a rule, and which of them fall on a holiday. */
  async function startsOf(tx: Tx, repeat: NonNullable<NewMeeting['repeat']>, startsAt: Date, zone: Zone) {
    const { rule, starts } = occurrences(repeat, startsAt, zone);
    const days = starts.map((at) => dayIn(at, zone));
    const free = new Map((await holidays(tx, days[0] ?? '', days.at(-1) ?? '')).map((holiday) => [holiday.day, holiday]));
    return { rule, starts: starts.map((at, index) => ({ at, holiday: free.get(days[index] ?? '') ?? null })) };
  }

  async function plan(person: SignedIn, { key, chairId: wanted, repeat, invite, ...about }: NewMeeting): Promise<MeetingCard> {
    return sql.begin(async (tx) => {
      const known = await store.claimRequest(tx, person.id, key);
      if (known) return meetings.cardOf(tx, known.meetingId, person);
      const chairId = await chairFor(tx, person, wanted);
      const first = { ...about, startsAt: new Date(about.startsAt), endsAt: instant(about.endsAt) };
      meetings.mustBeAhead(first, clock.now());
      const meetingId = repeat ? await planSeries(tx, person, chairId, { ...first, invite }, repeat) : await one(tx, person, chairId, { ...first, invite });
      await store.keepRequest(tx, person.id, key, meetingId);
      return meetings.cardOf(tx, meetingId, person);
    });
  }

  const one = (tx: Tx, person: SignedIn, chairId: string, input: Plan & Pick<NewMeeting, 'invite'>): Promise<string> =>
    meetings.plan(tx, chairId, input, { plannerId: person.id });

  async function planSeries(
    tx: Tx,
    person: SignedIn,
    chairId: string,
    input: Plan & Pick<NewMeeting, 'invite'>,
    repeat: NonNullable<NewMeeting['repeat']>,
  ): Promise<string> {
    const { zone } = await meetings.homeOf(tx, chairId);
    const { rule, starts } = await startsOf(tx, repeat, input.startsAt, zone);
    const held = starts.filter(({ holiday }) => !(repeat.skipHolidays && holiday));
    const [first] = held;
    if (!first) refuse('plan.none', {}, [{ path: 'repeat', message: 'semuanya jatuh pada hari libur' }]);
    const skipped = starts.filter((start) => !held.includes(start)).map(({ at }) => at);
    const startsAt = starts[0]?.at ?? first.at;
    const seriesId = await store.insertSeries(tx, { rule, zone, startsAt, skipped }, person.id, clock.now());
    const lasts = input.endsAt && input.endsAt.getTime() - input.startsAt.getTime();
    const ids: string[] = [];
    for (const { at } of held)
      ids.push(
        await meetings.plan(
          tx,
          chairId,
          { ...input, startsAt: at, endsAt: lasts === null ? null : new Date(at.getTime() + lasts) },
          { plannerId: person.id, seriesId, occursAt: at },
        ),
      );
    return ids[0] ?? refuse('plan.none');
  }

  /** The meeting, for who prepares it, with the others of its series; the series is held first. */
  async function prepared(tx: Tx, person: SignedIn, id: string, scope: Scope): Promise<{ chosen: One; all: One[] }> {
    const seen = (await meetings.dossier(tx, id)) ?? refuse('not_found');
    // Also for one alone: who changes all of them at the same moment knows of it.
    if (seen.seriesId !== null) await store.lockSeries(tx, seen.seriesId);
    const meeting = await meetings.prepared(tx, person, id);
    if (scope !== 'ini' && meeting.seriesId === null) refuse('plan.no_series');
    const rows = meeting.seriesId === null || scope === 'ini' ? [meeting] : await meetings.meetingsOfSeries(tx, meeting.seriesId);
    const alone = await store.movedAlone(
      tx,
      rows.map((row) => row.id),
    );
    const all = rows.map((row): One => ({ ...row, movedAlone: alone.has(row.id) }));
    return { chosen: all.find((one) => one.id === id) ?? refuse('not_found'), all };
  }

  async function change(person: SignedIn, id: string, { version, scope, movedToo, reason, startsAt, endsAt, ...texts }: Changed): Promise<MeetingCard> {
    return sql.begin(async (tx) => {
      const { chosen, all } = await prepared(tx, person, id, scope);
      const asked: Partial<Plan> = {
        ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
        ...(startsAt !== undefined && { startsAt: new Date(startsAt) }),
        ...(endsAt !== undefined && { endsAt: instant(endsAt) }),
      };
      const wanted = whole(chosen, asked);
      for (const one of concerned(all, chosen, scope, clock.now()))
        await meetings.change(tx, person, one.id, changeFor(one, chosen, wanted, movedToo), { reason, ...(one.id === id && { version }) });
      if (movesTime(chosen, wanted)) await noteMoves(tx, chosen, all, scope, movedToo);
      return meetings.cardOf(tx, id, person);
    });
  }

  /** Moved alone is remembered; moved with the others is forgotten again. */
  async function noteMoves(tx: Tx, chosen: One, all: readonly One[], scope: Scope, movedToo: boolean): Promise<void> {
    if (chosen.occursAt === null) return;
    if (scope === 'ini') return store.noteMoved(tx, chosen.id, clock.now());
    const together = concerned(all, chosen, scope, clock.now()).filter((one) => one.id === chosen.id || movedToo);
    await store.forgetMoved(
      tx,
      together.map((one) => one.id),
    );
  }

  async function cancel(person: SignedIn, id: string, { reason, scope }: CalledOff): Promise<MeetingCard> {
    return sql.begin(async (tx) => {
      const { chosen, all } = await prepared(tx, person, id, scope);
      for (const { id: one } of concerned(all, chosen, scope, clock.now())) await meetings.cancel(tx, person, one, reason);
      return meetings.cardOf(tx, id, person);
    });
  }

  async function inviteMore(person: SignedIn, id: string, { invite, scope }: InvitedMore): Promise<{ meetings: number }> {
    return sql.begin(async (tx) => {
      const { chosen, all } = await prepared(tx, person, id, scope);
      const rows = concerned(all, chosen, scope, clock.now());
      for (const one of rows) await meetings.inviteIn(tx, person, one.id, invite);
      return { meetings: rows.length };
    });
  }

  /** When a meeting, and those of its series that it is asked with, are held. */
  async function hoursOf(tx: Tx, person: SignedIn, id: string, scope: Scope): Promise<{ startsAt: Date; endsAt: Date | null }[]> {
    const { chosen, all } = await prepared(tx, person, id, scope);
    return concerned(all, chosen, scope, clock.now());
  }

  async function view(person: SignedIn, id: string): Promise<PlanView> {
    return sql.begin(async (tx) => {
      const meeting = await meetings.prepared(tx, person, id);
      const dossier = (await meetings.dossier(tx, id)) ?? refuse('not_found');
      const opd = (await people.opds(tx)).find((o) => o.id === meeting.opdId);
      const names = await people.persons(tx, [meeting.chairId, ...(meeting.plannerId === null ? [] : [meeting.plannerId])]);
      return {
        meetingId: id,
        title: meeting.title,
        sifat: meeting.sifat,
        description: meeting.description,
        place: meeting.place,
        startsAt: meeting.startsAt.toISOString(),
        endsAt: meeting.endsAt?.toISOString() ?? null,
        version: meeting.version,
        state: meeting.state,
        zone: opd?.zone ?? 'Asia/Jakarta',
        opdName: opd?.name ?? '',
        chairId: meeting.chairId,
        chairName: names.get(meeting.chairId)?.name ?? '',
        plannerName: names.get(meeting.plannerId ?? '')?.name ?? null,
        people: dossier.invitations.flatMap((i) => (i.personId === null ? [] : [i.personId])),
        series: meeting.seriesId === null ? null : await seriesView(tx, meeting.seriesId),
      };
    });
  }

  async function seriesView(tx: Tx, seriesId: string): Promise<PlanView['series']> {
    const series = await store.seriesById(tx, seriesId);
    if (!series) return null;
    const all = await meetings.meetingsOfSeries(tx, seriesId);
    const alone = await store.movedAlone(
      tx,
      all.map((one) => one.id),
    );
    return {
      rule: series.rule,
      skipped: series.skipped.map((at) => at.toISOString()),
      occurrences: all.map((one) => ({
        meetingId: one.id,
        startsAt: one.startsAt.toISOString(),
        endsAt: one.endsAt?.toISOString() ?? null,
        state: one.state,
        movedAlone: alone.has(one.id),
      })),
    };
  }

  async function changes(caller: Caller, id: string): Promise<PlanChange[]> {
    await meetings.open(caller, id);
    const rows = await meetings.changesOf(sql, id);
    const names = await people.persons(
      sql,
      rows.flatMap((row) => row.byId ?? []),
    );
    return rows.map(({ byId, at, before, ...row }) => ({
      ...row,
      before: before as PlanChange['before'],
      byName: names.get(byId ?? '')?.name ?? null,
      at: at.toISOString(),
    }));
  }

  return { plan, change, cancel, inviteMore, view, changes, chairFor, startsOf, hoursOf };
}
