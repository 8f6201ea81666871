// Letters by mail about what people are invited to: asked for in the transaction that plans, changes or calls off; written when their turn
// comes. One letter for each person and act, however often it is tried; several meetings of one series that change together are one letter.
// They carry the event (RFC 6047), so that calendars put it in, move it and take it out by themselves.
import { randomUUID } from 'node:crypto';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Letter, Mail } from '../platform/mail.ts';
import type { LetterState } from '../../shared/mail.ts';
import type { Meeting, Meetings, PlanNews } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Invited } from './answering.ts';
import { createMailEvents, type World as EventWorld } from './mail-event.ts';
import { createMailWords, type About, type Kind, type Reader } from './mail-words.ts';
import * as store from './store.ts';

export type Paper = { kind: 'undangan' | 'ralat' | 'pembatalan'; name: string; type: string; bytes: Buffer };
export type World = EventWorld & {
  sql: Sql;
  clock: Clock;
  mail: Mail;
  people: Pick<People, 'topOpd' | 'persons' | 'contacts'>;
  meetings: Pick<Meetings, 'meetingsByIds' | 'meetingsOfSeries' | 'invitationsOf' | 'changesOf' | 'answerPath'>;
  /** The PDF of the letter in force for a meeting, where it says what the plan says. */
  fileOf: (tx: Tx, meetingId: string) => Promise<Paper | null>;
  /** Whether this person wants mail of meetings. */
  wantsMail: (tx: Tx, personId: string) => Promise<boolean>;
};
const kindOf: Record<store.NewsRow['kind'], Kind> = {
  direncanakan: 'undangan',
  diundang: 'undangan',
  diubah: 'undangan.ubah',
  dibatalkan: 'undangan.batal',
  ditarik: 'undangan.batal',
  surat_batal: 'undangan.batal',
};
const REMINDER = 'undangan.ingat';

export function createInvitationMail({ sql, clock, mail, people, meetings, series, fileOf, wantsMail }: World) {
  const { wordsOf, reminderOf } = createMailWords({ mail, meetings });
  const { eventOf, fileFor } = createMailEvents({ clock, mail, people, meetings, series });

  /** Answers whom this letter is new to: others have it by an earlier meeting of the same series and act. null: nobody is written to. */
  async function note(tx: Tx, news: Pick<PlanNews, 'meetingId' | 'version' | 'members'> & { kind: store.NewsRow['kind'] }): Promise<string[] | null> {
    const [meeting] = await meetings.meetingsByIds(tx, [news.meetingId]);
    if (!meeting || meeting.instant || news.members.length === 0) return null;
    const { kind, meetingId, version } = news;
    const batch = await store.insertNews(tx, { id: randomUUID(), meetingId, seriesId: meeting.seriesId, version, kind, at: clock.now() });
    const have = await writtenTo(tx, batch, kind, meeting);
    const fresh = news.members.filter((member) => !have.has(member));
    await mail.send(
      tx,
      kindOf[kind],
      fresh.map((member) => `${batch}:${member}`),
      { once: true },
    );
    return fresh;
  }

  /** A guest of several meetings of a series has an invitation to each, and one letter of them all. */
  async function writtenTo(tx: Tx, batch: string, kind: store.NewsRow['kind'], { id }: Meeting): Promise<ReadonlySet<string>> {
    const before = (await store.newsOf(tx, batch)).filter(({ meetingId }) => meetingId !== id);
    if (before.length === 0) return new Set();
    const invited = await meetings.invitationsOf(tx, id);
    const earlier = [...invited];
    for (const one of before) earlier.push(...(await meetings.invitationsOf(tx, one.meetingId)).filter(isGuest));
    const asked = await mail.statesOf(tx, kindOf[kind], [...new Set(earlier.map(({ member }) => `${batch}:${member}`))]);
    const written = earlier.filter(({ member }) => asked.has(`${batch}:${member}`));
    return new Set(invited.filter((i) => written.some((one) => one.member === i.member || (isGuest(i) && sameGuest(i)(one)))).map(({ member }) => member));
  }
  for (const kind of ['undangan', 'undangan.ubah', 'undangan.batal'] as const) mail.kind(kind, (ref) => sql.begin((tx) => written(tx, kind, ref)));
  mail.kind(REMINDER, (ref) => sql.begin((tx) => reminder(tx, ref)));

  async function readerOf(tx: Tx, member: string, invitation: Invited | null, zone: Zone): Promise<Reader | null> {
    if (!member.startsWith('p_'))
      return invitation?.email ? { name: invitation.name, email: invitation.email, zone, personId: null, is: sameGuest(invitation) } : null;
    const personId = member.slice(2);
    const [contact] = await people.contacts(tx, [personId]);
    if (!contact?.email || !(await wantsMail(tx, personId))) return null;
    return {
      name: contact.name,
      email: contact.email,
      zone: (await people.persons(tx, [personId])).get(personId)?.opd?.zone ?? zone,
      personId,
      is: (i) => i.member === member,
    };
  }

  async function written(tx: Tx, kind: Kind, ref: string): Promise<Letter | null> {
    const { batch, member } = partsOf(ref);
    const abouts: About[] = [];
    const rows: { news: store.NewsRow; meeting: Meeting; invited: Invited[] }[] = [];
    for (const news of await store.newsOf(tx, batch)) {
      const [meeting] = await meetings.meetingsByIds(tx, [news.meetingId]);
      if (meeting) rows.push({ news, meeting, invited: await meetings.invitationsOf(tx, meeting.id) });
    }
    const asked = rows.flatMap(({ invited }) => invited.filter((i) => i.member === member))[0];
    for (const { news, meeting, invited } of rows) {
      const invitation = invited.find((i) => i.member === member || (asked && isGuest(asked) && sameGuest(asked)(i))) ?? null;
      if (invitation !== null || news.kind === 'ditarik') abouts.push({ news, meeting, invitation });
    }
    // What has begun, or was called off meanwhile, is no news any more; who was invited again after all is not taken out.
    const due = abouts.filter(({ meeting, invitation, news }) =>
      news.kind === 'dibatalkan' || news.kind === 'surat_batal' ? true : meeting.state === 'terjadwal' && (news.kind !== 'ditarik' || invitation === null),
    );
    const [first] = due;
    if (!first) return null;
    const opd = await people.topOpd(tx, first.meeting.opdId);
    const zone = opd?.zone ?? 'Asia/Jakarta';
    const reader = await readerOf(tx, member, first.invitation, zone);
    if (!reader) return null;
    const office = { zone, opdName: opd?.name ?? '', chairName: (await people.persons(tx, [first.meeting.chairId])).get(first.meeting.chairId)?.name ?? '' };
    const file = due.length > 1 ? null : await paperFor(tx, first);
    // That it is off was told when it was called off; this letter is for the paper.
    if (first.news.kind === 'surat_batal' && !file) return null;
    return {
      to: { name: reader.name, address: reader.email },
      ...(await wordsOf(tx, kind, due, reader, office)),
      ics: await eventOf(tx, kind, due, reader, office),
      ...(file && { attachments: [{ name: file.name, type: file.type, content: file.bytes }] }),
    };
  }

  /** Of the paper only what says the same as the letter: to whom it is called off, the pembatalan, and to nobody else. */
  async function paperFor(tx: Tx, { news, meeting }: About): Promise<Paper | null> {
    if (news.kind === 'dibatalkan' || news.kind === 'ditarik') return null;
    const paper = await fileOf(tx, meeting.id);
    return (paper?.kind === 'pembatalan') === (news.kind === 'surat_batal') ? paper : null;
  }

  /** For guests; who has an account is told by a notice. */
  async function reminder(tx: Tx, ref: string): Promise<Letter | null> {
    const { batch: id, member } = partsOf(ref);
    const asked = await store.reminderById(tx, id);
    const [meeting] = asked ? await meetings.meetingsByIds(tx, [asked.meetingId]) : [];
    if (meeting?.state !== 'terjadwal') return null;
    const invitation = (await meetings.invitationsOf(tx, meeting.id)).find((i) => i.member === member);
    const opd = await people.topOpd(tx, meeting.opdId);
    const zone = opd?.zone ?? 'Asia/Jakarta';
    const reader = invitation && (await readerOf(tx, member, invitation, zone));
    if (!reader) return null;
    return { to: { name: reader.name, address: reader.email }, ...reminderOf(meeting, invitation, reader, { zone, opdName: opd?.name ?? '' }) };
  }
  const remind = (tx: Tx, reminderId: string, members: readonly string[]): Promise<void> =>
    mail.send(
      tx,
      REMINDER,
      members.map((m) => `${reminderId}:${m}`),
      { once: true },
    );

  /** Not invited any more: out of their calendar. */
  const takenBack = (tx: Tx, meeting: Meeting, members: readonly string[]): Promise<unknown> =>
    note(tx, { meetingId: meeting.id, version: meeting.version, members, kind: 'ditarik' });

  /** How the newest letter to each of these stands. */
  async function letterStates(tx: Tx, meetingId: string, members: readonly string[]): Promise<Map<string, LetterState>> {
    const found = new Map<string, LetterState>();
    for (const { kind, batch } of await store.batchesOf(tx, meetingId)) {
      const wanted = members.filter((m) => !found.has(m)).map((m) => `${batch}:${m}`);
      for (const [ref, state] of await mail.statesOf(tx, kindOf[kind], wanted)) found.set(partsOf(ref).member, state);
    }
    return found;
  }

  return { note, remind, takenBack, letterStates, fileFor };
}

const isGuest = ({ personId, email }: Pick<Invited, 'personId' | 'email'>): boolean => personId === null && email !== null;
const sameGuest =
  (a: Pick<Invited, 'name' | 'email'>) =>
  (b: Pick<Invited, 'personId' | 'name' | 'email'>): boolean =>
    isGuest(b) && b.email === a.email && b.name === a.name;
const partsOf = (ref: string): { batch: string; member: string } => {
  const [batch = '', member = ''] = ref.split(':');
  return { batch, member };
};
