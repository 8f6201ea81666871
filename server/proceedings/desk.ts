// The desk of the chair and the notulis. A verb is one transaction: lock the desk, decide, add the row, tell everybody, answer the whole.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/proceedings.ts';
import type { Quorum } from '../../shared/proceedings.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Meetings } from '../meetings/index.ts';
import * as rules from './rules.ts';
import type { Reading, ReadingWorld, Scene } from './reading.ts';
import * as store from './store.ts';

type Proceedings = z.input<typeof wire.Proceedings>;
type DecisionInput = Pick<BodyOf<typeof wire.putDecision>, 'text' | 'basis' | 'positionId' | 'dueOn'>;
type AgendaSource = (tx: Tx, of: { meetingId: string; chairId: string; opdId: string }) => Promise<{ text: string; taskId: string }[]>;
/** `ditetapkan`, or `dicabut` after it had been confirmed. */
type Decided = { meetingId: string; kind: 'ditetapkan' | 'dicabut'; decision: wire.Decision };
type DecidedListener = (tx: Tx, decided: Decided) => Promise<void>;
export type DeskWorld = ReadingWorld & {
  sql: Sql;
  people: Pick<People, 'noteAccess' | 'opds'>;
  meetings: Pick<Meetings, 'insider' | 'chaired' | 'mustBeRunning' | 'mayReadAttendance'>;
};
const MEETINGS_KNOWN = 1_000;
type What = 'agenda' | 'quorum' | 'decision' | 'rollcall';
/** Who calls, and what they may do here. `member` null: reads the record of the office, and was not invited. */
type Here = Scene & { caller: Caller; member: string | null; chair: boolean; mayWrite: boolean; zone: wire.Proceedings['zone']; chairName: string };

export type ProceedingsDesk = ReturnType<typeof createDesk>;

export function createDesk({ sql, clock, people, meetings }: DeskWorld, reading: Reading) {
  const listeners: DecidedListener[] = [];
  /** The figures that browsers were last told to look at, by meeting. */
  const shown = new Map<string, string>();
  let source: AgendaSource = async () => [];

  /** Whoever belongs to it; else who may read the attendance of the meeting, which is then logged. Strangers find nothing. */
  async function here(tx: Tx, caller: Caller, id: string): Promise<Here> {
    const scene = (await reading.sceneOf(tx, id)) ?? refuse('not_found');
    const { meeting } = scene;
    const invited = caller.person !== null && meeting.invitations.some((i) => i.personId === caller.person?.id);
    const reads = caller.link === null && !invited && caller.person !== null && meetings.mayReadAttendance(caller.person, meeting);
    const member = reads ? null : (await meetings.insider(caller, id, tx)).member;
    const personId = member?.startsWith('p_') ? member.slice(2) : null;
    const chair = personId === meeting.chairId && caller.person?.id === meeting.chairId;
    const mayWrite = chair || (personId !== null && personId === (await store.notulisOf(tx, id)));
    if (member === null && caller.person)
      await people.noteAccess(tx, {
        by: caller.person.id,
        what: 'risalah.baca',
        subject: id,
        count: scene.invited.size,
        scope: { kind: 'meeting', id },
        persons: meeting.invitations.flatMap((i) => i.personId ?? []),
      });
    const zone = (await people.opds(tx)).find((opd) => opd.id === meeting.opdId)?.zone ?? 'Asia/Jakarta';
    return { ...scene, caller, member, chair, mayWrite, zone, chairName: scene.persons.get(meeting.chairId)?.name ?? '' };
  }

  const running = ({ meeting }: Pick<Scene, 'meeting'>): boolean => meeting.state === 'berlangsung';

  /** Born from the subject and the open tasks, when nobody has set it before. */
  async function bearAgenda(tx: Tx, { meeting }: Scene): Promise<void> {
    const is = await store.agendaOf(tx, meeting.id);
    if (!rules.agendaIsDue(is, meeting.startedAt)) return;
    // Nobody looked while it ran: what was open then is not known any more.
    const tasks = meeting.state === 'berakhir' ? [] : await source(tx, { meetingId: meeting.id, chairId: meeting.chairId, opdId: meeting.opdId });
    const items = [{ text: meeting.title, taskId: null }, ...tasks].map((item) => ({ id: randomUUID(), minutes: null, ...item }));
    await store.addAgenda(tx, meeting.id, { version: (is?.version ?? 0) + 1, items, byId: null, byName: null, at: clock.now() });
  }

  /** Writes down that the quorum was reached or lost, once. Answers the quorum that it looked at: who is present and how many are needed stays as it was. */
  async function settle(tx: Tx, scene: Scene): Promise<Quorum | null> {
    if (!running(scene)) return null;
    const { meeting } = scene;
    const quorum = await reading.quorumOf(tx, scene);
    const kind = rules.crossing(quorum.moments, quorum.present, quorum.needed);
    if (kind === null) return quorum;
    // Its end, which takes everybody out, may have come between the looks at the meeting and at who is inside.
    const still = await reading.sceneOf(tx, meeting.id);
    if (!still || !running(still)) return null;
    const units = rules.presentUnits(quorum.units).map((unit) => unit.unitName);
    const { present, needed } = quorum;
    await store.addQuorum(tx, meeting.id, { kind, present, needed, units, reason: null, byId: null, byName: null, at: clock.now() });
    return quorum;
  }

  /** People came or went. */
  async function settleNow(id: string): Promise<void> {
    await sql.begin(async (tx) => {
      await store.lockDesk(tx, id);
      const scene = await reading.sceneOf(tx, id);
      if (!scene || !running(scene)) return;
      await bearAgenda(tx, scene);
      const quorum = await settle(tx, scene);
      if (!quorum) return;
      const now = JSON.stringify([quorum.present, quorum.needed, quorum.units.length]);
      if (shown.get(id) === now) return;
      if (shown.size > MEETINGS_KNOWN) shown.clear();
      shown.set(id, now);
      await told(tx, id, 'quorum');
    });
  }

  const told = (tx: Tx, meetingId: string, what: What): Promise<void> =>
    tell(tx, [`meeting:${meetingId}`, `host:${meetingId}`], { type: 'proceedings.changed', meetingId, what });

  async function view(tx: Tx, at: Here): Promise<Proceedings> {
    const { meeting, persons, inside, member, chair, mayWrite, zone, chairName } = at;
    const record = await reading.recordOf(tx, at);
    return {
      ...record,
      meetingId: meeting.id,
      title: meeting.title,
      state: meeting.state,
      zone,
      chairName,
      chairActing: actingOf(at),
      serverTime: clock.now().toISOString(),
      you: {
        member,
        chair,
        mayWrite: mayWrite && meeting.state !== 'berakhir',
        mayVoice: running(at) && member !== null && inside.has(member) && at.invited.get(member)?.badge !== 'Pers',
      },
      rollUnits: reading.rollUnitsOf(at),
      posts: [...persons.values()].flatMap((person) =>
        person.positions.filter((post) => post.level !== 'staf').map((post) => ({ positionId: post.positionId, title: post.label, holderName: person.name })),
      ),
    };
  }

  /** How the chair leads the OPD of the meeting, where that is as Plt or Plh. */
  function actingOf({ meeting, persons }: Scene): string | null {
    const post = persons.get(meeting.chairId)?.positions.find(({ opdId }) => opdId === meeting.opdId);
    return post && post.as !== 'definitif' ? post.label : null;
  }

  async function open(caller: Caller, id: string): Promise<Proceedings> {
    return sql.begin(async (tx) => {
      const at = await here(tx, caller, id);
      await prepare(tx, at);
      return view(tx, at);
    });
  }

  /** Brings the record up to this moment. Most looks find nothing to do, and hold nobody up. */
  async function prepare(tx: Tx, scene: Scene): Promise<void> {
    const { meeting } = scene;
    const { moments, present, needed } = await reading.quorumOf(tx, scene);
    const moved = running(scene) && rules.crossing(moments, present, needed) !== null;
    if (!moved && !rules.agendaIsDue(await store.agendaOf(tx, meeting.id), meeting.startedAt)) return;
    await store.lockDesk(tx, meeting.id);
    await bearAgenda(tx, scene);
    await settle(tx, scene);
  }

  /** Locks the desk, looks who it is, acts, tells, answers the whole. */
  async function at(caller: Caller, id: string, what: What, act: (tx: Tx, at: Here) => Promise<unknown>): Promise<Proceedings> {
    return sql.begin(async (tx) => {
      await store.lockDesk(tx, id);
      const found = await here(tx, caller, id);
      await prepare(tx, found);
      if ((await act(tx, found)) !== false) await told(tx, id, what);
      return view(tx, await here(tx, caller, id));
    });
  }

  async function mustWrite(tx: Tx, { meeting, mayWrite }: Here): Promise<void> {
    if (!mayWrite) refuse('proceedings.not_writer');
    if (meeting.state === 'berakhir') await meetings.mustBeRunning(tx, meeting);
  }
  const mustBeChair = ({ chair }: Here): void => void (chair || refuse('meeting.not_chair'));
  const mustRun = (tx: Tx, { meeting }: Here): Promise<void> => meetings.mustBeRunning(tx, meeting);
  const mustNotBeOver = async (tx: Tx, { meeting }: Here): Promise<void> => (meeting.state === 'berakhir' ? meetings.mustBeRunning(tx, meeting) : undefined);
  const signed = (person: SignedIn): Caller => ({ person, link: null, pass: null, device: () => '' });
  const by = ({ caller, member, invited }: Here) => ({
    byId: caller.person?.id ?? (member?.startsWith('p_') ? member.slice(2) : null),
    byName: (member === null ? null : invited.get(member)?.name) ?? caller.person?.name ?? '',
    at: clock.now(),
  });

  const setAgenda = (caller: Caller, id: string, { version, items }: BodyOf<typeof wire.putAgenda>): Promise<Proceedings> =>
    at(caller, id, 'agenda', async (tx, found) => {
      await mustWrite(tx, found);
      const is = await store.agendaOf(tx, id);
      rules.mustBeVersion(is?.version ?? 0, version);
      const known = new Map(is?.items.map((item) => [item.id, item]));
      const next = items.map(({ id: itemId, text, minutes }) => {
        const before = known.get(itemId ?? '');
        return { id: itemId ?? randomUUID(), text, taskId: before?.taskId ?? null, minutes: minutes === undefined ? (before?.minutes ?? null) : minutes };
      });
      if (new Set(next.map((item) => item.id)).size < next.length) refuse('input.invalid', {}, [{ path: 'body.items', message: 'butir yang sama dua kali' }]);
      await store.addAgenda(tx, id, { version: version + 1, items: next, ...by(found) });
    });

  /** The clock goes on with the next item. Whoever presses what is there already changes nothing. */
  const setAgendaNow = (caller: Caller, id: string, { item, from }: BodyOf<typeof wire.putAgendaNow>): Promise<Proceedings> =>
    at(caller, id, 'agenda', async (tx, found) => {
      await mustWrite(tx, found);
      await mustRun(tx, found);
      const steps = await store.agendaStepsOf(tx, id);
      const now = steps.at(-1)?.itemId ?? null;
      if (steps.length > 0 && now === item) return false;
      if (now !== from) refuse('proceedings.changed');
      if (item !== null && !(await store.agendaOf(tx, id))?.items.some((one) => one.id === item)) refuse('not_found');
      return store.addAgendaStep(tx, id, { itemId: item, ...by(found) });
    });

  const nameNotulis = (person: SignedIn, id: string, personId: string | null): Promise<Proceedings> =>
    at(signed(person), id, 'agenda', async (tx, found) => {
      mustBeChair(found);
      await mustNotBeOver(tx, found);
      if (personId !== null && !found.meeting.invitations.some((i) => i.personId === personId)) refuse('proceedings.not_invited');
      if ((await store.notulisOf(tx, id)) === personId) return false;
      return store.addNotulis(tx, id, personId, person.id, clock.now());
    });

  const setQuorum = (person: SignedIn, id: string, { needed, reason }: BodyOf<typeof wire.putQuorum>): Promise<Proceedings> =>
    at(signed(person), id, 'quorum', async (tx, found) => {
      mustBeChair(found);
      await mustNotBeOver(tx, found);
      const { units, present } = await reading.quorumOf(tx, found);
      if (needed > Math.max(units.length, 1))
        refuse('call.quorum_too_high', { needed, units: units.length }, [{ path: 'body.needed', message: `paling banyak ${units.length}` }]);
      const names = rules.presentUnits(units).map((unit) => unit.unitName);
      await store.addQuorum(tx, id, { kind: 'diatur', present, needed, units: names, reason, ...by(found) });
      await settle(tx, found);
    });

  /** The post must be one, and the day must come. */
  async function checked(tx: Tx, { zone }: Here, input: DecisionInput) {
    rules.mustBeToCome(input.dueOn, dayIn(clock.now(), zone));
    const [post] = input.positionId === null ? [] : await people.positionsByIds(tx, [input.positionId]);
    if (input.positionId !== null && !post) refuse('input.invalid', {}, [{ path: 'body.positionId', message: 'Jabatan ini tidak ditemukan. Pilih lagi.' }]);
    return { text: input.text, basis: input.basis, dueOn: input.dueOn, positionId: input.positionId, positionTitle: post?.title ?? null };
  }
  const nothingYet = {
    no: null,
    holderId: null,
    holderName: null,
    holderLabel: null,
    silent: null,
    present: null,
    needed: null,
    underQuorumReason: null,
    strategic: null,
    strategicReason: null,
    decidedAs: null,
    reason: null,
  };

  const draft = (caller: Caller, id: string, { key, ...input }: BodyOf<typeof wire.postDecision>): Promise<Proceedings> =>
    at(caller, id, 'decision', async (tx, found) => {
      await mustWrite(tx, found);
      if (await store.decisionOf(tx, id, key)) return false;
      if (await store.isTaken(tx, key)) refuse('input.invalid', {}, [{ path: 'body.key', message: 'kunci sudah dipakai' }]);
      return store.addStep(tx, id, { decisionId: key, state: 'rancangan', version: 1, ...nothingYet, ...(await checked(tx, found, input)), ...by(found) });
    });

  const must = async (tx: Tx, id: string, decisionId: string): Promise<store.DecisionRow> =>
    (await store.decisionOf(tx, id, decisionId)) ?? refuse('not_found');

  /** The words of what is on everybody's screen are never changed under their eyes: a new version, and not read. */
  const change = (caller: Caller, id: string, decisionId: string, { version, ...input }: BodyOf<typeof wire.putDecision>): Promise<Proceedings> =>
    at(caller, id, 'decision', async (tx, found) => {
      await mustWrite(tx, found);
      const is = await must(tx, id, decisionId);
      rules.mustBeOpen(is);
      rules.mustBeVersion(is.version, version);
      const next = await checked(tx, found, input);
      await store.addStep(tx, id, { ...is, ...nothingYet, ...next, state: 'rancangan', version: version + 1, ...by(found) });
    });

  const read = (caller: Caller, id: string, decisionId: string, version: number): Promise<Proceedings> =>
    at(caller, id, 'decision', async (tx, found) => {
      await mustWrite(tx, found);
      await mustRun(tx, found);
      const is = await must(tx, id, decisionId);
      rules.mustBeOpen(is);
      rules.mustBeVersion(is.version, version);
      if (is.state === 'dibacakan') return false;
      for (const other of await store.readNow(tx, id)) await store.addStep(tx, id, { ...other, state: 'rancangan', ...by(found) });
      return store.addStep(tx, id, { ...is, state: 'dibacakan', ...by(found) });
    });

  const unread = (caller: Caller, id: string, decisionId: string): Promise<Proceedings> =>
    at(caller, id, 'decision', async (tx, found) => {
      await mustWrite(tx, found);
      const is = await must(tx, id, decisionId);
      rules.mustBeOpen(is);
      return is.state === 'dibacakan' && store.addStep(tx, id, { ...is, state: 'rancangan', ...by(found) });
    });

  const speak = (caller: Caller, id: string, decisionId: string, said: BodyOf<typeof wire.putVoice>): Promise<Proceedings> =>
    at(caller, id, 'decision', async (tx, found) => {
      const { member, invited, inside } = found;
      const who = member === null ? undefined : invited.get(member);
      if (!who) refuse('not_found');
      const is = await must(tx, id, decisionId);
      await mustRun(tx, found);
      if (who.badge === 'Pers') refuse('decision.press_listens');
      if (!inside.has(who.member)) refuse('decision.not_inside');
      rules.mustBeRead(is, said.version);
      const words = said.answer === 'keberatan' ? said.words : null;
      const before = rules.voicesTo(await store.voicesOf(tx, id), decisionId, is.version).find((voice) => voice.member === who.member);
      if (before?.answer === said.answer && before.words === words) return false;
      const { name, position, institution, badge, personId } = who;
      const voice = { member: who.member, personId, name, label: position ?? institution, badge, answer: said.answer, words, at: clock.now() };
      return store.addVoice(tx, id, { decisionId, version: is.version, ...voice });
    });

  const confirm = (person: SignedIn, id: string, decisionId: string, asked: BodyOf<typeof wire.postConfirmation>): Promise<Proceedings> =>
    at(signed(person), id, 'decision', async (tx, found) => {
      mustBeChair(found);
      await mustRun(tx, found);
      const is = await must(tx, id, decisionId);
      if (is.state === 'ditetapkan' && is.version === asked.version) return false;
      rules.mustBeRead(is, asked.version);
      rules.mustBeToCome(is.dueOn, dayIn(clock.now(), found.zone));
      const { present, needed } = await reading.quorumOf(tx, found);
      const given = rules.voicesTo(await store.voicesOf(tx, id), decisionId, is.version);
      const reasons = rules.confirm({
        objections: given.filter((voice) => voice.answer === 'keberatan'),
        seen: asked.objections,
        quorum: { present, needed },
        acting: actingOf(found),
        underQuorumReason: asked.underQuorumReason ?? null,
        strategic: asked.strategic ?? null,
        strategicReason: asked.strategicReason ?? null,
      });
      const [post] = is.positionId === null ? [] : await people.positionsByIds(tx, [is.positionId]);
      const holder = post?.holderNow ?? null;
      const held = holder && (await people.persons(tx, [holder.personId])).get(holder.personId)?.positions.find((p) => p.positionId === is.positionId);
      await store.addStep(tx, id, {
        ...is,
        ...reasons,
        state: 'ditetapkan',
        no: (await store.lastNumber(tx, id)) + 1,
        holderId: holder?.personId ?? null,
        holderName: holder?.name ?? null,
        holderLabel: held?.label ?? post?.title ?? null,
        silent: reading.silentIn(found, given),
        present,
        needed,
        decidedAs: actingOf(found) ?? found.invited.get(found.member ?? '')?.position ?? null,
        ...by(found),
      });
      await noteDecided(tx, found, decisionId, 'ditetapkan');
    });

  const revoke = (person: SignedIn, id: string, decisionId: string, reason: string): Promise<Proceedings> =>
    at(signed(person), id, 'decision', async (tx, found) => {
      mustBeChair(found);
      await mustRun(tx, found);
      const is = await must(tx, id, decisionId);
      if (is.state === 'dicabut') return false;
      await store.addStep(tx, id, { ...is, state: 'dicabut', reason, ...by(found) });
      if (is.state === 'ditetapkan') await noteDecided(tx, found, decisionId, 'dicabut');
      return true;
    });

  async function noteDecided(tx: Tx, scene: Scene, decisionId: string, kind: Decided['kind']): Promise<void> {
    const decision = (await reading.recordOf(tx, scene)).decisions.find((d) => d.id === decisionId);
    if (decision) for (const listener of listeners) await listener(tx, { meetingId: scene.meeting.id, kind, decision });
  }

  const callRoll = (caller: Caller, id: string, after: number): Promise<Proceedings> =>
    at(caller, id, 'rollcall', async (tx, found) => {
      await mustWrite(tx, found);
      await mustRun(tx, found);
      const last = Math.max(0, ...(await store.rollCallOf(tx, id)).map((row) => row.round));
      if (last > after) return false;
      const nobody = { member: null, personId: null, name: null, label: null, unitName: null, inside: null };
      return store.addRoll(tx, id, { round: last + 1, kind: 'dibuka', ...nobody, ...by(found) });
    });

  const mark = (caller: Caller, id: string, member: string, asked: BodyOf<typeof wire.putRollMark>): Promise<Proceedings> =>
    at(caller, id, 'rollcall', async (tx, found) => {
      await mustWrite(tx, found);
      await mustRun(tx, found);
      const rows = await store.rollCallOf(tx, id);
      const round = Math.max(0, ...rows.map((row) => row.round));
      if (round === 0) refuse('rollcall.no_round');
      if (asked.round !== round) refuse('rollcall.newer_round', { round });
      const unit = reading.rollUnitsOf(found).find(({ people: of }) => of.some((one) => one.member === member)) ?? refuse('not_found');
      const one = unit.people.find((p) => p.member === member) ?? refuse('not_found');
      const before = rules.marksIn(rows, round).find((row) => row.member === member)?.kind ?? null;
      if (before === asked.mark) return false;
      const { personId, name, label, inside } = one;
      return store.addRoll(tx, id, { round, kind: asked.mark ?? 'dibatalkan', member, personId, name, label, unitName: unit.unitName, inside, ...by(found) });
    });

  return {
    open,
    setAgenda,
    setAgendaNow,
    nameNotulis,
    setQuorum,
    draft,
    change,
    read,
    unread,
    speak,
    confirm,
    revoke,
    callRoll,
    mark,
    settleNow,
    prepare,
    onDecided: (listener: DecidedListener) => void listeners.push(listener),
    setAgendaSource: (given: AgendaSource) => void (source = given),
  };
}
