// What of a confirmed day goes into the file for SIHadir, and whether it has to go again. Pure.
import type { ExportCode, ExportKey, RowState } from '../../shared/sihadir.ts';
import { refuse } from '../platform/refusal.ts';
import { isOver } from './confirmation-rules.ts';
import type { Confirmed } from './confirmations.ts';
import type { DayReading } from './reading.ts';
import type { Zone } from '../../shared/people.ts';

/** Sensible where a region has not said otherwise. `TK` only ever stands for what a named human stated. */
export const DEFAULT_CODES: readonly ExportCode[] = [
  { key: 'WFO', code: 'WFO', note: null },
  { key: 'WFH', code: 'WFH', note: null },
  { key: 'PIKET', code: 'PIKET', note: null },
  { key: 'DL', code: 'DL', note: 'Dinas luar' },
  { key: 'CUTI', code: 'CUTI', note: null },
  { key: 'SAKIT', code: 'SAKIT', note: null },
  { key: 'LIBUR', code: 'LIBUR', note: null },
  { key: 'GANGGUAN', code: null, note: 'Gangguan sistem presensi' },
  { key: 'TIDAK_HADIR', code: 'TK', note: 'Tidak hadir, dinyatakan pejabat' },
];

export type Mapping = ReadonlyMap<ExportKey, Pick<ExportCode, 'code' | 'note'>>;
export function mappingOf(changed: readonly ExportCode[]): Mapping {
  return new Map([...DEFAULT_CODES, ...changed].map(({ key, code, note }) => [key, { code, note }]));
}
export function checkCodes(codes: readonly ExportCode[]): void {
  const empty = codes.find((c) => c.code === null && c.key !== 'GANGGUAN');
  if (empty) refuse('export.code_missing', { key: empty.key });
}

/** A person-day as it would stand in a batch. */
export type Line = {
  personId: string;
  date: string;
  nip: string | null;
  name: string;
  code: string;
  note: string | null;
  basis: string | null;
  confirmedBy: string;
  confirmedAt: Date;
};

type Who = { id: string; nip: string | null; name: string };
export type Candidate = { over: boolean; line: Line | null };

/** Null: nobody else has confirmed this day, or what they confirmed is no longer what is read. A day without a code is nobody's. */
export function candidateOf(
  person: Who,
  day: DayReading,
  said: Confirmed | undefined,
  { mapping, zone, now }: { mapping: Mapping; zone: Zone; now: Date },
): Candidate {
  const over = day.code !== null && isOver(day.date, zone, now);
  if (!over || day.code === null || !said || said.fingerprint !== day.fingerprint || said.byId === '' || said.byId === person.id) return { over, line: null };
  const planned = mapping.get(day.code);
  const key: ExportKey =
    said.outcome === 'tidak_hadir' ? 'TIDAK_HADIR' : said.outcome === 'gangguan_sistem' || day.mark === 'gangguan_sistem' ? 'GANGGUAN' : day.code;
  const wanted = mapping.get(key);
  return {
    over,
    line: {
      personId: person.id,
      date: day.date,
      nip: person.nip,
      name: person.name,
      code: wanted?.code ?? planned?.code ?? day.code,
      note: wanted?.note ?? null,
      basis: day.basis,
      confirmedBy: said.by,
      confirmedAt: said.at,
    },
  };
}

/** How a person-day stood when it was last put into a batch, and the last that was said of that row. */
export type LastRow = {
  personId: string;
  date: string;
  nip: string | null;
  code: string | null;
  note: string | null;
  revision: number;
  act: 'ditolak' | 'kirim_lagi' | null;
  actAt: Date | null;
};

/** `revision`: null = it stays where it is. Only what the receiving system reads makes a row another one. */
export function revisionFor(line: Line, last: LastRow | undefined): number | null {
  if (!last) return 0;
  const same = last.nip === line.nip && last.code === line.code && last.note === line.note;
  const rejected = last.act === 'ditolak' && last.actAt !== null;
  if (same && last.act !== 'kirim_lagi' && !(rejected && line.confirmedAt > last.actAt!)) return null;
  return last.revision + 1;
}

export function stateOf({ sent, revision, act, replaced }: { sent: boolean; revision: number; act: LastRow['act']; replaced: boolean }): RowState {
  if (act === 'ditolak' && !replaced) return 'ditolak';
  if (act !== null) return 'diperbaiki';
  if (sent) return 'terkirim';
  return revision > 0 ? 'diperbaiki' : 'siap';
}

export const lineColumns = [
  { title: 'nip', width: 22 },
  { title: 'nama', width: 34 },
  { title: 'tanggal', width: 12 },
  { title: 'kode', width: 10 },
  { title: 'keterangan', width: 34 },
  { title: 'dasar', width: 28 },
  { title: 'dikonfirmasi oleh', width: 34 },
];
export const cellsOf = (row: {
  nip: string | null;
  name: string | null;
  date: string | null;
  code: string | null;
  note: string | null;
  basis: string | null;
  confirmedBy: string | null;
}): (string | null)[] => [row.nip, row.name, row.date, row.code, row.note, row.basis, row.confirmedBy];
