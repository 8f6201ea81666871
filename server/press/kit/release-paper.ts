// A release in the words of the paper. Pure.
import type { ReleaseBlock } from '../../../shared/press-kit.ts';
import type { Zone } from '../../../shared/people.ts';
import type { SiaranPers } from '../../letters/index.ts';
import { clockText, dateText, dayIn } from '../../platform/local-time.ts';

type About = { region: string; opd: string; zone: Zone; /** The day on the paper. */ at: Date; url: string };
type Written = { title: string; number: string | null; contact: string | null; release: readonly ReleaseBlock[] };

/** `embargo`: words of the desk's own copy; null on the one that is published. */
export function paperOf({ title, number, contact, release }: Written, { region, opd, zone, at, url }: About, embargo: string | null): SiaranPers {
  const [year = 1970, month = 1, day = 1] = dayIn(at, zone).split('-').map(Number);
  let no = 0;
  return {
    judul: title,
    daerah: region,
    opd,
    nomor: number,
    tanggal: dateText(at, zone),
    tanggalDokumen: [year, month, day],
    embargo,
    isi: release.flatMap(({ kind, runs }) => {
      no = kind === 'ordered' ? no + 1 : 0;
      if (runs.every((run) => run.text.trim() === '')) return [];
      const potongan = runs.map((run) => ({ teks: run.text, tebal: run.bold, miring: run.italic, tautan: run.link }));
      return [{ jenis: kind, tanda: kind === 'bullet' ? '•' : kind === 'ordered' ? `${no}.` : '', potongan }];
    }),
    kontak: contact,
    alamat: url,
    alamatTampil: url.replace(/^https?:\/\//, ''),
  };
}

export const embargoText = (until: Date | null, zone: Zone): string =>
  until === null ? 'BELUM UNTUK DISIARKAN' : `EMBARGO sampai ${dateText(until, zone)} pukul ${clockText(until, zone)}`;

/** A text without a word is none. */
export const written = (release: ReleaseBlock[] | null): ReleaseBlock[] | null =>
  release?.some((block) => block.runs.some((run) => run.text.trim() !== '')) ? release : null;
