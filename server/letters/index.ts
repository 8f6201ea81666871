// Letters: official papers as PDF, and the code by which a paper is verified.
import { readFile } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import { renderSVG } from 'uqr';
import { refuse } from '../platform/refusal.ts';
import type { DaftarHadir } from './daftar-hadir.ts';
import type { DataSaya } from './data-saya.ts';
import type { KeteranganGangguan } from './keterangan-gangguan.ts';
import type { RekapPresensi } from './rekap-presensi.ts';
import { createTypst, DocumentProblem, findEngine } from './typst.ts';

export type { DaftarHadir } from './daftar-hadir.ts';
export type { DataSaya } from './data-saya.ts';
export type { KeteranganGangguan } from './keterangan-gangguan.ts';
export type { RekapPresensi } from './rekap-presensi.ts';

type Papers = { 'daftar-hadir': DaftarHadir; 'data-saya': DataSaya; 'keterangan-gangguan': KeteranganGangguan; 'rekap-presensi': RekapPresensi };
export type Letters = ReturnType<typeof createLetters>;

/** `engine`: the path of the layout engine; null where this machine has none. */
export function createLetters({ log, origin, engine = findEngine() }: { log: FastifyBaseLogger; origin: string; engine?: string | null }) {
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

  return { available: typst !== null, origin, pdf, qrSvg, verificationUrl: (code: string): string => `${origin}/v/${code}`, close: async () => typst?.close() };
}

export const qrSvg = (text: string): string => renderSVG(text, { ecc: 'M', border: 2 });
