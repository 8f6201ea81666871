// How a paper is named in the register of its OPD and year.

const months = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** `005/DH/DINSOS/XI/2026`; `day` = `2026-11-23`, the day it was made final at the office. */
export function paperNumber(kind: 'DH' | 'NOT', serial: number, abbreviation: string, day: string): string {
  const office = abbreviation
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return [String(serial).padStart(3, '0'), kind, office, months[Number(day.slice(5, 7)) - 1], day.slice(0, 4)].join('/');
}
