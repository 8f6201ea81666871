// The letter in the words of the paper. What an issued one freezes is all of it but the head's picture and the marks of verification.
import type { LetterDraft, LetterKind } from '../../shared/undangan.ts';
import type { Sifat } from '../../shared/meetings.ts';
import type { Zone } from '../../shared/people.ts';
import type { Undangan } from '../letters/index.ts';
import { dateText, dayIn, shortDateText } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';
import { changesOf, MOST_ON_FACE, timeText, townOf, type Facts } from './rules.ts';

type Printed = Omit<Undangan, 'kop' | 'tanda' | 'kode' | 'sidikJari' | 'alamat' | 'alamatTampil'> & { kop: Omit<Undangan['kop'], 'lambang'> };
/** `regionName`, `opdName`: as the verification page names them. */
export type Content = { kind: LetterKind; facts: Facts; zone: Zone; signer: string; invited: number; regionName: string; opdName: string; paper: Printed };
export type Former = { number: string; issuedAt: Date; kind: LetterKind; facts: Facts };
type Asked = {
  kind: LetterKind;
  number: string | null;
  draft: LetterDraft;
  meeting: { sifat: Sifat; facts: Facts; cancelReason: string | null };
  zone: Zone;
  recipients: readonly string[];
  /** The one this letter corrects or calls off. */
  former: Former | null;
  opdName: string;
  regionName: string;
  head: { address: string | null; contact: string | null; place: string | null };
  signature: { lines: string[]; name: string; nip: string | null };
  at: Date;
};

const sifatText: Record<Sifat, string> = { biasa: 'Biasa', segera: 'Segera', sangat_segera: 'Sangat segera' };
const title: Record<LetterKind, string> = { undangan: 'Surat undangan', ralat: 'Ralat surat undangan', pembatalan: 'Pembatalan undangan' };
const small: Record<LetterKind, string> = { undangan: 'undangan', ralat: 'ralat undangan', pembatalan: 'pembatalan' };
const IN_WORDS = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];
const LINES_A_SHEET = 36;

function attached(lines: number): string {
  const sheets = Math.ceil(lines / LINES_A_SHEET);
  return `${sheets} (${IN_WORDS[sheets] ?? sheets}) lembar`;
}

const schedule = (facts: Facts, zone: Zone): [string, string][] => [
  ['hari/tanggal', dateText(new Date(facts.startsAt), zone)],
  ['pukul', timeText(facts, zone)],
  ['tempat', facts.place],
  ['acara', facts.title],
];

export function contentOf(asked: Asked): Content {
  const { kind, draft, meeting, zone, former, recipients, at, head } = asked;
  const { facts } = meeting;
  const region = governmentOf(asked.regionName);
  const [year = 1970, month = 1, day = 1] = dayIn(at, zone).split('-').map(Number);
  const about = former === null ? '' : `Menunjuk surat kami nomor ${former.number} tanggal ${shortDateText(former.issuedAt, zone)} hal ${draft.subject}, `;
  const listed = recipients.length > MOST_ON_FACE;
  const words = {
    undangan: {
      pembuka: 'Dengan hormat, kami mengundang Bapak/Ibu/Saudara untuk hadir pada:',
      penutup: 'Demikian undangan ini kami sampaikan. Atas perhatian dan kehadiran Bapak/Ibu/Saudara, kami ucapkan terima kasih.',
    },
    ralat: {
      pembuka: `${about}dengan ini kami sampaikan ralat sebagai berikut:`,
      penutup: `Hal lain dalam ${small[former?.kind ?? 'undangan']} tersebut tetap berlaku. Demikian ralat ini kami sampaikan dan mohon menjadi maklum.`,
    },
    pembatalan: {
      pembuka: `${about}dengan ini kami sampaikan bahwa kegiatan berikut dibatalkan:`,
      penutup: 'Demikian pembatalan ini kami sampaikan. Mohon maaf atas perubahan ini, dan terima kasih atas perhatian Bapak/Ibu/Saudara.',
    },
  }[kind];
  const notes = kind === 'undangan' ? draft.notes.split(/\n{2,}|\n/).filter((note) => note.trim() !== '') : [];
  return {
    kind,
    facts,
    zone,
    signer: asked.signature.lines.join(' ').replace(/,$/, ''),
    invited: recipients.length,
    regionName: region,
    opdName: asked.opdName,
    paper: {
      judul: title[kind],
      kop: { daerah: region, opd: asked.opdName, alamat: head.address, kontak: head.contact },
      nomor: asked.number,
      sifat: sifatText[meeting.sifat],
      lampiran: listed ? attached(recipients.length) : '-',
      hal: kind === 'undangan' ? draft.subject : kind === 'ralat' ? `Ralat ${lowerFirst(draft.subject)}` : `Pembatalan ${lowerFirst(draft.subject)}`,
      tempatTanggal: `${head.place ?? townOf(asked.regionName)}, ${shortDateText(at, zone)}`,
      tanggalDokumen: [year, month, day],
      kepada: listed ? ['Daftar undangan terlampir'] : [...recipients],
      tandaTangan: { baris: asked.signature.lines, nama: asked.signature.name, pangkat: draft.signerGrade, nip: asked.signature.nip },
      tembusan: draft.copies,
      daftar: listed ? { judul: 'Daftar undangan', baris: [...recipients] } : null,
      pembuka: words.pembuka,
      perubahan:
        kind === 'ralat' && former
          ? {
              kepala: ['', 'Semula', 'Menjadi'],
              baris: changesOf(former.facts, facts, zone).map(({ label, from, to }): [string, string, string] => [label, from, to]),
            }
          : null,
      acara: kind === 'ralat' ? [] : schedule(kind === 'pembatalan' && former ? former.facts : facts, zone),
      catatan: kind === 'pembatalan' && meeting.cancelReason !== null ? [`Alasan pembatalan: ${meeting.cancelReason}`] : notes,
      penutup: words.penutup,
    },
  };
}

const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text);

/** What is printed, with what belongs to this copy. */
export const printed = (
  { paper }: Content,
  mark: { lambang: string | null; tanda: string | null; kode: string | null; fingerprint: string | null; url: string },
): Undangan & { alamat: string } => ({
  ...paper,
  kop: { ...paper.kop, lambang: mark.lambang },
  tanda: mark.tanda,
  kode: mark.kode,
  sidikJari: mark.fingerprint?.slice(0, 16) ?? null,
  alamat: mark.url,
  alamatTampil: mark.kode === null ? mark.url : mark.url.slice(0, -mark.kode.length),
});

export const fileName = (kind: LetterKind, number: string | null): string => `${small[kind]} ${number ?? 'konsep'}.pdf`.replace(/[^\p{L}\p{N}.]+/gu, '-');
