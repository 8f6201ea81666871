// Letters to the crew of a conference: a guest gets the personal link, an official where to look; and both that it is called off.
// Written when they are sent: the link is derived anew, nothing secret waits in a queue.
import type { CrewRole } from '../../../shared/press.ts';
import { clockText, dateText } from '../../platform/local-time.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Letter, Mail } from '../../platform/mail.ts';
import type { People } from '../../people/index.ts';
import { isOver, type Conf, type Crew, type Press } from '../index.ts';
import { pressLetter, type LetterParts } from '../letters.ts';

export type CrewLettersWorld = {
  sql: Sql;
  mail: Mail;
  people: Pick<People, 'contacts'>;
  press: Pick<Press, 'conference' | 'crewOf' | 'publicView' | 'linkTo' | 'onState' | 'onCrew' | 'looksThrough'>;
};
type Reader = { conf: Conf; rows: Crew[]; to: LetterParts['to']; opdName: string };

const CALLED = 'pers.kru';
const CALLED_OFF = 'pers.kru_batal';
const roleText: Record<CrewRole, string> = { narasumber: 'narasumber', moderator: 'moderator', jbi: 'juru bahasa isyarat', operator: 'operator' };

/** One letter for each official whatever their tasks, one for each link of a guest. null: nobody to write to. */
const refOf = (one: Crew): string | null =>
  one.guest ? (one.email === null ? null : `${one.conferenceId}:${one.id}:${one.linkVersion}`) : one.personId && `${one.conferenceId}:${one.personId}`;
const refsOf = (crew: readonly Crew[]): string[] => crew.flatMap((one) => refOf(one) ?? []);

export function createCrewLetters({ sql, mail, people, press }: CrewLettersWorld): void {
  /** Who was taken off meanwhile, or whose link is another one by now, is not written to. */
  async function read(ref: string): Promise<Reader | null> {
    const conf = await press.conference(sql, ref.split(':')[0] ?? '');
    const rows = conf ? (await press.crewOf(sql, conf.id)).filter((one) => refOf(one) === ref) : [];
    const [first] = rows;
    if (!conf || !first) return null;
    const [contact] = first.personId === null ? [] : await people.contacts(sql, [first.personId]);
    const to = first.guest ? { name: first.name, address: first.email } : { name: contact?.name ?? '', address: contact?.email ?? null };
    if (!to.address) return null;
    return { conf, rows, to: { name: to.name, address: to.address }, opdName: (await press.publicView(sql, conf)).opdName };
  }
  const when = (conf: Conf): string => `${dateText(conf.startsAt, conf.zone)} pukul ${clockText(conf.startsAt, conf.zone)}`;

  async function called(ref: string): Promise<Letter | null> {
    const found = await read(ref);
    if (!found || found.conf.announcedAt === null || isOver(found.conf.state)) return null;
    const { conf, rows, to, opdName } = found;
    const [first] = rows;
    const task = `Anda bertugas sebagai ${[...new Set(rows.map(({ role }) => roleText[role]))].join(' dan ')} pada konferensi pers "${conf.title}", ${when(conf)}.`;
    const link = first && press.linkTo(conf, first);
    if (link)
      return pressLetter(mail, {
        to,
        subject: `Tautan Anda: ${conf.title}`,
        paragraphs: [
          task,
          'Masuklah lewat tautan pribadi di bawah, tanpa akun. Tautan itu terikat pada peramban pertama yang masuk; bukalah di perangkat yang akan Anda pakai, dan jangan teruskan.',
        ],
        links: [{ text: 'Tautan pribadi', url: mail.link(link) }],
        opdName,
      });
    return pressLetter(mail, {
      to,
      subject: `Anda bertugas: ${conf.title}`,
      paragraphs: [task, 'Siapa saja yang bertugas dan keadaannya ada di halaman konferensi; masuklah dengan akun Anda.'],
      links: [{ text: 'Halaman konferensi', url: mail.link(`/konferensi/${conf.id}`) }],
      opdName,
    });
  }

  async function calledOff(ref: string): Promise<Letter | null> {
    const found = await read(ref);
    if (found?.conf.state !== 'dibatalkan') return null;
    const { conf, to, opdName } = found;
    return pressLetter(mail, {
      to,
      subject: `Dibatalkan: ${conf.title}`,
      paragraphs: [
        `Konferensi pers "${conf.title}", ${when(conf)}, dibatalkan. Tugas Anda di dalamnya gugur.`,
        ...(conf.cancelReason === null ? [] : [`Alasan: ${conf.cancelReason}`]),
      ],
      opdName,
    });
  }

  mail.kind(CALLED, called);
  mail.kind(CALLED_OFF, calledOff);

  /** Each of them once: who is added or has a new link later is written to then. */
  async function tellCrew(tx: Tx, conf: Conf): Promise<void> {
    if (conf.announcedAt === null || isOver(conf.state)) return;
    await mail.send(tx, CALLED, refsOf(await press.crewOf(tx, conf.id)), { once: true });
  }
  press.onCrew(tellCrew);
  press.onState(async (tx, conf, from) => {
    await tellCrew(tx, conf);
    if (conf.state === 'dibatalkan' && from !== 'draft') await mail.send(tx, CALLED_OFF, refsOf(await press.crewOf(tx, conf.id)), { once: true });
  });
  press.looksThrough({
    letters: async (tx, crew) => {
      const states = await mail.statesOf(tx, CALLED, refsOf(crew));
      return new Map(
        crew.flatMap((one): [string, 'terkirim' | 'antre' | 'belum'][] => {
          const state = states.get(refOf(one) ?? '');
          return state === undefined || state === 'tidak_perlu' ? [] : [[one.id, state === 'terkirim' || state === 'antre' ? state : 'belum']];
        }),
      );
    },
  });
}
