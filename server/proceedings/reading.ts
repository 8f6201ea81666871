// What the rows say: the whole record of one meeting, and its quorum at this moment.
import type { Decision, MeetingRecord, Quorum, RollMark, RollRound } from '../../shared/proceedings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { People, PersonRecord } from '../people/index.ts';
import type { Dossier, Meetings } from '../meetings/index.ts';
import type { RoomRecord } from '../room-record/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { agendaSpans, firstReached, inProtocolOrder, marksIn, neededOf, presentUnits, voicesTo, type UnitPresence } from './rules.ts';
import * as store from './store.ts';

/** What the urgent call knows of a meeting; null where there was none. */
export type Called = {
  unitsOf: (tx: Tx, meetingId: string) => Promise<{ unitId: string | null; unitName: string; personIds: string[] }[] | null>;
  quorumOf: (tx: Tx, meetingId: string) => Promise<{ needed: number } | null>;
};
export type ReadingWorld = {
  clock: Clock;
  people: Pick<People, 'persons' | 'positionsByIds'>;
  rooms: Pick<Rooms, 'membersInside' | 'presenceOf' | 'personMember'>;
  meetings: Pick<Meetings, 'dossier'>;
  calls: Called;
  record: Pick<RoomRecord, 'pollsOf'>;
};
type Invited = Dossier['invitations'][number];
/** The meeting with everybody who belongs to it, and who is inside (of an ended one: was inside at some time). */
export type Scene = {
  meeting: Dossier;
  persons: Map<string, PersonRecord>;
  inside: Set<string>;
  invited: Map<string, Invited>;
};
export type Reading = ReturnType<typeof createReading>;

const iso = (at: Date): string => at.toISOString();
const unitNameOf = (i: Invited, persons: Scene['persons']): string => (i.personId && persons.get(i.personId)?.unit?.name) ?? i.opdName ?? i.institution ?? '';

export function createReading({ people, rooms, meetings, calls, record }: ReadingWorld) {
  async function sceneOf(tx: Tx, meetingId: string): Promise<Scene | null> {
    const meeting = await meetings.dossier(tx, meetingId);
    if (!meeting) return null;
    const persons = await people.persons(
      tx,
      meeting.invitations.flatMap((i) => i.personId ?? []),
    );
    const members = meeting.roomId === null ? [] : await membersOf(tx, meeting.roomId, meeting.state === 'berakhir');
    return { meeting, persons, inside: new Set(members), invited: new Map(meeting.invitations.map((i) => [i.member, i])) };
  }

  async function membersOf(tx: Tx, roomId: string, ended: boolean): Promise<string[]> {
    if (!ended) return rooms.membersInside(tx, roomId);
    return (await rooms.presenceOf(tx, [roomId])).flatMap((fact) => fact.member ?? []);
  }

  /** Of the call where there was one; else of those invited who belong to the office. Guests are nobody's unit. */
  async function unitsOf(tx: Tx, { meeting, persons, inside }: Scene): Promise<UnitPresence[]> {
    const called = await calls.unitsOf(tx, meeting.id);
    const nameOf = (id: string): string => meeting.invitations.find((i) => i.personId === id)?.name ?? persons.get(id)?.name ?? '';
    if (called)
      return called.map(({ unitId, unitName, personIds }) => ({
        unitId,
        unitName,
        by: personIds.filter((id) => inside.has(rooms.personMember(id))).map(nameOf),
      }));
    const units = new Map<string, UnitPresence & { by: string[] }>();
    for (const i of meeting.invitations) {
      if (i.personId === null || i.badge !== null) continue;
      const home = persons.get(i.personId)?.unit ?? null;
      const unitName = unitNameOf(i, persons);
      const key = home?.id ?? unitName;
      const unit = units.get(key) ?? { unitId: home?.id ?? i.opdId, unitName, by: [] };
      if (inside.has(i.member)) unit.by.push(i.name);
      units.set(key, unit);
    }
    return [...units.values()];
  }

  async function quorumOf(tx: Tx, scene: Scene): Promise<Quorum> {
    const { meeting } = scene;
    const units = await unitsOf(tx, scene);
    const rows = await store.quorumOf(tx, meeting.id);
    const set = rows.findLast((row) => row.kind === 'diatur') ?? null;
    const byCall = (await calls.quorumOf(tx, meeting.id))?.needed ?? null;
    const moments = rows.map(({ kind, at, present, needed, reason, byName }) => ({ kind, at: iso(at), present, needed, reason, byName }));
    return {
      ...neededOf(units.length, { byChair: set?.needed ?? null, byCall }),
      reason: set?.reason ?? null,
      present: presentUnits(units).length,
      units: units.map((unit) => ({ ...unit, by: [...unit.by] })),
      since: meeting.startedAt && iso(meeting.startedAt),
      reachedAt: firstReached(moments),
      moments,
    };
  }

  async function decisionsOf(tx: Tx, scene: Scene): Promise<Decision[]> {
    const { meeting } = scene;
    const steps = await store.stepsOf(tx, meeting.id);
    const voices = await store.voicesOf(tx, meeting.id);
    const ids = [...new Set(steps.map((step) => step.decisionId))];
    const posts = new Map(
      (
        await people.positionsByIds(
          tx,
          steps.flatMap((s) => s.positionId ?? []),
        )
      ).map((p) => [p.id, p]),
    );
    const holders = await people.persons(
      tx,
      [...posts.values()].flatMap((p) => p.holderNow?.personId ?? []),
    );
    const decisions = ids.map((id): Decision => {
      const own = steps.filter((step) => step.decisionId === id);
      const now = own.at(-1)!;
      const decided = own.find((step) => step.state === 'ditetapkan') ?? null;
      const read = own.findLast((step) => step.state === 'dibacakan' && step.version === now.version) ?? null;
      const given = voicesTo(voices, id, now.version);
      const revoked = now.state === 'dicabut' ? now : null;
      return {
        id,
        no: decided?.no ?? null,
        state: now.state,
        version: now.version,
        text: now.text,
        basis: now.basis,
        responsible: now.positionId === null ? null : { positionId: now.positionId, title: now.positionTitle ?? '', holder: holderOf(now, decided) },
        dueOn: now.dueOn,
        readAt: read && iso(read.at),
        readByName: read?.byName ?? null,
        voices: given.map(({ member, name, label, badge, answer, words, at }) => ({ member, name, label, badge, answer, words, at: iso(at) })),
        silent: decided?.silent ?? (now.state === 'dibacakan' ? silentIn(scene, given) : []),
        decidedAt: decided && iso(decided.at),
        decidedByName: decided?.byName ?? null,
        decidedAs: decided?.decidedAs ?? null,
        quorum: decided?.present != null && decided.needed !== null ? { present: decided.present, needed: decided.needed } : null,
        underQuorumReason: decided?.underQuorumReason ?? null,
        strategic: decided?.strategic ?? null,
        strategicReason: decided?.strategicReason ?? null,
        revokedAt: revoked && iso(revoked.at),
        revokedByName: revoked?.byName ?? null,
        revokedReason: revoked?.reason ?? null,
      };
    });
    return [...decisions.filter((d) => d.no !== null).toSorted((a, b) => (a.no ?? 0) - (b.no ?? 0)), ...decisions.filter((d) => d.no === null)];

    /** Frozen when it was confirmed; until then whoever holds the post now. */
    function holderOf(now: store.DecisionRow, decided: store.DecisionRow | null): NonNullable<Decision['responsible']>['holder'] {
      if (decided) return decided.holderId === null ? null : { personId: decided.holderId, name: decided.holderName ?? '', label: decided.holderLabel ?? '' };
      const holder = now.positionId === null ? null : (posts.get(now.positionId)?.holderNow ?? null);
      const label = holder && holders.get(holder.personId)?.positions.find((p) => p.positionId === now.positionId)?.label;
      return holder && { personId: holder.personId, name: holder.name, label: label ?? now.positionTitle ?? '' };
    }
  }

  function silentIn({ inside, invited }: Scene, given: readonly { member: string }[]): { member: string; name: string }[] {
    const spoke = new Set(given.map(({ member }) => member));
    return [...inside].filter((member) => !spoke.has(member)).flatMap((member) => silentOne(invited.get(member)));
  }
  /** The press listens: it is never asked. */
  const silentOne = (i: Invited | undefined): { member: string; name: string }[] => (i && i.badge !== 'Pers' ? [{ member: i.member, name: i.name }] : []);

  async function roundsOf(tx: Tx, meetingId: string): Promise<RollRound[]> {
    const rows = await store.rollCallOf(tx, meetingId);
    return rows
      .filter((row) => row.kind === 'dibuka')
      .map(({ round, at, byName }) => ({
        round,
        openedAt: iso(at),
        openedByName: byName ?? '',
        marks: marksIn(rows, round).flatMap((row) =>
          row.member === null || (row.kind !== 'hadir' && row.kind !== 'tidak_menjawab')
            ? []
            : [
                {
                  member: row.member,
                  name: row.name ?? '',
                  label: row.label,
                  unitName: row.unitName ?? '',
                  mark: row.kind,
                  inside: row.inside ?? false,
                  at: iso(row.at),
                },
              ],
        ),
      }));
  }

  /** The newest mark of everybody who was called by name, in whatever round. */
  async function rollMarks(tx: Tx, meetingId: string): Promise<Map<string, { mark: RollMark; at: string }>> {
    const marks = (await roundsOf(tx, meetingId)).flatMap((round) => round.marks);
    return new Map(marks.map(({ member, mark, at }) => [member, { mark, at }]));
  }

  /** Everybody who is called by name, unit by unit; guests after the office, the press never. */
  function rollUnitsOf({ meeting, persons, inside }: Scene) {
    const all = meeting.invitations
      .filter((i) => i.badge !== 'Pers')
      .map((i) => ({
        member: i.member,
        personId: i.personId,
        name: i.name,
        label: i.position ?? i.institution,
        badge: i.badge,
        inside: inside.has(i.member),
        rank: i.badge === null ? i.rank : 99,
        unitName: unitNameOf(i, persons),
      }));
    return inProtocolOrder(all).map(({ unitName, people: of }) => ({
      unitName,
      people: of.map(({ member, personId, name, label, badge, inside: here }) => ({ member, personId, name, label, badge, inside: here })),
    }));
  }

  async function recordOf(tx: Tx, scene: Scene): Promise<MeetingRecord> {
    const { meeting } = scene;
    const agenda = await store.agendaOf(tx, meeting.id);
    const clocked = agendaSpans(await store.agendaStepsOf(tx, meeting.id), meeting.endedAt);
    const notulisId = await store.notulisOf(tx, meeting.id);
    const notulis = meeting.invitations.find((i) => notulisId !== null && i.personId === notulisId);
    return {
      agenda: {
        version: agenda?.version ?? 0,
        items: agenda?.items ?? [],
        setByName: agenda?.byName ?? null,
        setAt: agenda && iso(agenda.at),
        now: clocked.now && { itemId: clocked.now.itemId, since: iso(clocked.now.since) },
        spent: clocked.spent.map(({ from, to, ...span }) => ({ ...span, from: iso(from), to: to && iso(to) })),
        endsAt: meeting.endsAt && iso(meeting.endsAt),
      },
      notulis: notulis?.personId ? { personId: notulis.personId, name: notulis.name, label: notulis.position } : null,
      quorum: await quorumOf(tx, scene),
      decisions: await decisionsOf(tx, scene),
      rollCall: await roundsOf(tx, meeting.id),
      polls: await record.pollsOf(tx, meeting.id),
    };
  }

  return { sceneOf, quorumOf, recordOf, rollMarks, rollUnitsOf, silentIn };
}
