// The code by which anybody can verify a paper of the portal.
import { randomBytes } from 'node:crypto';

/** Crockford's 32 letters: none can be read as another one. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 16 letters of 5 bits: 80 random bits, `7K3M-QX9T-2WHB-P4RD`. */
export function newCode(random: Uint8Array = randomBytes(16)): string {
  return [...random.subarray(0, 16)].map((byte, n) => `${n > 0 && n % 4 === 0 ? '-' : ''}${letters[byte & 31]}`).join('');
}

/** As somebody typed it from paper: O is 0, I and L are 1. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
