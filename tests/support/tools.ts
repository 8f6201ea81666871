// What the tests need from the machine beside npm's packages: a Chromium and a LiveKit server, found or got.
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { step } from '../../server/say.mjs';
import { buildLiveKit, findLiveKit } from '../../server/platform/livekit-binary.ts';
import { findChromium } from './browser.ts';

const run = promisify(execFile);

/** Puts what was found into the environment of everything started later. Throws in plain words. */
export async function getTools(): Promise<void> {
  process.env['CHROMIUM_BIN'] = findChromium() ?? (await installChromium());
  process.env['LIVEKIT_BIN'] = await getLiveKit();
}

async function installChromium(): Promise<string> {
  await step('Mengambil Chromium (Playwright)', async () =>
    run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], { timeout: 300_000 }),
  ).catch(() => {});
  const own = findChromium();
  if (own !== null) return own;
  if (process.getuid?.() === 0) {
    const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 };
    await step('Memasang Chromium (apt-get)', async () => {
      await run('apt-get', ['update', '-qq'], quiet).catch(() => {});
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
    }).catch(() => {});
  }
  const installed = findChromium();
  if (installed === null) throw new Error('Tidak ada Chromium: pasang paket chromium, atau atur CHROMIUM_BIN.');
  return installed;
}

async function getLiveKit(): Promise<string> {
  const cacheFolder = process.env['PORTAL_CACHE'] ?? join(homedir(), '.cache', 'portal-rapat');
  const found = findLiveKit({ livekitBin: process.env['LIVEKIT_BIN'] ?? null, cacheFolder });
  if (found.kind === 'binary') return found.path;
  if (found.kind === 'absent') throw new Error(`Tidak ada server LiveKit: ${found.reason}. Atur LIVEKIT_BIN atau pasang Go.`);
  return step('Membangun server media dengan Go (sekali saja)', async () => buildLiveKit(found, new AbortController().signal));
}
