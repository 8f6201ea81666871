// Disposisi: somebody invited by post sends an officer of their own OPD, with an instruction and a number. The one who was sent is invited
// at once, may pass it down once, or hands it back; until the meeting begins it can be withdrawn.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { MyInvitation } from '../../shared/invitations.ts';
import type { Tx } from '../platform/database.ts';
import { dayIn, shortDateText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Meeting, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { senderOf, type Answering, type World as AnswerWorld } from './answering.ts';
import { endingWith, mustBeFree, passingOn, type Sent } from './rules.ts';
import * as store from './store.ts';

/** `mailed`: they get a letter of its own about it, or one would come too late. */
export type Notice = { personIds: readonly string[]; meeting: Meeting; id: string; en: string; title: { id: string; en: string }; mailed?: boolean };
export type Tell = (tx: Tx, notice: Notice) => Promise<void>;
type World = AnswerWorld & {
  answering: Answering;
  people: Pick<People, 'resolve'>;
  meetings: Pick<Meetings, 'inviteOne' | 'uninvite'>;
  letters: {
    takeNumber(
      tx: Tx,
      wanted: { opdId: string; series: string; classification: string; day: string; subject?: string; byId?: string | null },
    ): Promise<{ number: string }>;
  };
  /** A notice in the portal and over the channels each one chose. */
  notice: Tell;
  /** Who was invited by a disposisi is not any more: a letter that takes it out of their calendar. */
  takenBack: (tx: Tx, meeting: Meeting, members: readonly string[]) => Promise<unknown>;
};

/** Undangan in the classification of government letters; what an OPD files its disposisi under is its own to type. */
const CLASSIFICATION = '005';

export function createSending({ sql, clock, answering, people, meetings, letters, notice, takenBack }: World) {
  const { ownLocked, tellChanged, viewOf } = answering;

  const send = (person: SignedIn, caller: Caller, meetingId: string, asked: { to: string; instruction: string; number?: string | undefined }) =>
    sql.begin(async (tx): Promise<z.input<typeof MyInvitation>> => {
      const { meeting, invitation } = await ownLocked(tx, { ...caller, link: null }, meetingId);
      if (person.id === meeting.chairId) refuse('answer.chair');
      const all = await store.disposisiOf(tx, meetingId);
      const sender = senderOf(invitation);
      const parent = passingOn(sender, all);
      const zone = await answering.zoneOf(tx, meeting);
      const now = clock.now();
      const day = dayIn(now, zone);
      const [to] = await people.resolve(tx, { people: [asked.to], positions: [], units: [] }, day);
      if (!to) refuse('disposisi.not_own_opd', {}, [{ path: 'to', message: 'pegawai OPD Anda sendiri' }]);
      const toMember = `p_${to.personId}`;
      mustBeFree({ member: toMember, name: to.name, opdId: to.opdId }, sender, `p_${meeting.chairId}`, all);
      const opdId = invitation.opdId ?? refuse('disposisi.not_own_opd');
      const number =
        asked.number ??
        (await letters.takeNumber(tx, { opdId, series: 'disposisi', classification: CLASSIFICATION, day, subject: meeting.title, byId: person.id })).number;
      const { added } = await meetings.inviteOne(tx, meeting, person.id, { ...to, via: `disposisi ${number}` });
      const id = randomUUID();
      await store.insertDisposisi(tx, {
        id,
        meetingId,
        parentId: parent?.id ?? null,
        opdId,
        number,
        day,
        instruction: asked.instruction,
        fromMember: invitation.member,
        fromName: invitation.name,
        fromPosition: invitation.position,
        toMember,
        toName: to.name,
        toPosition: to.position,
        invited: added,
        byId: person.id,
        at: now,
      });
      await noteAnswer(tx, meeting, invitation.member, person, { answer: 'diwakili', reason: null, disposisiId: id });
      await notice(tx, {
        personIds: [to.personId],
        meeting,
        mailed: added,
        title: { id: `Disposisi ${number} dari ${invitation.name}`, en: `Disposisi ${number} from ${invitation.name}` },
        id: `Anda diminta mewakili ${invitation.position ?? invitation.name} dalam rapat “${meeting.title}”, ${shortDateText(meeting.startsAt, zone)}: ${asked.instruction}`,
        en: `You are asked to stand in for ${invitation.position ?? invitation.name} at “${meeting.title}”: ${asked.instruction}`,
      });
      await tellChanged(tx, meeting, [person.id, to.personId]);
      return viewOf(tx, { ...caller, link: null }, meetingId);
    });

  const noteAnswer = (
    tx: Tx,
    meeting: Meeting,
    member: string,
    by: SignedIn,
    said: Pick<store.AnswerRow, 'answer' | 'reason' | 'disposisiId'>,
  ): Promise<void> => store.insertAnswer(tx, { meetingId: meeting.id, member, ...said, way: 'sesi', byId: by.id, byName: null, at: clock.now() });

  /** It and what was passed down from it: over. Whoever was invited only by it is not invited any more; who sent has no answer again. */
  async function end(
    tx: Tx,
    meeting: Meeting,
    all: readonly Sent[],
    id: string,
    by: SignedIn,
    how: { kind: 'ditarik' | 'dikembalikan'; reason: string | null },
  ) {
    const ending = endingWith(all, id);
    for (const one of ending) {
      const kind = one.id === id ? how.kind : 'ikut';
      const reason = one.id === id ? how.reason : null;
      if (!(await store.endDisposisi(tx, { id: one.id, meetingId: meeting.id, kind, reason, byId: by.id, byName: by.name, at: clock.now() })))
        refuse('disposisi.over');
      await noteAnswer(tx, meeting, one.fromMember, by, { answer: 'belum', reason: null, disposisiId: one.id });
    }
    const out = ending.filter((one) => one.invited).map((one) => one.toMember);
    await takenBack(tx, meeting, out);
    for (const member of out) await meetings.uninvite(tx, meeting, member);
    return ending;
  }

  const withdraw = (person: SignedIn, caller: Caller, meetingId: string, disposisiId: string) =>
    sql.begin(async (tx): Promise<z.input<typeof MyInvitation>> => {
      const own = { ...caller, link: null };
      const { meeting, invitation } = await ownLocked(tx, own, meetingId);
      const all = await store.disposisiOf(tx, meetingId);
      const sent = all.find((d) => d.id === disposisiId && d.fromMember === invitation.member) ?? refuse('not_found');
      if (sent.ended !== null) refuse('disposisi.over');
      const ended = await end(tx, meeting, all, sent.id, person, { kind: 'ditarik', reason: null });
      await notice(tx, {
        personIds: personsOf(ended.map((e) => e.toMember)),
        meeting,
        mailed: sent.invited,
        title: { id: `Disposisi ${sent.number} ditarik`, en: `Disposisi ${sent.number} withdrawn` },
        id: `${sent.fromName} menarik disposisi untuk rapat “${meeting.title}”. Anda tidak perlu mewakili lagi.`,
        en: `${sent.fromName} has withdrawn the disposisi for “${meeting.title}”. You need not stand in any more.`,
      });
      await tellChanged(tx, meeting, personsOf([invitation.member, ...ended.map((e) => e.toMember)]));
      return viewOf(tx, own, meetingId);
    });

  const handBack = (person: SignedIn, caller: Caller, meetingId: string, disposisiId: string, reason: string): Promise<void> =>
    sql.begin(async (tx) => {
      const { meeting, invitation } = await ownLocked(tx, { ...caller, link: null }, meetingId);
      const all = await store.disposisiOf(tx, meetingId);
      const sent = all.find((d) => d.id === disposisiId && d.toMember === invitation.member) ?? refuse('not_found');
      if (sent.ended !== null) refuse('disposisi.over');
      const ended = await end(tx, meeting, all, sent.id, person, { kind: 'dikembalikan', reason });
      await notice(tx, {
        personIds: personsOf([sent.fromMember]),
        meeting,
        title: { id: `Disposisi ${sent.number} dikembalikan`, en: `Disposisi ${sent.number} handed back` },
        id: `${sent.toName} mengembalikan disposisi untuk rapat “${meeting.title}”: ${reason}. Tunjuk orang lain, atau jawab sendiri.`,
        en: `${sent.toName} has handed back the disposisi for “${meeting.title}”: ${reason}. Send somebody else, or answer yourself.`,
      });
      await tellChanged(tx, meeting, personsOf([sent.fromMember, ...ended.map((e) => e.toMember)]));
    });

  return { send, withdraw, handBack };
}

const personsOf = (members: readonly string[]): string[] => members.flatMap((m) => (m.startsWith('p_') ? [m.slice(2)] : []));
