// The letter in the words of the paper. What an issued one freezes is all of it but the head's picture and the marks of verification.
import type { AssignmentKind } from '../../shared/assignments.ts';
import type { Zone } from '../../shared/people.ts';
import type { PlanCell } from '../../shared/rota.ts';
import { policyText } from '../../shared/rota-rules.ts';
import type { SuratTugas } from '../letters/index.ts';
import { dayIn, monthText, shortDateText } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';
import type { Content as Month, LetterLine } from '../rota/index.ts';
import { changesOf, wantedOf, type Changed, type Wanted } from './rules.ts';

type Printed = Omit<SuratTugas, 'kop' | 'tanda' | 'kode' | 'sidikJari' | 'alamat' | 'alamatTampil'> & { kop: Omit<SuratTugas['kop'], 'lambang'> };
export type Content = {
  kind: AssignmentKind;
  month: string;
  zone: Zone;
  opdName: string;
  regionName: string;
  signer: string;
  /** What holds once this letter is out. */
  lines: LetterLine[];
  /** What it says itself: of a letter of change or revocation what was and is, of the first one all of it. */
  said: Changed[];
  reason: string | null;
  paper: Printed;
};
export type Former = { number: string; issuedAt: Date };
type Asked = {
  kind: AssignmentKind;
  number: string | null;
  month: Month;
  revision: { n: number; at: Date };
  held: readonly LetterLine[];
  lines: LetterLine[];
  /** The first of the chain, and those that changed it. */
  first: Former | null;
  between: readonly Former[];
  reason: string | null;
  head: { address: string | null; contact: string | null; place: string | null };
  regionName: string;
  signature: { lines: string[]; name: string; nip: string | null; grade: string | null };
  copies: string[];
  at: Date;
};

/** More people than these are printed on pages of their own. */
const MOST_ON_FACE = 6;
const titles: Record<AssignmentKind, string> = { tugas: 'Surat tugas', perubahan: 'Perubahan surat tugas', pencabutan: 'Pencabutan surat tugas' };
const townOf = (region: string): string => region.replace(/^pemerintah\s+/i, '').replace(/^(kota|kabupaten|provinsi)\s+/i, '');
const short = (date: string): string => shortDateText(new Date(`${date}T12:00:00Z`), 'Asia/Jakarta');
export const cellText = (cell: PlanCell | null): string => (cell === null ? 'tidak dijadwalkan' : cell.shift ? `${cell.code} (${cell.shift})` : cell.code);

/** `WFH: 2, 4, 9 Desember 2026; PIKET (pagi): 5 Desember 2026`; all dates lie in one month. */
export function daysText(lines: readonly (PlanCell & { date: string })[]): string {
  const kinds = new Map<string, string[]>();
  for (const line of lines) kinds.set(cellText(line), [...(kinds.get(cellText(line)) ?? []), line.date]);
  return [...kinds]
    .map(([kind, dates]) => `${kind}: ${dates.map((date) => Number(date.slice(8))).join(', ')} ${monthText(dates[0]?.slice(0, 7) ?? '')}`)
    .join('; ');
}

export function saidOf(kind: AssignmentKind, held: readonly LetterLine[], month: Month): Changed[] {
  const plain = ({ code, shift }: Wanted): PlanCell => ({ code, shift });
  if (kind === 'tugas') return wantedOf(month).map((line) => ({ personId: line.personId, date: line.date, was: null, now: plain(line) }));
  if (kind === 'perubahan') return changesOf(held, month);
  return held.map((line) => ({ personId: line.personId, date: line.date, was: plain(line), now: null }));
}

export function contentOf(asked: Asked): Content {
  const { kind, month, held, at, head, first, revision } = asked;
  const region = governmentOf(asked.regionName);
  const said = saidOf(kind, held, month);
  const rows = rowsOf(kind, said, month);
  const monthName = monthText(month.month);
  const date = (moment: Date): string => shortDateText(moment, month.zone);
  const [year = 1970, monthNo = 1, day = 1] = dayIn(at, month.zone).split('-').map(Number);
  const chain = first === null ? '' : `Surat Tugas nomor ${first.number} tanggal ${date(first.issuedAt)}`;
  const circulars = [...new Map(month.rules.map(({ policy }) => [policy.number, policyText(policy.number)])).values()];
  const words = {
    tugas: {
      pembuka: 'Menugaskan',
      label: 'Untuk',
      untuk: [
        `Melaksanakan tugas kedinasan dari rumah (WFH) atau piket pada tanggal${rows.length > MOST_ON_FACE ? ' dan giliran menurut lampiran' : ' dan giliran tersebut di atas'}.`,
        'Mengikuti rapat dan menjawab panggilan dinas pada jam kerja.',
        'Melaporkan hasil pelaksanaan tugas kepada atasan langsung.',
      ],
      penutup: 'Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab.',
    },
    perubahan: {
      pembuka: 'Mengubah penugasan',
      label: 'Untuk',
      untuk: [`Melaksanakan tugas menurut perubahan ini. Hari lain dalam ${chain} tetap berlaku.`],
      penutup: 'Demikian perubahan surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab.',
    },
    pencabutan: {
      pembuka: 'Menetapkan',
      label: 'Mencabut',
      untuk: [
        `${chain}${asked.between.length > 0 ? `, dan perubahannya nomor ${asked.between.map(({ number }) => number).join(', ')}` : ''}.`,
        ...(asked.reason === null ? [] : [`Alasan: ${asked.reason}`]),
      ],
      penutup: 'Dengan pencabutan ini penugasan dalam surat tersebut tidak berlaku lagi.',
    },
  }[kind];
  return {
    kind,
    month: month.month,
    zone: month.zone,
    opdName: month.opdName,
    regionName: region,
    signer: asked.signature.lines.join(' ').replace(/,$/, ''),
    lines: asked.lines,
    said,
    reason: asked.reason,
    paper: {
      judul: titles[kind],
      kop: { daerah: region, opd: month.opdName, alamat: head.address, kontak: head.contact },
      nomor: asked.number,
      tentang: `Tugas dari rumah dan piket ${monthName}`,
      dasar: [
        ...circulars,
        `Jadwal kerja ${month.opdName} ${monthName}${revision.n > 0 ? ` revisi ${revision.n}` : ''}, terbit ${date(revision.at)}`,
        ...(kind === 'perubahan' ? [chain] : []),
      ],
      pembuka: words.pembuka,
      kepala: kind === 'perubahan' ? ['No.', 'Nama', 'Tanggal', 'Semula', 'Menjadi'] : ['No.', 'Nama', 'Hari'],
      baris: rows,
      terlampir: rows.length > MOST_ON_FACE,
      labelUntuk: words.label,
      untuk: words.untuk,
      penutup: words.penutup,
      tempatTanggal: `${head.place ?? townOf(asked.regionName)}, ${date(at)}`,
      tanggalDokumen: [year, monthNo, day],
      tandaTangan: { baris: asked.signature.lines, nama: asked.signature.name, pangkat: asked.signature.grade, nip: asked.signature.nip },
      tembusan: asked.copies,
    },
  };
}

function rowsOf(kind: AssignmentKind, said: readonly Changed[], month: Month): SuratTugas['baris'] {
  if (kind === 'pencabutan') return [];
  const people = new Map(month.people.map((one) => [one.id, one]));
  const lines = new Map<string, Changed[]>();
  for (const one of said) lines.set(one.personId, [...(lines.get(one.personId) ?? []), one]);
  return [...lines].map(([id, own], n) => {
    const person = people.get(id);
    return {
      no: String(n + 1),
      nama: person?.name ?? '–',
      nip: person?.nip ?? null,
      jabatan: person?.position ?? person?.unitName ?? null,
      isi:
        kind === 'tugas'
          ? [[daysText(own.flatMap(({ date, now }) => (now ? [{ date, ...now }] : []))).replaceAll('; ', '\n')]]
          : own.map(({ date, was, now }) => [short(date), was === null ? 'tidak ditugaskan' : cellText(was), cellText(now)]),
    };
  });
}

/** What is printed, with what belongs to this copy. */
export const printed = (
  { paper }: Content,
  mark: { lambang: string | null; tanda: string | null; kode: string | null; fingerprint: string | null; url: string },
): SuratTugas => ({
  ...paper,
  kop: { ...paper.kop, lambang: mark.lambang },
  tanda: mark.tanda,
  kode: mark.kode,
  sidikJari: mark.fingerprint?.slice(0, 16) ?? null,
  alamat: mark.url,
  alamatTampil: mark.kode === null ? mark.url : mark.url.slice(0, -mark.kode.length),
});
export const fileName = (kind: AssignmentKind, number: string | null): string => `${titles[kind]} ${number ?? 'konsep'}.pdf`.replace(/[^\p{L}\p{N}.]+/gu, '-');
