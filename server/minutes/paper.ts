// The minutes in the words of the paper: what an approved one freezes, and how it is said.
import type { MinutesDecision, MinutesFacts, MinutesPart, Paragraph } from '../../shared/minutes.ts';
import type { PollVoters, RecordedPoll } from '../../shared/polls.ts';
import type { Notulen } from '../letters/index.ts';
import { clockText, dateText, dayIn, hourText, shortDateText, zoneName } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';

/** What the paper says beside what the screen shows: NIP of the two who sign. Words as they stand at this moment. */
export type Content = {
  facts: MinutesFacts;
  parts: MinutesPart[];
  decisions: MinutesDecision[];
  /** Absent in what was approved before there were polls. */
  polls?: RecordedPoll[];
  chairNip: string | null;
  notulisNip: string | null;
  /** How many corrections were accepted and refused. */
  corrections: { accepted: number; refused: number };
  approved: { number: string; code: string; at: string; by: string; until: string; early: string | null } | null;
};
type Print = { url: string; fingerprint: string | null; root: string | null; at: Date; statusText: Record<MinutesFacts['people'][number]['status'], string> };

const sifatText: Record<MinutesFacts['sifat'], string> = { biasa: 'Biasa', segera: 'Segera', sangat_segera: 'Sangat segera' };
const partTitle: Record<Exclude<MinutesPart['kind'], 'butir'>, string> = { pembukaan: 'Pembukaan', lain: 'Pembahasan', penutup: 'Penutup' };

export function paperOf(content: Content, { url, fingerprint, root, at, statusText }: Print): Notulen {
  const { facts, approved } = content;
  const { zone } = facts;
  const dated = approved ? new Date(approved.at) : at;
  const day = dayIn(dated, zone).split('-').map(Number);
  return {
    judul: 'Notulen',
    nomor: approved?.number ?? null,
    tanda: approved ? null : 'KONSEP',
    daerah: governmentOf(facts.regionName),
    opd: facts.opdName,
    agenda: facts.title,
    tanggalDokumen: [day[0] ?? 1970, day[1] ?? 1, day[2] ?? 1],
    perihal: aboutOf(facts),
    hadir: attendanceOf(facts, statusText),
    bagian: content.parts.map((part, n) => ({ judul: headOf(part, n), waktu: timeOf(part, facts), paragraf: part.paragraphs.flatMap(lineOf) })),
    keputusan: {
      judul: 'Keputusan',
      kosong: 'Tidak ada keputusan yang ditetapkan dalam rapat ini.',
      butir: content.decisions.map((d) => resolutionOf(d, zone)),
    },
    jajak: (content.polls ?? []).map((poll) => pollOf(poll, zone)),
    keterangan: notesOf(content),
    kode: approved?.code ?? null,
    sidikJari: fingerprint?.slice(0, 16) ?? null,
    akar: root,
    alamat: url,
    alamatTampil: url.slice(0, url.lastIndexOf('/') + 1),
    catatan: approved
      ? `Fakta, daftar yang hadir, dan keputusan diambil dari catatan portal; naskah dibekukan dan disahkan pada ${shortDateText(dated, zone)} pukul ${clockText(dated, zone)} oleh ${approved.by}.`
      : `Konsep, belum disahkan; dicetak pada ${shortDateText(dated, zone)} pukul ${clockText(dated, zone)}. Isinya masih dapat berubah.`,
    ditetapkan: approved ? `Disahkan pada ${shortDateText(dated, zone)}` : 'Belum disahkan',
    penandatangan: [
      { peran: 'Notulis', jabatan: facts.notulisPosition ?? 'Notulis', nama: facts.notulisName, nip: content.notulisNip },
      { peran: 'Pimpinan rapat', jabatan: facts.chairPosition ?? 'Pimpinan rapat', nama: facts.chairName, nip: content.chairNip },
    ],
  };
}

const headOf = (part: MinutesPart, n: number): string => (part.kind === 'butir' ? `Pembahasan ${n}: ${part.title ?? ''}` : partTitle[part.kind]);

/** `09.10–09.32, 22 menit (rencana 20 menit)`. */
function timeOf({ key, kind }: MinutesPart, { agenda, zone }: MinutesFacts): string | null {
  const span = kind === 'butir' ? agenda?.find(({ itemId }) => key === `butir:${itemId}`) : undefined;
  if (!span?.to) return null;
  const took = `${Math.max(1, Math.round(span.ms / 60_000))} menit`;
  return `${hourText(new Date(span.from), zone)}–${hourText(new Date(span.to), zone)}, ${took}${span.minutes === null ? '' : ` (rencana ${span.minutes} menit)`}`;
}

const votersText: Record<PollVoters, string> = {
  hadir: 'semua peserta di dalam, satu orang satu suara',
  jabatan: 'satu suara per jabatan yang diundang',
  unit: 'satu suara per unit yang diundang',
};

function pollOf({ no, kind, question, secret, voters, closedAt, result }: RecordedPoll, zone: MinutesFacts['zone']): Notulen['jajak'][number] {
  const { choices, turnout } = result;
  return {
    judul: `${kind === 'suara' ? 'Pemungutan suara' : 'Jajak pendapat'} ${no}${secret ? ' (rahasia)' : ''}`,
    teks: question,
    pilihan: choices.map(({ text, votes, who }) => [text, `${votes} suara`, who?.join(', ') ?? ''] as const),
    catatan: `${turnout.voted} dari ${turnout.of} suara masuk (${votersText[voters]})${closedAt ? `; ditutup pukul ${clockText(new Date(closedAt), zone)}` : ''}. ${turnout.units.map((unit) => `${unit.unitName} ${unit.voted}/${unit.of}`).join('; ')}.`,
  };
}

/** An empty paragraph is not printed. */
function lineOf({ list, depth, n, runs }: Paragraph): Notulen['bagian'][number]['paragraf'] {
  if (runs.every((run) => run.text.trim() === '')) return [];
  const tanda = list === 'bullet' ? '•' : list === 'ordered' ? `${n ?? 1}.` : '';
  return [{ tanda, takik: list || depth > 0 ? depth + 1 : 0, potongan: runs.map(({ text, bold, italic }) => ({ teks: text, tebal: bold, miring: italic })) }];
}

const named = (name: string, position: string | null): string => (position ? `${name} (${position})` : name);

function aboutOf(facts: MinutesFacts): [string, string][] {
  const { zone, quorum } = facts;
  const started = new Date(facts.startedAt);
  const ended = facts.endedAt === null ? null : new Date(facts.endedAt);
  const end =
    ended === null
      ? 'sekarang'
      : dayIn(ended, zone) === dayIn(started, zone)
        ? hourText(ended, zone)
        : `${hourText(ended, zone)} (${shortDateText(ended, zone)})`;
  const about: [string, string][] = [
    ['Rapat', facts.title],
    ['Sifat', sifatText[facts.sifat]],
    ['Hari/tanggal', dateText(started, zone)],
    ['Pukul', `${hourText(started, zone)} – ${end} ${zoneName(zone)}`],
    ['Tempat', facts.place],
    ['Pimpinan rapat', named(facts.chairName, facts.chairPosition)],
    ['Notulis', named(facts.notulisName, facts.notulisPosition)],
  ];
  if (quorum) {
    const reached =
      quorum.reachedAt === null ? (ended === null ? 'belum tercapai' : 'tidak tercapai') : `tercapai pukul ${clockText(new Date(quorum.reachedAt), zone)}`;
    about.push(['Kuorum', `diperlukan ${quorum.needed} dari ${quorum.units} unit; ${reached}`]);
  }
  if (facts.sheetNumber) about.push(['Daftar Hadir', `Nomor ${facts.sheetNumber}`]);
  return about;
}

function attendanceOf({ people, invited, zone }: MinutesFacts, statusText: Print['statusText']): Notulen['hadir'] {
  const counted = new Map<string, number>();
  for (const { status } of people) counted.set(statusText[status], (counted.get(statusText[status]) ?? 0) + 1);
  const clock = (at: string | null): string => (at === null ? '' : hourText(new Date(at), zone));
  return {
    judul: 'Peserta',
    ringkasan: `Diundang ${invited} orang: ${[...counted].map(([words, n]) => `${words} ${n}`).join(', ')}.`,
    baris: people.map((p) => ({
      no: String(p.no),
      nama: p.badge ? `${p.name} (${p.badge})` : p.name,
      jabatan: p.position ?? '–',
      opd: p.opdName,
      keterangan: [statusText[p.status], p.detail, p.firstIn && `${clock(p.firstIn)}–${clock(p.lastOut)}`].filter(Boolean).join(', '),
    })),
  };
}

function resolutionOf(d: MinutesDecision, zone: MinutesFacts['zone']): Notulen['keputusan']['butir'][number] {
  const at = new Date(d.decidedAt);
  const more: [string, string | null][] = [
    ['Dasar', d.basis],
    ['Penanggung jawab', d.responsible],
    ['Tenggat', d.dueOn && shortDateText(new Date(`${d.dueOn}T05:00:00Z`), zone)],
    ['Keberatan', d.objections.length === 0 ? null : d.objections.map(({ name, words }) => `${name}: ${words}`).join('; ')],
    ['Di bawah kuorum', d.underQuorumReason && `${d.quorum ? `${d.quorum.present} dari ${d.quorum.needed} unit. ` : ''}Alasan: ${d.underQuorumReason}`],
    ['Keputusan strategis', d.strategicReason && `Alasan ditetapkan Plt/Plh: ${d.strategicReason}`],
    ['Ditetapkan', `pukul ${clockText(at, zone)} oleh ${d.decidedBy}`],
  ];
  return {
    no: String(d.no),
    teks: d.text.split(/\n+/),
    rincian: more.flatMap(([label, value]): [string, string][] => (value ? [[label, value]] : [])),
    dicabut: d.revoked && `Dicabut pukul ${clockText(new Date(d.revoked.at), zone)} oleh ${d.revoked.byName}: ${d.revoked.reason}`,
  };
}

function notesOf({ facts, corrections, approved }: Content): string[] {
  return [
    `Waktu dalam ${zoneName(facts.zone)} menurut jam server.`,
    ...(corrections.accepted + corrections.refused > 0
      ? [`Koreksi peserta: ${corrections.accepted} diterima, ${corrections.refused} ditolak; seluruhnya tercatat di portal.`]
      : []),
    ...(approved?.early ? [`Disahkan sebelum masa koreksi berakhir (${dayWords(approved.until)}): ${approved.early}`] : []),
    'Belum ada bukti: portal tidak memiliki catatan kehadiran. Ini bukan pernyataan tidak hadir.',
  ];
}

/** `25 November 2026`, of a calendar day. */
export const dayWords = (day: string): string => shortDateText(new Date(`${day}T05:00:00Z`), 'Asia/Jakarta');

export function fileName({ facts, approved }: Content): string {
  const name = (approved?.number ?? `konsep ${facts.title}`).replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  return `notulen-${name}.pdf`;
}
