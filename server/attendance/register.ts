// How a sheet is named: its register number, and the code by which anybody can verify the paper.
import { randomBytes } from 'node:crypto';

const months = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** `005/DH/DINSOS/XI/2026`; `day` = `2026-11-23`, the day of finalising at the office. */
export function numberOf(serial: number, abbreviation: string, day: string): string {
  const office = abbreviation
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return [String(serial).padStart(3, '0'), 'DH', office, months[Number(day.slice(5, 7)) - 1], day.slice(0, 4)].join('/');
}

/** Crockford's 32 letters: none can be read as another one. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 16 letters of 5 bits: 80 random bits, `7K3M-QX9T-2WHB-P4RD`. */
export function newCode(random: Uint8Array = randomBytes(16)): string {
  return [...random.subarray(0, 16)].map((byte, n) => `${n > 0 && n % 4 === 0 ? '-' : ''}${letters[byte & 31]}`).join('');
}

/** As somebody typed it from paper: O is 0, I and L are 1. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
