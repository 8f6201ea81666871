// Passwords: what is too easy to guess, and the first ones the portal makes.
import { randomInt } from 'node:crypto';

/** Words of this portal and of the offices that use it; docs/security.md names them. */
const OFFICE_WORDS = [
  'portal',
  'rapat',
  'pemda',
  'pemkot',
  'pemkab',
  'pemprov',
  'pemerintah',
  'dinas',
  'badan',
  'kantor',
  'sekda',
  'walikota',
  'bupati',
  'gubernur',
];
const SHORTEST = 10;
/** Guesses somebody needs who knows the common passwords, the words of the language and the person's own: a hundred million. */
const LEAST_SCORE = 3;
/** What is looked at; the rest can only make it harder. */
const LOOKED_AT = 100;

/** Read at the first password: the lists weigh more than most modules. */
let judge: ReturnType<typeof openJudge> | null = null;
async function openJudge() {
  const [{ ZxcvbnFactory }, common, indonesian] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-id'),
  ]);
  return new ZxcvbnFactory({ dictionary: { ...common.dictionary, ...indonesian.dictionary }, graphs: common.adjacencyGraphs });
}

/** True when it is short, or guessed soon: a common password, a run, a repetition, a date, or the person's own name, NIP or e-mail with something around it. */
export async function isWeak(password: string, owner: { name: string; nip: string | null; email: string | null }): Promise<boolean> {
  if (password.length < SHORTEST) return true;
  const name = owner.name.toLowerCase();
  const own = [...name.split(/[^\p{L}]+/u), name.replace(/[^\p{L}]/gu, ''), owner.nip, owner.nip?.slice(0, 8), owner.email, owner.email?.split('@')[0]];
  const words = own.filter((word): word is string => typeof word === 'string' && word.length >= 3);
  const opened = await (judge ??= openJudge());
  return opened.check(password.slice(0, LOOKED_AT), [...OFFICE_WORDS, ...words]).score < LEAST_SCORE;
}

// Without letters and digits that a paper slip confuses (0 o, 1 l i).
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 15 signs, 74 bits: to be read out or written down once, and changed. */
export function makeFirstPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group()].join('-');
}
