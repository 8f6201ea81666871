// Letters: official papers as PDF, and the code by which a paper is verified.
import { readFile } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import { renderSVG } from 'uqr';
import { getVerification, type Verification } from '../../shared/letters.ts';
import { readCode } from '../platform/paper-code.ts';
import { refuse } from '../platform/refusal.ts';
import { serve } from '../platform/serve.ts';
import type { DaftarHadir } from './daftar-hadir.ts';
import type { DataSaya } from './data-saya.ts';
import type { KeteranganGangguan } from './keterangan-gangguan.ts';
import type { LaporanKonferensi } from './laporan-konferensi.ts';
import type { Notulen } from './notulen.ts';
import type { Register } from './register.ts';
import type { RekapPresensi } from './rekap-presensi.ts';
import type { SiaranPers } from './siaran-pers.ts';
import type { SuratTugas } from './surat-tugas.ts';
import type { Undangan } from './undangan.ts';
import { createTypst, DocumentProblem, findEngine } from './typst.ts';

export { createRegister } from './register.ts';
export type { DaftarHadir } from './daftar-hadir.ts';
export type { DataSaya } from './data-saya.ts';
export type { KeteranganGangguan } from './keterangan-gangguan.ts';
export type { LaporanKonferensi } from './laporan-konferensi.ts';
export type { Notulen } from './notulen.ts';
export type { RekapPresensi } from './rekap-presensi.ts';
export type { SiaranPers } from './siaran-pers.ts';
export type { SuratTugas } from './surat-tugas.ts';
export type { Undangan } from './undangan.ts';

type Papers = {
  'daftar-hadir': DaftarHadir;
  'data-saya': DataSaya;
  'keterangan-gangguan': KeteranganGangguan;
  'laporan-konferensi': LaporanKonferensi;
  notulen: Notulen;
  'rekap-presensi': RekapPresensi;
  'siaran-pers': SiaranPers;
  'surat-tugas': SuratTugas;
  undangan: Undangan;
};
type World = { log: FastifyBaseLogger; origin: string; register: Register; engine?: string | null };
type ReadPaper = (code: string) => Promise<Verification | null>;
export type Letters = ReturnType<typeof createLetters>;

/** `engine`: the path of the layout engine; null where this machine has none. */
export function createLetters({ log, origin, register, engine = findEngine() }: World) {
  const { routes: registerRoutes, ...numbers } = register;
  const readers: ReadPaper[] = [];
  const typst = engine === null ? null : createTypst(engine);

  /** The paper, tagged for screen readers and fit for the archive (PDF/A-2a). `at` is the date inside the file: same data, same file. */
  async function pdf<Name extends keyof Papers>(name: Name, data: Papers[Name] & { alamat: string }, at: Date): Promise<Buffer> {
    if (!typst) refuse('pdf.unavailable');
    const template = await readFile(new URL(`./${name}.typ`, import.meta.url), 'utf8');
    try {
      return await typst.compile({ template, inputs: { data: JSON.stringify(data), qr: qrSvg(data.alamat) }, at });
    } catch (error) {
      // The engine's message may quote the data: its first line is about the template.
      if (error instanceof DocumentProblem) log.error({ paper: name, problem: error.message.split('\n')[0]?.slice(0, 200) }, 'paper could not be made');
      throw error;
    }
  }

  /** Who keeps papers under a code says here how one is found. A code is random: two keepers never know the same. */
  function knows(reader: ReadPaper): void {
    readers.push(reader);
  }

  async function verify(typed: string): Promise<Verification> {
    const code = readCode(typed);
    for (const reader of readers) {
      const found = await reader(code);
      if (found) return found;
    }
    return refuse('not_found');
  }

  return {
    routes: [serve(getVerification, ({ params }) => verify(params.code)), ...registerRoutes],
    ...numbers,
    available: typst !== null,
    origin,
    pdf,
    knows,
    verificationUrl: (code: string): string => `${origin}/v/${code}`,
    close: async () => typst?.close(),
  };
}

export const qrSvg = (text: string): string => renderSVG(text, { ecc: 'M', border: 2 });
