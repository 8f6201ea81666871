// Letters of a conference to its journalists: that it is called off, and thanks after the end. Each of them once.
import type { z } from 'zod';
import type { RegistrationState } from '../../../shared/press-desk.ts';
import type { LogQuestion } from '../../../shared/press-floor.ts';
import type { PublicKit } from '../../../shared/press-kit.ts';
import type { Thanks } from '../../../shared/press-pages.ts';
import { clockText, dateText } from '../../platform/local-time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Letter, Mail } from '../../platform/mail.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Conf, Press } from '../index.ts';
import { pressLetter } from '../letters.ts';

type Reader = { id: string; name: string; email: string; confirmed: boolean };
export type FarewellWorld = {
  sql: Sql;
  clock: Clock;
  mail: Mail;
  press: Pick<Press, 'conference' | 'lock' | 'publicView' | 'onState'>;
  desk: {
    registered: (tx: Tx, conferenceId: string) => Promise<readonly Reader[]>;
    registrationOf: (tx: Tx, conferenceId: string, journalistId: string) => Promise<{ state: RegistrationState } | null>;
    journalists: (tx: Tx, ids: readonly string[]) => Promise<Map<string, Reader>>;
  };
  kit: { published: (tx: Tx, conf: Conf, now: Date) => Promise<PublicKit> };
  floor: { log: (tx: Tx, conferenceId: string) => Promise<LogQuestion[]> };
};

const CALLED_OFF = 'pers.batal';
const THANKS = 'pers.terima_kasih';
const OVER = new Set(['selesai', 'arsip']);

export function createFarewell({ sql, clock, mail, press, desk, kit, floor }: FarewellWorld) {
  /** Of one conference to one journalist. */
  const refOf = (conf: Conf) => (reader: Reader) => `${conf.id}:${reader.id}`;
  async function read(ref: string): Promise<{ conf: Conf; reader: Reader; opdName: string } | null> {
    const [conferenceId = '', journalistId = ''] = ref.split(':');
    const conf = await press.conference(sql, conferenceId);
    const reader = (await desk.journalists(sql, [journalistId])).get(journalistId);
    const state = (await desk.registrationOf(sql, conferenceId, journalistId))?.state;
    // Whom the desk has turned away is not written to.
    if (!conf || !reader || reader.email === '' || state === 'ditolak' || state === 'dicabut') return null;
    return { conf, reader, opdName: (await press.publicView(sql, conf)).opdName };
  }
  /** A name that was typed into a form goes to no address that nobody has proved to be theirs. */
  const to = ({ name, email, confirmed }: Reader) => ({ name: confirmed ? name : 'Rekan media', address: email });
  const when = (conf: Conf): string => `${dateText(conf.startsAt, conf.zone)} pukul ${clockText(conf.startsAt, conf.zone)}`;

  async function calledOff(ref: string): Promise<Letter | null> {
    const found = await read(ref);
    if (found?.conf.state !== 'dibatalkan') return null;
    const { conf, reader, opdName } = found;
    return pressLetter(mail, {
      to: to(reader),
      subject: `Dibatalkan: ${conf.title}`,
      paragraphs: [
        `Konferensi pers "${conf.title}", ${when(conf)}, dibatalkan.`,
        ...(conf.cancelReason === null ? [] : [`Alasan: ${conf.cancelReason}`]),
        'Anda tidak perlu melakukan apa pun. Jadwal konferensi pers berikutnya ada di halaman pers.',
      ],
      links: [{ text: 'Jadwal konferensi pers', url: mail.link('/pers') }],
      opdName,
    });
  }

  /** Links to what is there when it is sent. */
  async function thanks(ref: string): Promise<Letter | null> {
    const found = await read(ref);
    if (!found || !OVER.has(found.conf.state)) return null;
    const { conf, reader, opdName } = found;
    const path = `/pers/${conf.slug}` as const;
    const { items } = await kit.published(sql, conf, clock.now());
    const has = (kind: 'siaran' | 'rekaman'): boolean => items.some((item) => item.kind === kind);
    const log = await floor.log(sql, conf.id);
    return pressLetter(mail, {
      to: to(reader),
      subject: `Terima kasih: ${conf.title}`,
      paragraphs: [
        `Terima kasih telah mengikuti konferensi pers "${conf.title}", ${when(conf)}.`,
        'Yang sudah terbit dapat dibaca dan diunduh di halaman konferensi. Jawaban yang masih dijanjikan menyusul di halaman yang sama dan lewat surel kepada penanyanya.',
      ],
      links: [
        { text: 'Halaman konferensi', url: mail.link(path) },
        ...(has('siaran') ? [{ text: 'Siaran pers', url: mail.link(`${path}#siaran`) }] : []),
        ...(has('rekaman') ? [{ text: 'Rekaman', url: mail.link(`${path}#rekaman`) }] : []),
        ...(log.length > 0 ? [{ text: 'Tanya jawab', url: mail.link(`${path}#tanya-jawab`) }] : []),
      ],
      opdName,
    });
  }

  mail.kind(CALLED_OFF, calledOff);
  mail.kind(THANKS, thanks);

  const thank = async (tx: Tx, conf: Conf): Promise<void> => mail.send(tx, THANKS, (await desk.registered(tx, conf.id)).map(refOf(conf)), { once: true });

  press.onState(async (tx, conf, from) => {
    if (conf.state === 'dibatalkan' && from !== 'draft') await mail.send(tx, CALLED_OFF, (await desk.registered(tx, conf.id)).map(refOf(conf)), { once: true });
    if (conf.state === 'arsip') await thank(tx, conf);
  });

  async function thanked(tx: Tx, id: string): Promise<z.input<typeof Thanks>> {
    if (!(await press.conference(tx, id))) refuse('not_found');
    const { letters, firstAt } = await mail.asked(tx, THANKS, `${id}:`);
    return { letters, sentAt: firstAt?.toISOString() ?? null, mails: mail.from !== null };
  }

  async function thankAll(id: string): Promise<z.input<typeof Thanks>> {
    return sql.begin(async (tx) => {
      const conf = await press.lock(tx, id);
      if (!OVER.has(conf.state)) refuse('thanks.not_over');
      await thank(tx, conf);
      return thanked(tx, id);
    });
  }

  return { thanked: async (id: string) => thanked(sql, id), thankAll };
}
