// The own invitation and its answer; and answers that somebody gave by telephone, written down by who prepares the meeting.
import type { z } from 'zod';
import type { Answer, Disposisi, MyAnswers, MyInvitation } from '../../shared/invitations.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { clockText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Dossier, Meeting, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { givenBy, isSame, mayPassOn, mustAnswerThemselves, receivedBy, type Said, type Sender } from './rules.ts';
import * as store from './store.ts';

export type Invited = Omit<Dossier['invitations'][number], 'linkUsed'>;
export type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'topOpd' | 'persons'>;
  meetings: Pick<
    Meetings,
    'standing' | 'lockMeeting' | 'prepared' | 'mayPrepare' | 'invitationsOf' | 'invitationsIn' | 'cards' | 'meetingsByIds' | 'appointments'
  >;
};
export type Answering = ReturnType<typeof createAnswering>;
type Asked = { answer: 'hadir' | 'belum' } | { answer: 'tidak'; reason: string };

const saidIn = (asked: Asked): Said => ({ answer: asked.answer, reason: asked.answer === 'tidak' ? asked.reason : null });

export function createAnswering({ sql, clock, people, meetings }: World) {
  const zoneOf = async (tx: Tx, meeting: Pick<Meeting, 'opdId'>) => (await people.topOpd(tx, meeting.opdId))?.zone ?? 'Asia/Jakarta';

  /** Answers are about what has not begun. */
  async function mustBeOpen(tx: Tx, meeting: Meeting): Promise<void> {
    if (meeting.state === 'terjadwal') return;
    if (meeting.state === 'dibatalkan') refuse('meeting.cancelled', { reason: meeting.cancelReason });
    const zone = await zoneOf(tx, meeting);
    if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt, zone) });
    refuse('meeting.begun', { time: clockText(meeting.startedAt, zone) });
  }

  /** The own invitation with its meeting locked: who answers, sends and withdraws goes one after another, and before the meeting begins. */
  async function ownLocked(tx: Tx, caller: Caller, meetingId: string | undefined) {
    const { meeting: known } = await meetings.standing(caller, meetingId, tx);
    await meetings.lockMeeting(tx, known.id);
    const found = await meetings.standing(caller, known.id, tx);
    await mustBeOpen(tx, found.meeting);
    return found;
  }

  async function say(tx: Tx, meeting: Meeting, invitation: Invited, said: Said, by: Pick<store.AnswerRow, 'way' | 'byId' | 'byName'>): Promise<void> {
    if (invitation.personId === meeting.chairId) refuse('answer.chair');
    mustAnswerThemselves(await store.disposisiOf(tx, meeting.id), invitation.member);
    const [before] = await store.historyOf(tx, meeting.id, invitation.member);
    if (isSame(before ?? null, said)) return;
    await store.insertAnswer(tx, { meetingId: meeting.id, member: invitation.member, ...said, ...by, disposisiId: null, at: clock.now() });
    await tellChanged(tx, meeting, [invitation.personId]);
  }

  /** Those it concerns, and who prepares the meeting. */
  async function tellChanged(tx: Tx, meeting: Meeting, personIds: readonly (string | null)[]): Promise<void> {
    const persons = [...personIds, meeting.chairId, meeting.plannerId].flatMap((id) => (id ? [`person:${id}`] : []));
    await tell(tx, [`host:${meeting.id}`, ...new Set(persons)], { type: 'answers.changed', meetingId: meeting.id });
  }

  const answer = (caller: Caller, meetingId: string, asked: Asked): Promise<z.input<typeof MyInvitation>> =>
    sql.begin(async (tx) => {
      const { meeting, invitation, via } = await ownLocked(tx, caller, meetingId);
      const person = via === 'session' ? caller.person : null;
      await say(tx, meeting, invitation, saidIn(asked), { way: person ? 'sesi' : 'tautan', byId: person?.id ?? null, byName: null });
      return viewOf(tx, caller, meetingId);
    });

  const answerFor = (person: SignedIn, meetingId: string, invitationId: string, asked: Asked): Promise<void> =>
    sql.begin(async (tx) => {
      const meeting = await meetings.prepared(tx, person, meetingId);
      await mustBeOpen(tx, meeting);
      const invitation = (await meetings.invitationsOf(tx, meetingId)).find((i) => i.id === invitationId) ?? refuse('not_found');
      await say(tx, meeting, invitation, saidIn(asked), { way: 'penyiap', byId: person.id, byName: person.name });
    });

  const mine = (caller: Caller, meetingId: string | undefined): Promise<z.input<typeof MyInvitation>> => viewOf(sql, caller, meetingId);

  async function viewOf(tx: Tx, caller: Caller, meetingId: string | undefined): Promise<z.input<typeof MyInvitation>> {
    const { meeting, invitation, via } = await meetings.standing(caller, meetingId, tx);
    const all = await store.disposisiOf(tx, meeting.id);
    const history = await store.historyOf(tx, meeting.id, invitation.member);
    const opd = await people.topOpd(tx, meeting.opdId);
    const chair = (await people.persons(tx, [meeting.chairId])).get(meeting.chairId);
    const youChair = invitation.personId === meeting.chairId;
    const signedIn = via === 'session' && caller.person !== null && caller.person.id === invitation.personId;
    const given = givenBy(all, invitation.member);
    return {
      meeting: {
        id: meeting.id,
        title: meeting.title,
        sifat: meeting.sifat,
        state: meeting.state,
        opdName: opd?.name ?? '',
        chairName: chair?.name ?? '',
        place: meeting.place,
        description: meeting.description,
        startsAt: meeting.startsAt.toISOString(),
        endsAt: meeting.endsAt?.toISOString() ?? null,
        zone: opd?.zone ?? 'Asia/Jakarta',
        cancelReason: meeting.state === 'dibatalkan' ? meeting.cancelReason : null,
      },
      you: {
        member: invitation.member,
        name: invitation.name,
        position: invitation.position,
        opdName: invitation.opdName ?? invitation.institution,
        opdId: signedIn ? invitation.opdId : null,
        badge: invitation.badge,
        chair: youChair,
        signedIn,
      },
      answer: youChair ? 'hadir' : answerNow(history[0]),
      history: history.map((h) => ({ answer: h.answer, reason: h.reason, at: h.at.toISOString(), by: h.way === 'penyiap' ? h.byName : null })),
      open: meeting.state === 'terjadwal' && !youChair,
      mayDelegate: signedIn && meeting.state === 'terjadwal' && !youChair && mayPassOn(senderOf(invitation), all),
      given: given && disposisiView(given),
      received: receivedBy(all, invitation.member).map(disposisiView),
      serverTime: clock.now().toISOString(),
    };
  }

  /** Of what is planned for this person. */
  async function mineAll(person: SignedIn): Promise<z.input<typeof MyAnswers>> {
    const now = clock.now();
    const span = { from: now, to: new Date(now.getTime() + AHEAD_MS), lasts: 1, viewerId: person.id };
    const ids = [...new Set((await meetings.appointments(sql, [person.id], span)).map((a) => a.meetingId))];
    const planned = (await meetings.meetingsByIds(sql, ids)).filter((m) => m.state === 'terjadwal');
    const said = await store.answersOf(
      sql,
      planned.map((m) => m.id),
    );
    const own = `p_${person.id}`;
    const prepared = planned.filter((m) => meetings.mayPrepare(person, m));
    const asked = await askedIn(sql, prepared);
    const answered = new Set(said.flatMap((s) => (s.answer === 'belum' ? [] : [`${s.meetingId} ${s.member}`])));
    return planned.map((m) => ({
      meetingId: m.id,
      answer: m.chairId === person.id ? ('hadir' as const) : answerNow(said.find((s) => s.meetingId === m.id && s.member === own)),
      unanswered: prepared.includes(m) ? asked.filter((i) => i.meetingId === m.id && !answered.has(`${m.id} ${i.member}`)).length : null,
    }));
  }

  /** Who was asked for an answer: the chair was not, nor who only goes for another. */
  async function askedIn(tx: Tx, of: readonly Meeting[]): Promise<Invited[]> {
    if (of.length === 0) return [];
    const ids = of.map(({ id }) => id);
    const chairs = new Map(of.map(({ id, chairId }) => [id, chairId]));
    const sent = new Set((await store.sentIn(tx, ids)).map((one) => `${one.meetingId} ${one.member}`));
    return (await meetings.invitationsIn(tx, ids)).filter(
      (i) => i.personId !== chairs.get(i.meetingId) && !sent.has(`${i.meetingId} ${i.member}`) && !i.linkRevokedAt,
    );
  }
  const askedOf = (tx: Tx, meeting: Meeting): Promise<Invited[]> => askedIn(tx, [meeting]);

  return { mustBeOpen, ownLocked, tellChanged, answer, answerFor, mine, viewOf, mineAll, askedOf, zoneOf };
}

const AHEAD_MS = 62 * 86_400_000;

export const answerNow = (newest: { answer: Answer } | undefined): Answer => newest?.answer ?? 'belum';
export const senderOf = ({ member, via, rank, opdId }: Invited): Sender => ({ member, via, rank, opdId });

export const disposisiView = (d: store.DisposisiRow): z.input<typeof Disposisi> => ({
  id: d.id,
  number: d.number,
  day: d.day,
  instruction: d.instruction,
  fromName: d.fromName,
  fromPosition: d.fromPosition,
  toName: d.toName,
  toPosition: d.toPosition,
  at: d.at.toISOString(),
  state: d.ended ?? 'berlaku',
  endReason: d.endReason,
});
