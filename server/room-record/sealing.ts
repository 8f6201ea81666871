// Secret votes while a poll is open: sealed for whoever reads the database. The key has two halves, one beside the votes and one with the portal;
// the first is destroyed when the poll closes, and with it what could open a copy of the rows.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

export const newHalf = (): Buffer => randomBytes(32);
const keyOf = (secret: string, pollId: string, half: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.concat([Buffer.from(secret, 'utf8'), half]), pollId, 'jajak rahasia', 32));

/** Always as many bytes, whatever was chosen. */
export function seal(secret: string, half: Uint8Array, { pollId, seat, choices }: { pollId: string; seat: string; choices: readonly number[] }): Buffer {
  const marks = Buffer.alloc(2);
  marks.writeUInt16BE(choices.reduce((sum, id) => sum | (1 << id), 0));
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, pollId, half), nonce);
  cipher.setAAD(Buffer.from(`${pollId} ${seat}`, 'utf8'));
  const body = Buffer.concat([cipher.update(marks), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** Throws where it was sealed for another poll or seat, or changed since. */
export function open(secret: string, half: Uint8Array, { pollId, seat, sealed }: { pollId: string; seat: string; sealed: Buffer }): number[] {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, pollId, half), sealed.subarray(0, NONCE));
  decipher.setAAD(Buffer.from(`${pollId} ${seat}`, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const marks = Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]).readUInt16BE();
  return Array.from({ length: 15 }, (_, n) => n + 1).filter((id) => (marks & (1 << id)) !== 0);
}
