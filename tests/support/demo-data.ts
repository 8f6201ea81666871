// The demonstration city is made once per run; every stage begins with a copy of it, as a portal that is started again.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { NO_MEDIA, startPortal } from './portal.ts';
import { temporaryFolder } from './database.ts';

/** The folder copies are made of. Workers read it from their environment; without it, every stage makes a city of its own. */
const VARIABLE = 'PORTAL_TEST_CITY';

/** Answers how to throw it away. */
export async function makeDemoData(): Promise<() => void> {
  const folder = temporaryFolder();
  const portal = await startPortal({ dataFolder: folder, env: NO_MEDIA });
  await portal.stop();
  process.env[VARIABLE] = folder;
  return () => {
    delete process.env[VARIABLE];
    rmSync(folder, { recursive: true, force: true });
  };
}

export function demoData(): string {
  const folder = temporaryFolder();
  const made = process.env[VARIABLE];
  // Owners and rights too: the database runs as a lesser account.
  if (made !== undefined) execFileSync('cp', ['-a', `${made}/.`, folder]);
  return folder;
}
