// Letters to journalists, written when they are sent: links are derived anew, nothing secret waits in a queue.
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';
import type { Letter, Mail } from '../../platform/mail.ts';
import { clockText, dateText } from '../../platform/local-time.ts';
import type { Conf, Press } from '../index.ts';
import { pressLetter } from '../letters.ts';
import type { Passes } from './passes.ts';
import { standingOf } from './rules.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  mail: Mail;
  press: Pick<Press, 'conference' | 'publicView'>;
  passes: Pick<Passes, 'mailedPath'>;
  regionName: () => Promise<string>;
};

/** What `send` is given: a registration, or a journalist alone. */
export function createLetters({ sql, clock, mail, press, passes, regionName }: World): void {
  const when = (conf: Conf): string => `${conf.title}, ${dateText(conf.startsAt, conf.zone)} pukul ${clockText(conf.startsAt, conf.zone)}`;

  /** Nobody has proved yet whose address it is: not a word that was typed into a form goes there. */
  async function link(ref: string): Promise<Letter | null> {
    const registration = await store.registrationById(sql, ref);
    const [journalist] = await store.journalists(sql, [registration?.journalistId ?? ref]);
    if (!journalist || journalist.email === '') return null;
    const key = await store.emailKeyOf(sql, journalist.id);
    const owner = key === null ? null : await store.ownerOf(sql, key);
    const conf = registration && (await press.conference(sql, registration.conferenceId));
    return pressLetter(mail, {
      to: { name: 'Rekan media', address: journalist.email },
      subject: conf ? `Tautan pers Anda: ${conf.title}` : 'Tautan pers Anda',
      paragraphs: [
        conf
          ? `Surel ini dipakai untuk mendaftar sebagai jurnalis pada ${when(conf)}.`
          : `Surel ini terdaftar sebagai surel jurnalis di ${await regionName()}.`,
        'Buka tautan pribadi di bawah di peramban yang akan Anda pakai bertanya, di paling banyak tiga peramban. Dengan membukanya Anda membuktikan bahwa surel ini milik Anda; peramban lain yang hanya mengisi formulir harus membuka tautan yang sama. Jangan teruskan tautan ini.',
        'Bila Anda tidak mendaftar, abaikan surel ini. Tanpa tautan ini tidak seorang pun dapat memakai surel Anda.',
      ],
      links: [{ text: 'Tautan pribadi', url: mail.link(await passes.mailedPath(sql, owner?.confirmed ? owner.id : journalist.id, conf?.slug ?? null)) }],
      opdName: conf ? (await press.publicView(sql, conf)).opdName : null,
    });
  }

  async function decided(ref: string, wanted: 'diterima' | 'ditolak'): Promise<Letter | null> {
    const registration = await store.registrationById(sql, ref);
    const conf = registration && (await press.conference(sql, registration.conferenceId));
    const [journalist] = registration ? await store.journalists(sql, [registration.journalistId]) : [];
    if (!registration || !conf || !journalist || journalist.email === '') return null;
    const { state, reason } = standingOf({ ...registration, registeredAt: registration.at }, { zone: conf.zone, at: conf.endedAt ?? clock.now() });
    // Decided otherwise since: that letter says it.
    if ((state === 'diterima') !== (wanted === 'diterima') || state === 'menunggu') return null;
    const to = { name: journalist.name, address: journalist.email };
    const { opdName } = await press.publicView(sql, conf);
    if (state === 'diterima')
      return pressLetter(mail, {
        to,
        subject: `Pendaftaran diterima: ${conf.title}`,
        paragraphs: [
          `Pendaftaran Anda (${journalist.outlet}) diterima untuk ${when(conf)}.`,
          'Masuklah dengan peramban yang memegang pass pers Anda; di sana Anda dapat bertanya.',
        ],
        links: [{ text: 'Ruang pers', url: mail.link(`/siaran/${conf.slug}`) }],
        opdName,
      });
    const withdrawn = state === 'dicabut';
    return pressLetter(mail, {
      to,
      subject: `Pendaftaran ${withdrawn ? 'dicabut' : 'belum dapat diterima'}: ${conf.title}`,
      paragraphs: [
        `Pendaftaran Anda (${journalist.outlet}) untuk ${when(conf)} ${withdrawn ? 'dicabut' : 'belum dapat diterima'}.`,
        `Alasan meja pers: ${reason ?? '–'}`,
        'Anda tetap dapat menonton, dan membaca siaran pers serta tanya jawab di halaman konferensi.',
      ],
      links: [{ text: 'Halaman konferensi', url: mail.link(`/pers/${conf.slug}`) }],
      opdName,
    });
  }

  mail.kind('pers.tautan', link);
  mail.kind('pers.diterima', (ref) => decided(ref, 'diterima'));
  mail.kind('pers.ditolak', (ref) => decided(ref, 'ditolak'));
}
