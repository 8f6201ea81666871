// Letters by mail about what people are invited to: asked for in the transaction that plans, changes or calls off; written when their turn
// comes. One letter for each person and act, however often it is tried; several meetings of one series that change together are one letter.
// They carry the event (RFC 6047), so that calendars put it in, move it and take it out by themselves.
import { randomUUID } from 'node:crypto';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { clockText, dateText, hourText, zoneName } from '../platform/local-time.ts';
import type { Letter, Mail } from '../platform/mail.ts';
import type { LetterState } from '../../shared/mail.ts';
import type { Meeting, Meetings, PlanNews } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { answerNow, type Invited } from './answering.ts';
import { calendarOf, seriesEntries, type Entry, type Happening, type Method } from './event.ts';
import { receivedBy } from './rules.ts';
import * as store from './store.ts';
import { changeLines, type Before } from './words.ts';

/** What planning knows of a series. */
export type SeriesRule = { rule: string; startsAt: Date; skipped: readonly Date[] };
export type World = {
  sql: Sql;
  clock: Clock;
  mail: Mail;
  people: Pick<People, 'topOpd' | 'persons' | 'contacts'>;
  meetings: Pick<Meetings, 'meetingsByIds' | 'meetingsOfSeries' | 'invitationsOf' | 'changesOf' | 'answerPath'>;
  series: (tx: Tx, seriesId: string) => Promise<SeriesRule | null>;
  /** The PDF of the letter that was issued for a meeting. */
  fileOf: (tx: Tx, meetingId: string) => Promise<{ name: string; type: string; bytes: Buffer } | null>;
  /** Whether this person wants mail of meetings. */
  wantsMail: (tx: Tx, personId: string) => Promise<boolean>;
};
type Kind = 'undangan' | 'undangan.ubah' | 'undangan.batal';
const kindOf: Record<store.NewsRow['kind'], Kind> = {
  direncanakan: 'undangan',
  diundang: 'undangan',
  diubah: 'undangan.ubah',
  dibatalkan: 'undangan.batal',
  ditarik: 'undangan.batal',
};
const REMINDER = 'undangan.ingat';

type Reader = { name: string; email: string; zone: Zone; personId: string | null };
/** What a letter is about, of those meetings that its reader is invited to. */
type About = { news: store.NewsRow; meeting: Meeting; invitation: Invited | null };

export function createInvitationMail({ sql, clock, mail, people, meetings, series, fileOf, wantsMail }: World) {
  const origin = mail.link('/').replace(/\/$/, '');
  const host = new URL(origin).hostname;

  async function note(tx: Tx, news: Pick<PlanNews, 'meetingId' | 'version' | 'members'> & { kind: store.NewsRow['kind'] }): Promise<string | null> {
    const [meeting] = await meetings.meetingsByIds(tx, [news.meetingId]);
    if (!meeting || meeting.instant || news.members.length === 0) return null;
    const { kind, meetingId, version } = news;
    const batch = await store.insertNews(tx, { id: randomUUID(), meetingId, seriesId: meeting.seriesId, version, kind, at: clock.now() });
    await mail.send(
      tx,
      kindOf[kind],
      news.members.map((member) => `${batch}:${member}`),
      { once: true },
    );
    return batch;
  }
  for (const kind of ['undangan', 'undangan.ubah', 'undangan.batal'] as const) mail.kind(kind, (ref) => sql.begin((tx) => written(tx, kind, ref)));
  mail.kind(REMINDER, (ref) => sql.begin((tx) => reminder(tx, ref)));

  async function readerOf(tx: Tx, member: string, invitation: Invited | null, zone: Zone): Promise<Reader | null> {
    if (!member.startsWith('p_')) return invitation?.email ? { name: invitation.name, email: invitation.email, zone, personId: null } : null;
    const personId = member.slice(2);
    const [contact] = await people.contacts(tx, [personId]);
    if (!contact?.email || !(await wantsMail(tx, personId))) return null;
    return { name: contact.name, email: contact.email, zone: (await people.persons(tx, [personId])).get(personId)?.opd?.zone ?? zone, personId };
  }

  async function written(tx: Tx, kind: Kind, ref: string): Promise<Letter | null> {
    const { batch, member } = partsOf(ref);
    const abouts: About[] = [];
    for (const news of await store.newsOf(tx, batch)) {
      const [meeting] = await meetings.meetingsByIds(tx, [news.meetingId]);
      if (!meeting) continue;
      const invitation = (await meetings.invitationsOf(tx, meeting.id)).find((i) => i.member === member) ?? null;
      if (invitation !== null || news.kind === 'ditarik') abouts.push({ news, meeting, invitation });
    }
    // What has begun, or was called off meanwhile, is no news any more; who was invited again after all is not taken out.
    const due = abouts.filter(({ meeting, invitation, news }) =>
      news.kind === 'dibatalkan' ? true : meeting.state === 'terjadwal' && (news.kind !== 'ditarik' || invitation === null),
    );
    const [first] = due;
    if (!first) return null;
    const opd = await people.topOpd(tx, first.meeting.opdId);
    const zone = opd?.zone ?? 'Asia/Jakarta';
    const reader = await readerOf(tx, member, first.invitation, zone);
    if (!reader) return null;
    const office = { zone, opdName: opd?.name ?? '', chairName: (await people.persons(tx, [first.meeting.chairId])).get(first.meeting.chairId)?.name ?? '' };
    const file = kind === 'undangan.batal' || due.length > 1 ? null : await fileOf(tx, first.meeting.id);
    return {
      to: { name: reader.name, address: reader.email },
      ...(await wordsOf(tx, kind, due, reader, office)),
      ics: await eventOf(tx, kind, due, reader, office),
      ...(file && { attachments: [{ name: file.name, type: file.type, content: file.bytes }] }),
    };
  }

  async function wordsOf(
    tx: Tx,
    kind: Kind,
    due: readonly About[],
    reader: Reader,
    { zone, opdName, chairName }: Office,
  ): Promise<{ subject: string; text: string }> {
    const [{ news, meeting, invitation }] = due as [About];
    const many = due.length > 1;
    const when = `${dateText(meeting.startsAt, zone)}, ${clockText(meeting.startsAt, zone)}`;
    const change = kind === 'undangan' ? null : (await meetings.changesOf(tx, meeting.id)).find((c) => c.version === news.version);
    const link = invitation ? mail.link(meetings.answerPath(invitation) as `/${string}`) : null;
    const chair = invitation !== null && invitation.personId === meeting.chairId;
    const [sent] = invitation ? receivedBy(await store.disposisiOf(tx, meeting.id), invitation.member) : [];
    const facts = [
      ...(many
        ? due.map(({ meeting: m }) => `- ${dateText(m.startsAt, zone)}, ${spanText(m, zone)}`)
        : [`Hari/tanggal: ${dateText(meeting.startsAt, zone)}`, `Pukul: ${spanText(meeting, zone)}`]),
      ...(reader.zone === zone ? [] : [`Menurut zona Anda: ${dateText(meeting.startsAt, reader.zone)}, ${spanText(meeting, reader.zone)}`]),
      `Tempat: ${meeting.place}`,
      `Pengundang: ${opdName}`,
      `Pimpinan rapat: ${chairName}`,
      ...(invitation?.position && !sent ? [`Diundang sebagai: ${invitation.position}`] : []),
    ].join('\n');
    const opening: Record<Kind, string> = {
      undangan: chair
        ? `Anda memimpin rapat “${meeting.title}”${many ? ` (${due.length} kali)` : ''}.`
        : sent
          ? `Anda diminta mewakili ${sent.fromPosition ?? sent.fromName} (disposisi no ${sent.number}) dalam rapat “${meeting.title}”.\nInstruksi: ${sent.instruction}`
          : `Anda diundang ke rapat “${meeting.title}”${many ? ` (${due.length} kali)` : ''}.`,
      'undangan.ubah': `Rapat “${meeting.title}” diubah${many ? ` (${due.length} kali)` : ''}.`,
      'undangan.batal':
        news.kind === 'ditarik'
          ? `Undangan Anda ke rapat “${meeting.title}” ditarik.`
          : `Rapat “${meeting.title}” dibatalkan${many ? ` (${due.length} kali)` : ''}.`,
    };
    const changed = kind === 'undangan.ubah' && !many && change ? changeLines(await beforeAndAfter(tx, meeting, news.version), zone) : [];
    const paragraphs = [
      `Yth. ${oneLine(reader.name)}`,
      opening[kind],
      ...(changed.length > 0 ? [changed.join('\n')] : []),
      ...(change?.reason ? [`Alasan: ${change.reason}`] : []),
      facts,
      ...(kind === 'undangan' && meeting.description ? [meeting.description] : []),
      ...(link && kind !== 'undangan.batal'
        ? [
            `${chair ? 'Buka rapat' : kind === 'undangan' ? 'Jawab undangan (hadir, tidak dapat hadir, atau diwakili) dan masuk rapat' : 'Periksa jawaban Anda, dan masuk rapat'}:\n${link}`,
            'Tautan ini hanya untuk Anda; jangan diteruskan. Jawaban lewat tombol kalender tidak sampai ke portal: jawablah lewat tautan ini.',
          ]
        : []),
      ['Salam,', ...[opdName, mail.from?.name ?? ''].filter((name) => name !== '')].join('\n'),
      'Surel ini dikirim oleh portal; balasannya tidak dibaca.',
    ];
    const subject: Record<Kind, string> = {
      undangan: `Undangan rapat: ${meeting.title}, ${when}`,
      'undangan.ubah': `Perubahan rapat: ${meeting.title}, ${when}`,
      'undangan.batal': `${news.kind === 'ditarik' ? 'Undangan ditarik' : 'Rapat dibatalkan'}: ${meeting.title}, ${when}`,
    };
    return { subject: subject[kind], text: paragraphs.join('\n\n') };
  }

  /** What that change made of what was: later changes are taken back in thought. */
  async function beforeAndAfter(tx: Tx, meeting: Meeting, version: number): Promise<{ before: Before; after: Before }> {
    const after: Before = {
      title: meeting.title,
      place: meeting.place,
      description: meeting.description,
      sifat: meeting.sifat,
      startsAt: meeting.startsAt.toISOString(),
      endsAt: meeting.endsAt?.toISOString() ?? null,
    };
    const changes = await meetings.changesOf(tx, meeting.id);
    for (const later of changes.filter((c) => c.version > version)) Object.assign(after, later.before);
    const before = changes.find((c) => c.version === version)?.before ?? {};
    return { before, after };
  }

  async function eventOf(tx: Tx, kind: Kind, due: readonly About[], reader: Reader, office: Office): Promise<NonNullable<Letter['ics']>> {
    const method: Method = kind === 'undangan.batal' ? 'CANCEL' : 'REQUEST';
    const [{ meeting, news }] = due as [About];
    const whole = meeting.seriesId === null ? [meeting] : await meetings.meetingsOfSeries(tx, meeting.seriesId);
    const sequence = whole.reduce((sum, m) => sum + m.version, 0) + Number(news.kind === 'ditarik');
    const said = await store.answersOf(
      tx,
      whole.map((m) => m.id),
    );
    const member = reader.personId === null ? (due[0]?.invitation?.member ?? '') : `p_${reader.personId}`;
    const entryOf = (of: Happening): Entry => ({
      ...of,
      url: mail.link(`/rapat/${of.id}`),
      organizer: { name: office.opdName || (mail.from?.name ?? 'Portal'), email: mail.from?.address ?? '' },
      attendee: { name: reader.name, email: reader.email, answer: answerNow(said.find((s) => s.meetingId === of.id && s.member === member)) },
    });
    const happening = (m: Meeting): Happening => happeningOf(m, office, sequence);
    const one = due.map(({ meeting: m }) => entryOf(happening(m)));
    const rule = meeting.seriesId === null || due.length < 2 ? null : await series(tx, meeting.seriesId);
    const entries = rule === null ? one : await seriesOf(tx, rule, whole, member, { method, one, entryOf, happening });
    return { method, content: calendarOf(entries, { method, host, now: clock.now() }) };
  }

  /** Many of a series at once: its rule, less those this reader is not invited to. Called off as a whole, it goes as a whole. */
  async function seriesOf(
    tx: Tx,
    { rule, startsAt, skipped }: SeriesRule,
    whole: readonly Meeting[],
    member: string,
    { method, one, entryOf, happening }: { method: Method; one: Entry[]; entryOf: (of: Happening) => Entry; happening: (m: Meeting) => Happening },
  ): Promise<Entry[]> {
    const mine: Meeting[] = [];
    for (const m of whole) if ((await meetings.invitationsOf(tx, m.id)).some((i) => i.member === member)) mine.push(m);
    const others = whole.filter((m) => !mine.includes(m)).flatMap((m) => m.occursAt ?? []);
    const except = [...skipped, ...others];
    const [first] = one;
    if (method !== 'CANCEL') return seriesEntries({ rule, startsAt, except }, mine.map(happening), entryOf);
    if (!first || mine.some((m) => m.state !== 'dibatalkan')) return one;
    return [{ ...first, startsAt, endsAt: null, occursAt: null, repeats: { rule, except } }];
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
    const when = `${dateText(meeting.startsAt, zone)}, ${clockText(meeting.startsAt, zone)}`;
    return {
      to: { name: reader.name, address: reader.email },
      subject: `Mohon jawaban undangan: ${meeting.title}, ${when}`,
      text: [
        `Yth. ${oneLine(reader.name)}`,
        `Jawaban Anda atas undangan rapat “${meeting.title}” (${when}) belum kami terima.`,
        `Jawab undangan:\n${mail.link(meetings.answerPath(invitation) as `/${string}`)}`,
        ['Salam,', ...[opd?.name ?? '', mail.from?.name ?? ''].filter((name) => name !== '')].join('\n'),
        'Surel ini dikirim oleh portal; balasannya tidak dibaca.',
      ].join('\n\n'),
    };
  }
  const remind = (tx: Tx, reminderId: string, members: readonly string[]): Promise<void> =>
    mail.send(
      tx,
      REMINDER,
      members.map((m) => `${reminderId}:${m}`),
      { once: true },
    );

  /** Not invited any more: out of their calendar. */
  const takenBack = (tx: Tx, meeting: Meeting, members: readonly string[]): Promise<string | null> =>
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

  /** The event as a file for whoever is invited, without any address. */
  async function fileFor(tx: Tx, meeting: Meeting): Promise<string> {
    const opd = await people.topOpd(tx, meeting.opdId);
    const chairName = (await people.persons(tx, [meeting.chairId])).get(meeting.chairId)?.name ?? '';
    const whole = meeting.seriesId === null ? [meeting] : await meetings.meetingsOfSeries(tx, meeting.seriesId);
    const sequence = whole.reduce((sum, m) => sum + m.version, 0);
    const entry = {
      ...happeningOf(meeting, { zone: opd?.zone ?? 'Asia/Jakarta', opdName: opd?.name ?? '', chairName }, sequence),
      url: mail.link(`/rapat/${meeting.id}`),
    };
    return calendarOf([entry], { method: 'PUBLISH', host, now: clock.now() });
  }

  return { note, remind, takenBack, letterStates, fileFor };
}

type Office = { zone: Zone; opdName: string; chairName: string };

function happeningOf(m: Meeting, office: Office, sequence: number): Happening {
  return {
    id: m.id,
    seriesId: m.seriesId,
    occursAt: m.occursAt,
    sequence,
    title: m.title,
    place: m.place,
    description: m.description,
    startsAt: m.startsAt,
    endsAt: m.endsAt,
    cancelled: m.state === 'dibatalkan' ? m.cancelReason : null,
    ...office,
  };
}

const partsOf = (ref: string): { batch: string; member: string } => {
  const [batch = '', member = ''] = ref.split(':');
  return { batch, member };
};
/** `09.00–11.00 WIB`. */
const spanText = ({ startsAt, endsAt }: Pick<Meeting, 'startsAt' | 'endsAt'>, zone: Zone): string =>
  `${hourText(startsAt, zone)}${endsAt ? `–${hourText(endsAt, zone)}` : ''} ${zoneName(zone)}`;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
