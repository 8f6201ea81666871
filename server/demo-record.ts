// Whether this installation's own database holds the demonstration, whole or half, and with which accounts.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Kept = z.union([
  z.object({ state: z.literal('filling') }),
  z.object({ state: z.literal('filled'), accounts: z.array(z.object({ login: z.string(), password: z.string(), role: z.string() })) }),
]);
type Kept = z.output<typeof Kept>;
export type DemoAccount = { login: string; password: string; role: string };

const pathIn = (dataFolder: string): string => join(dataFolder, 'demo.json');

/** `filling` means that a start was killed while it filled: that database is thrown away and made anew. */
export function readDemo(dataFolder: string): Kept | null {
  try {
    return Kept.parse(JSON.parse(readFileSync(pathIn(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}

export function writeDemo(dataFolder: string, kept: Kept): void {
  const path = pathIn(dataFolder);
  writeFileSync(`${path}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
