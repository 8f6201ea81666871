// What a letter by mail says: of an invitation, a change, a meeting called off, the paper that calls it off; and the word to a guest who has not answered.
import type { Zone } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import { clockText, dateText, hourText, zoneName } from '../platform/local-time.ts';
import type { Mail } from '../platform/mail.ts';
import type { Meeting, Meetings } from '../meetings/index.ts';
import type { Invited } from './answering.ts';
import { receivedBy } from './rules.ts';
import * as store from './store.ts';
import { changeLines, type Before } from './words.ts';

export type Kind = 'undangan' | 'undangan.ubah' | 'undangan.batal';
/** `is`: this invitation is theirs; a guest has one of their own to each meeting. */
export type Reader = {
  name: string;
  email: string;
  zone: Zone;
  personId: string | null;
  is: (invitation: Pick<Invited, 'member' | 'personId' | 'name' | 'email'>) => boolean;
};
/** What a letter is about, of those meetings that its reader is invited to. */
export type About = { news: store.NewsRow; meeting: Meeting; invitation: Invited | null };
export type Office = { zone: Zone; opdName: string; chairName: string };
type World = { mail: Pick<Mail, 'from' | 'link'>; meetings: Pick<Meetings, 'changesOf' | 'answerPath'> };
type Text = { subject: string; text: string };

const OFF: Partial<Record<store.NewsRow['kind'], string>> = { ditarik: 'Undangan ditarik', surat_batal: 'Surat pembatalan' };

export function createMailWords({ mail, meetings }: World) {
  async function wordsOf(tx: Tx, kind: Kind, due: readonly About[], reader: Reader, { zone, opdName, chairName }: Office): Promise<Text> {
    const [{ news, meeting, invitation }] = due as [About];
    const many = due.length > 1;
    const when = `${dateText(meeting.startsAt, zone)}, ${clockText(meeting.startsAt, zone)}`;
    const change = kind === 'undangan' ? null : (await meetings.changesOf(tx, meeting.id)).find((c) => c.version === news.version);
    const link = invitation ? mail.link(meetings.answerPath(invitation) as `/${string}`) : null;
    const chair = invitation !== null && invitation.personId === meeting.chairId;
    const [sent] = invitation ? receivedBy(await store.disposisiOf(tx, meeting.id), invitation.member) : [];
    const facts = [
      ...(many
        ? due.map(({ meeting: m, invitation: own }) => {
            const theirs = own && reader.personId === null && kind !== 'undangan.batal' ? `\n  ${mail.link(meetings.answerPath(own) as `/${string}`)}` : '';
            return `- ${dateText(m.startsAt, zone)}, ${spanText(m, zone)}${theirs}`;
          })
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
          : `Rapat “${meeting.title}” dibatalkan${many ? ` (${due.length} kali)` : ''}.${news.kind === 'surat_batal' ? ' Surat pembatalannya terlampir.' : ''}`,
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
      ...closing(opdName),
    ];
    const subject: Record<Kind, string> = {
      undangan: `Undangan rapat: ${meeting.title}, ${when}`,
      'undangan.ubah': `Perubahan rapat: ${meeting.title}, ${when}`,
      'undangan.batal': `${OFF[news.kind] ?? 'Rapat dibatalkan'}: ${meeting.title}, ${when}`,
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

  function reminderOf(meeting: Meeting, invitation: Invited, { name }: Reader, { zone, opdName }: Pick<Office, 'zone' | 'opdName'>): Text {
    const when = `${dateText(meeting.startsAt, zone)}, ${clockText(meeting.startsAt, zone)}`;
    return {
      subject: `Mohon jawaban undangan: ${meeting.title}, ${when}`,
      text: [
        `Yth. ${oneLine(name)}`,
        `Jawaban Anda atas undangan rapat “${meeting.title}” (${when}) belum kami terima.`,
        `Jawab undangan:\n${mail.link(meetings.answerPath(invitation) as `/${string}`)}`,
        ...closing(opdName),
      ].join('\n\n'),
    };
  }

  const closing = (opdName: string): [string, string] => [
    ['Salam,', ...[opdName, mail.from?.name ?? ''].filter((name) => name !== '')].join('\n'),
    'Surel ini dikirim oleh portal; balasannya tidak dibaca.',
  ];

  return { wordsOf, reminderOf };
}

/** `09.00–11.00 WIB`. */
const spanText = ({ startsAt, endsAt }: Pick<Meeting, 'startsAt' | 'endsAt'>, zone: Zone): string =>
  `${hourText(startsAt, zone)}${endsAt ? `–${hourText(endsAt, zone)}` : ''} ${zoneName(zone)}`;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
