// Corrections under a list, in words for paper and spreadsheets: what the record said, what was accepted, why, who asked and who decided.
import type { ListedCorrection, Sheet } from '../../shared/attendance.ts';
import { clockText, hourText, shortDateText } from '../platform/local-time.ts';

export const addendumTitle = (sheet: Pick<Sheet, 'state'>): string => (sheet.state === 'final' ? 'Koreksi sesudah final' : 'Koreksi');
export const addendumHead = ['Nama', 'Semula', 'Menjadi', 'Alasan', 'Diajukan', 'Diputuskan', 'Tanggal'];

/** Of a final list only what came after: what came before is in its rows, and under them in the portal. */
export const addendumOf = (sheet: Pick<Sheet, 'state' | 'corrections' | 'zone'>): string[][] =>
  sheet.corrections.filter((c) => sheet.state !== 'final' || c.afterFinal).map((c) => lineOf(c, sheet.zone));

function lineOf(c: ListedCorrection, zone: Sheet['zone']): string[] {
  const span = (from: string, to: string | null): string => `${hourText(new Date(from), zone)}–${to === null ? 'sekarang' : clockText(new Date(to), zone)}`;
  const before = c.original?.of === 'meeting' ? c.original.intervals.map((i) => span(i.from, i.to)).join(', ') : '';
  const at = new Date(c.decidedAt);
  return [
    c.personName,
    before || 'belum ada bukti',
    c.from === null ? '–' : span(c.from, c.to),
    c.reason,
    c.requestedBy,
    c.decidedBy,
    `${shortDateText(at, zone)}, ${clockText(at, zone)}`,
  ];
}
