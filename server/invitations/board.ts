// What the preparer of a meeting sees: who answered what, who has not, each link, each letter; and asking those who have not once more.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { AnswerBoard, AnswerCounts, InvitedRow } from '../../shared/invitations.ts';
import type { Right } from '../../shared/meetings.ts';
import type { Tx } from '../platform/database.ts';
import { clockText, dateText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meeting, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { answerNow, disposisiView, type Answering, type World as AnswerWorld } from './answering.ts';
import type { createInvitationMail } from './mail.ts';
import type { createLinkAsks } from './link-asks.ts';
import type { Tell } from './sending.ts';
import * as store from './store.ts';

type World = AnswerWorld & {
  answering: Answering;
  asks: Pick<ReturnType<typeof createLinkAsks>, 'waiting'>;
  letters: Pick<ReturnType<typeof createInvitationMail>, 'letterStates' | 'remind'>;
  people: Pick<People, 'noteAccess'>;
  rooms: Pick<Rooms, 'members' | 'putOut'>;
  meetings: Pick<Meetings, 'entryPath' | 'turnLinkOff'>;
  notice: Tell;
};
type Row = z.input<typeof InvitedRow>;

const REMIND_EVERY_MS = 3_600_000;

export function createBoard({ sql, clock, answering, asks, letters, people, rooms, meetings, notice }: World) {
  const read = (person: SignedIn, meetingId: string): Promise<z.input<typeof AnswerBoard>> =>
    sql.begin(async (tx) => {
      const meeting = await meetings.prepared(tx, person, meetingId);
      const rows = await rowsOf(tx, meeting);
      const persons = rows.flatMap((r) => (r.member.startsWith('p_') ? [r.member.slice(2)] : []));
      await people.noteAccess(tx, {
        by: person.id,
        what: 'undangan.baca',
        subject: meetingId,
        count: rows.length,
        scope: { kind: 'meeting', id: meetingId },
        persons,
      });
      const remindedAt = await store.lastReminder(tx, meetingId);
      return {
        ...figuresOf(rows),
        rows,
        asks: await asks.waiting(tx, meetingId, await meetings.invitationsOf(tx, meetingId)),
        remindedAt: remindedAt?.toISOString() ?? null,
        remindFrom: remindedAt && new Date(remindedAt.getTime() + REMIND_EVERY_MS).toISOString(),
        serverTime: clock.now().toISOString(),
      };
    });

  async function rowsOf(tx: Tx, meeting: Meeting): Promise<Row[]> {
    const invitations = await meetings.invitationsOf(tx, meeting.id);
    const said = new Map((await store.answersOf(tx, [meeting.id])).map((a) => [a.member, a]));
    const all = await store.disposisiOf(tx, meeting.id);
    const standings = new Map((meeting.roomId ? await rooms.members(tx, meeting.roomId) : []).map((m) => [m.member, m]));
    const mailed = await letters.letterStates(
      tx,
      meeting.id,
      invitations.map((i) => i.member),
    );
    const rows = invitations.map((i): Row => {
      const chair = i.personId === meeting.chairId;
      const answer = said.get(i.member);
      const given = all.findLast((d) => d.fromMember === i.member);
      const standing = standings.get(i.member);
      const right: Right = standing?.word ?? (chair ? 'host' : 'speaker');
      return {
        id: i.id,
        member: i.member,
        name: i.name,
        position: i.position,
        opdName: i.opdName,
        badge: i.badge,
        institution: i.institution,
        via: i.via,
        chair,
        answer: chair ? 'hadir' : answerNow(answer),
        reason: answer?.reason ?? null,
        answeredAt: answer?.at.toISOString() ?? null,
        answeredBy: answer?.way === 'penyiap' ? answer.byName : null,
        disposisi: given ? disposisiView(given) : null,
        delegate: all.some((d) => d.ended === null && d.invited && d.toMember === i.member),
        link: i.linkOffAt || i.linkRevokedAt ? '' : meetings.entryPath(i),
        linkState: i.linkOffAt || i.linkRevokedAt ? 'dicabut' : i.linkBrowser === null ? 'belum_dibuka' : 'dipakai',
        right,
        removed: standing?.removedAt != null,
        banned: standing?.banned ?? false,
        mail: mailed.get(i.member) ?? null,
      };
    });
    return rows.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  }
  const remind = (person: SignedIn, meetingId: string): Promise<{ reminded: number }> =>
    sql.begin(async (tx) => {
      const meeting = await meetings.prepared(tx, person, meetingId);
      await answering.mustBeOpen(tx, meeting);
      const zone = await answering.zoneOf(tx, meeting);
      const now = clock.now();
      const last = await store.lastReminder(tx, meetingId);
      const from = last && new Date(last.getTime() + REMIND_EVERY_MS);
      if (from && from > now) refuse('answer.reminded', { time: clockText(from, zone) });
      const said = new Map((await store.answersOf(tx, [meetingId])).map((a) => [a.member, a]));
      const open = (await answering.askedOf(tx, meeting)).filter((i) => answerNow(said.get(i.member)) === 'belum');
      if (open.length === 0) refuse('answer.nobody_left');
      const id = randomUUID();
      await store.insertReminder(tx, { id, meetingId, members: open.map((i) => i.member), byId: person.id, at: now });
      const when = `${dateText(meeting.startsAt, zone)}, ${clockText(meeting.startsAt, zone)}`;
      await notice(tx, {
        personIds: open.flatMap((i) => i.personId ?? []),
        meeting,
        title: { id: 'Undangan menunggu jawaban Anda', en: 'An invitation awaits your answer' },
        id: `“${meeting.title}”, ${when}. Jawab hadir, tidak dapat hadir, atau tunjuk yang mewakili.`,
        en: `“${meeting.title}”, ${when}. Say whether you come, or send somebody in your place.`,
      });
      await letters.remind(
        tx,
        id,
        open.filter((i) => i.personId === null && i.email !== null).map((i) => i.member),
      );
      return { reminded: open.length };
    });

  /** The link opens nothing any more; who is inside by it goes out. */
  async function revokeLink(person: SignedIn, meetingId: string, invitationId: string): Promise<void> {
    const out = await sql.begin(async (tx) => {
      const meeting = await meetings.prepared(tx, person, meetingId);
      const invitation = (await meetings.invitationsOf(tx, meetingId)).find((i) => i.id === invitationId) ?? refuse('not_found');
      if (invitation.linkOffAt) return null;
      await meetings.turnLinkOff(tx, invitation, person.id);
      await answering.tellChanged(tx, meeting, []);
      return meeting.roomId && invitation.linkBrowser ? { roomId: meeting.roomId, member: invitation.member, browser: invitation.linkBrowser } : null;
    });
    if (out) await rooms.putOut(out.roomId, out.member, out.browser);
  }

  return { read, remind, revokeLink };
}

const isOpen = (row: Row): boolean => row.answer === 'belum' && !row.delegate;

/** Delegates are asked for no answer of their own: they are counted with whom they go for. */
function figuresOf(rows: readonly Row[]): { counts: AnswerCounts; units: (AnswerCounts & { name: string })[] } {
  const asked = rows.filter((r) => !r.delegate);
  const count = (of: readonly Row[]): AnswerCounts => {
    const n = (answer: Row['answer']): number => of.filter((r) => r.answer === answer).length;
    return { invited: of.length, hadir: n('hadir'), tidak: n('tidak'), diwakili: n('diwakili'), belum: n('belum') };
  };
  const names = [...new Set(asked.map(unitOf))];
  const units = names.map((name) => ({ name, ...count(asked.filter((r) => unitOf(r) === name)) }));
  return { counts: count(asked), units: units.toSorted((a, b) => b.belum - a.belum || a.name.localeCompare(b.name, 'id')) };
}
const unitOf = (r: Row): string => r.opdName ?? r.institution ?? '–';
