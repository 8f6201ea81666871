// Passwords: what is too easy to guess, and the first ones the portal makes.
import { randomInt } from 'node:crypto';

const COMMON = [
  'password',
  'katasandi',
  'rahasia',
  'indonesia',
  'qwertyuiop',
  'asdfghjkl',
  'administrator',
  'pemerintah',
  'sayang',
  'bismillah',
  'admin',
  'dinas',
];
const RUNS = '0123456789012345678909876543210987654321abcdefghijklmnopqrstuvwxyz';

/** True when the password is a run, a repetition, a common word with digits around it, or the person's own name, NIP or e-mail. */
export function isWeak(password: string, owner: { name: string; nip: string | null; email: string | null }): boolean {
  const plain = password.toLowerCase();
  if (plain.length < 10 || new Set(plain).size < 4 || RUNS.includes(plain)) return true;
  const letters = plain.replace(/[^a-z]/g, '');
  if (COMMON.includes(letters)) return true;
  if (owner.nip !== null && (plain.includes(owner.nip) || plain.replace(/\D/g, '') === owner.nip.slice(0, 8))) return true;
  const names = [
    owner.name.toLowerCase().replace(/[^a-z]/g, ''),
    ...owner.name.toLowerCase().split(/[^a-z]+/),
    owner.email
      ?.toLowerCase()
      .split('@')[0]
      ?.replace(/[^a-z]/g, '') ?? '',
  ];
  return names.some((name) => name.length >= 3 && letters === name);
}

// Without letters and digits that a paper slip confuses (0 o, 1 l i).
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 15 signs, 74 bits: to be read out or written down once, and changed. */
export function makeFirstPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group()].join('-');
}
