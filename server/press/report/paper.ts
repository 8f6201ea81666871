// The report in the words of the paper.
import type { CrewRole } from '../../../shared/press.ts';
import type { LogQuestion } from '../../../shared/press-floor.ts';
import type { Zone } from '../../../shared/people.ts';
import type { PressReport, ReportOutlet } from '../../../shared/press-report.ts';
import type { z } from 'zod';
import type { LaporanKonferensi } from '../../letters/index.ts';
import { clockText, dateText, dayIn, hourText, shortDateText } from '../../platform/local-time.ts';
import { bytesText, sinceStart } from '../amounts.ts';
import { checkName } from '../words.ts';

type Report = z.input<typeof PressReport>;
export type Copy = { zone: Zone; by: string; now: Date; region: string; url: string };

const ROLES: Record<CrewRole, string> = { narasumber: 'Narasumber', moderator: 'Moderator', jbi: 'Juru bahasa isyarat', operator: 'Operator' };

const takenText = ({ files, bytes }: Pick<ReportOutlet, 'files' | 'bytes'>): string => (files === 0 ? '–' : `${files} (${bytesText(bytes, 'id')})`);
const some = (n: number): string => (n === 0 ? '–' : String(n));

export function reportPaper(report: Report, { zone, by, now, region, url }: Copy): LaporanKonferensi {
  const { conference: c, figures: f } = report;
  const hour = (instant: string): string => hourText(new Date(instant), zone);
  const day = (date: string): string => shortDateText(new Date(`${date}T05:00:00Z`), zone);
  const spent = ({ minutes, from, to }: { minutes: number; from: string | null; to: string | null }): string =>
    minutes === 0 || from === null || to === null ? 'belum ada bukti' : `${hour(from)}–${hour(to)} (${minutes} menit)`;
  const outcome = (q: LogQuestion): string => {
    if (q.state === 'dijawab') {
      const who = q.answeredBy.length > 0 ? ` oleh ${q.answeredBy.join(', ')}` : '';
      return q.oral === true ? `dijawab lisan${who}${q.atSecond === null ? '' : ` pada ${sinceStart(q.atSecond)}`}` : `dijawab tertulis${who}`;
    }
    if (q.state === 'ditunda') return `ditunda sampai ${q.dueOn === null ? 'kemudian' : day(q.dueOn)}`;
    if (q.state === 'ditolak') return `ditolak: ${q.reason ?? '–'}`;
    return q.state === 'ditarik' ? 'ditarik penanya' : 'belum ditangani';
  };
  const live = c.liveAt === null || c.liveAt === undefined ? null : new Date(c.liveAt);
  const ended = c.endedAt === null || c.endedAt === undefined ? null : new Date(c.endedAt);
  const today = dayIn(now, zone).split('-').map(Number);
  return {
    judul: 'Laporan Konferensi Pers',
    daerah: region,
    opd: c.opdName,
    perihal: c.title,
    tanggalDokumen: [today[0] ?? 1970, today[1] ?? 1, today[2] ?? 1],
    ringkas: [
      ['Hari, tanggal', dateText(live ?? new Date(c.startsAt), zone)],
      [
        'Tayang',
        live === null ? 'belum' : `${hourText(live, zone)} – ${ended === null ? 'masih berlangsung' : clockText(ended, zone)} (${report.minutes} menit)`,
      ],
      ['Tempat', c.place],
      ['Jurnalis', `${f.registered} terdaftar, ${f.accepted} diterima, ${f.watched} menyaksikan dari ${f.outletsWatched} media`],
      ['Penonton lain', `${f.viewers} peramban`],
      [
        'Pertanyaan',
        `${f.asked} diajukan; ${f.answeredOrally} dijawab lisan, ${f.answeredInWriting} tertulis, ${f.owed} terutang, ${f.refused} ditolak, ${f.open} belum ditangani`,
      ],
      ['Materi pers', f.files === 0 ? 'belum diunduh' : `${f.files} unduhan, ${bytesText(f.bytes, 'id')}`],
    ],
    petugas: report.crew.map((one) => ({ peran: ROLES[one.role], nama: one.name, jabatan: one.label, hadir: spent(one) })),
    media: report.outlets.map((o, n) => ({
      no: String(n + 1),
      media: o.outlet,
      jurnalis: o.journalists.map((j) => `${j.name}${j.state === 'diterima' ? '' : ' (tidak terakreditasi)'}: ${spent(j)}`),
      menonton: some(o.minutes),
      tanya: some(o.asked),
      giliran: some(o.turns),
      unduh: takenText(o),
    })),
    pertanyaan: report.questions
      .filter((q) => q.state !== 'ditarik')
      .map((q, n) => ({ no: String(n + 1), media: q.outlet, topik: q.topic, isi: q.text, hasil: outcome(q), jawaban: q.answer })),
    terutang: report.questions
      .filter((q) => q.state === 'ditunda')
      .map((q) => `${q.outlet}: ${q.topic}, paling lambat ${q.dueOn === null ? '–' : day(q.dueOn)}.`),
    catatan: [
      ...report.waived.map((w) => `Tayang tanpa pemeriksaan ${checkName(w.name, 'id')}: ${w.reason} (${w.byName}).`),
      ...report.outages.map((o) => `Gangguan sistem pukul ${hour(o.from)}–${o.to === null ? 'masih berlangsung' : hour(o.to)}.`),
      'Menit menonton dibaca dari catatan kehadiran portal antara tayang dan selesai; beberapa perangkat satu orang dihitung sekali.',
    ],
    tanda: `Salinan diunduh ${by} pada ${shortDateText(now, zone)} pukul ${clockText(now, zone)}`,
    alamat: url,
    alamatTampil: url.replace(/^https?:\/\//, ''),
    dibuat: `Dibuat pada ${shortDateText(now, zone)}`,
  };
}
