// Secrets of this installation, made on the first start and kept in one file that only its owner may read.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartProblem } from './start-problem.ts';

const KeyPair = z.object({ key: z.string().min(8), secret: z.string().min(32) });
const Secrets = z.object({
  /** Signs and derives what the portal itself hands out. */
  portal: z.string().min(32),
  /** Signs join tokens and calls of LiveKit's API. */
  livekitToken: KeyPair,
  /** Signs webhooks: who can read a webhook's key cannot make a token. */
  livekitWebhook: KeyPair,
});
export type Secrets = z.output<typeof Secrets>;

const random = (): string => randomBytes(36).toString('base64url');
const keyPair = (): Secrets['livekitToken'] => ({ key: `API${randomBytes(9).toString('hex')}`, secret: random() });

/** The folder exists. `say` hears of a file that others could read. */
export function readSecrets(folder: string, say: (line: string) => void): Secrets {
  const path = join(folder, 'secrets.json');
  if (!existsSync(path)) return makeSecrets(path);
  if ((statSync(path).mode & 0o077) !== 0) {
    chmodSync(path, 0o600);
    say(`${path} dapat dibaca pengguna lain; sekarang tidak lagi (0600). Hapus berkas itu bila isinya mungkin sudah terbaca.`);
  }
  const parsed = Secrets.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (!parsed.success)
    throw new StartProblem(`${path} rusak. Kembalikan dari cadangan, atau hapus agar dibuat baru (semua tautan rapat lama tidak berlaku lagi).`);
  return parsed.data;
}

function makeSecrets(path: string): Secrets {
  const secrets: Secrets = { portal: random(), livekitToken: keyPair(), livekitWebhook: keyPair() };
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return secrets;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
