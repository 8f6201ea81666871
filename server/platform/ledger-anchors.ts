// Roots kept outside the database: one line each in the data folder. Who rewrites the whole database does not rewrite these.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Root } from './ledger.ts';

/** A root known from elsewhere. From paper the first digits may be all there is. */
export type Anchor = { n: number; root: string; from: 'file' | 'paper' };

const LINE = /^(\d{1,9}) (\S+) ([0-9a-f]{64})$/;
const pathOf = (dataFolder: string): string => join(dataFolder, 'akar.log');

/** Oldest first; a line that is not whole (a full disk) is passed over. */
export async function readAnchors(dataFolder: string): Promise<Anchor[]> {
  const text = await readFile(pathOf(dataFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((row): Anchor[] => {
    const [, n, , root] = LINE.exec(row) ?? [];
    return n === undefined || root === undefined ? [] : [{ n: Number(n), root, from: 'file' }];
  });
}

/** On disk when it answers. */
export async function appendAnchor(dataFolder: string, { n, at, root }: Root): Promise<void> {
  const file = await open(pathOf(dataFolder), 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const { buffer } = size > 0 ? await file.read(Buffer.alloc(1), 0, 1, size - 1) : { buffer: Buffer.from('\n') };
    // A line that was cut short must not swallow this one.
    await file.appendFile(`${buffer.toString() === '\n' ? '' : '\n'}${n} ${at.toISOString()} ${root}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
