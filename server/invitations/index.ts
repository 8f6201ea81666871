// Invitations: answers of the invited, disposisi, letters with the event, personal links that move. Who is invited is `meetings`' to say.
import type { Sql, Tx } from '../platform/database.ts';
import type { Clock } from '../platform/clock.ts';
import type { Mail } from '../platform/mail.ts';
import type { Caller, ServedFile } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { createAnswering } from './answering.ts';
import { createBoard } from './board.ts';
import { feedText } from './feed.ts';
import { createLinkAsks } from './link-asks.ts';
import { createInvitationMail, type Paper } from './mail.ts';
import type { SeriesRule } from './mail-event.ts';
import { invitationRoutes } from './routes.ts';
import { listStandings, type ListStanding, type Said } from './rules.ts';
import { createSending, type Tell } from './sending.ts';
import { tellsWhoStays } from './staying.ts';
import * as store from './store.ts';
import { tellsOfPlans } from './telling.ts';

type Words = { title: string; text: string };
type World = {
  sql: Sql;
  clock: Clock;
  people: People;
  rooms: Rooms;
  meetings: Meetings;
  mail: Mail;
  letters: Parameters<typeof createSending>[0]['letters'];
  notifications: {
    notify(
      tx: Tx,
      notice: {
        kind: 'rapat';
        personIds: readonly string[];
        ref: string;
        words: { id: Words; en: Words };
        path: string;
        until?: Date;
        without?: readonly 'surel'[];
      },
    ): Promise<unknown>;
    wants(tx: Tx, personId: string, kind: 'rapat', channel: 'surel'): Promise<boolean>;
    choicesOf(tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, { represented: boolean }>>;
  };
  planning: { series(tx: Tx, id: string): Promise<SeriesRule | null> };
  undangan: {
    fileOf(tx: Tx, meetingId: string): Promise<Paper | null>;
    onIssued(listener: (tx: Tx, news: { meetingId: string; kind: Paper['kind'] }) => Promise<void>): void;
  };
};

const NEWS = { undangan: 'diundang', ralat: 'diubah', pembatalan: 'surat_batal' } as const;

export function createInvitations({ sql, clock, people, rooms, meetings, mail, letters, notifications, planning, undangan }: World) {
  const notice: Tell = async (tx, { personIds, meeting, title, id, en, mailed = false }) => {
    if (personIds.length === 0) return;
    await notifications.notify(tx, {
      kind: 'rapat',
      personIds,
      ref: meeting.id,
      words: { id: { title: title.id, text: id }, en: { title: title.en, text: en } },
      path: `/rapat/${meeting.id}`,
      ...(mailed && { without: ['surel' as const] }),
      ...(meeting.endedAt === null && meeting.startedAt === null && { until: meeting.startsAt }),
    });
  };
  const base = { sql, clock, people, meetings, rooms };
  const answering = createAnswering(base);
  const post = createInvitationMail({
    ...base,
    mail,
    series: planning.series,
    fileOf: undangan.fileOf,
    wantsMail: (tx, personId) => notifications.wants(tx, personId, 'rapat', 'surel'),
  });
  tellsOfPlans({ meetings, answering, notice }, post.note);
  /** The paper follows whoever was invited, or told that it is off, by mail before it was out. */
  undangan.onIssued(async (tx, { meetingId, kind }) => {
    const [meeting] = await meetings.meetingsByIds(tx, [meetingId]);
    if (!meeting) return;
    const members = (await meetings.invitationsOf(tx, meetingId)).map((i) => i.member);
    await post.note(tx, { meetingId, version: meeting.version, members, kind: NEWS[kind] });
  });
  const sending = createSending({ ...base, answering, letters, notice, takenBack: post.takenBack });
  const asks = createLinkAsks({ ...base, notice });
  const board = createBoard({ ...base, answering, asks, letters: post, notice });

  const ics = (caller: Caller, meetingId: string): Promise<ServedFile> =>
    sql.begin(async (tx) => {
      const { meeting } = await meetings.standing(caller, meetingId, tx);
      return { content: await post.fileFor(tx, meeting), name: 'undangan.ics', type: 'text/calendar' };
    });

  /** How each one stands in the list of a meeting who answered or has to do with a disposisi, by member. */
  async function standings(tx: Tx, meetingId: string): Promise<ReadonlyMap<string, ListStanding>> {
    const said = (await store.answersOf(tx, [meetingId])).map((a): [string, Said] => [a.member, { answer: a.answer, reason: a.reason }]);
    return listStandings(new Map(said), await store.disposisiOf(tx, meetingId));
  }

  tellsWhoStays({ meetings, choicesOf: notifications.choicesOf, standings });

  /** Of these meetings, which persons have said that they do not come. */
  const declined = async (tx: Tx, meetingIds: readonly string[]): Promise<{ meetingId: string; personId: string }[]> =>
    (await store.answersOf(tx, meetingIds)).flatMap((a) =>
      (a.answer === 'tidak' || a.answer === 'diwakili') && a.member.startsWith('p_') ? [{ meetingId: a.meetingId, personId: a.member.slice(2) }] : [],
    );

  return { routes: invitationRoutes({ answering, sending, board, asks, ics }), standings, declined, feedText };
}
