// Cuts one browser's network for real: Chromium's network process, which owns every socket of that browser (HTTP, WebSocket,
// media), is frozen. No packet is read or sent until it is let go; nothing on the page is told.
import { readdirSync, readFileSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { chromiumOptions } from './browser.ts';

export type CuttableBrowser = { browser: Browser; cut(): void; mend(): void; close(): Promise<void> };

export async function openCuttableBrowser(): Promise<CuttableBrowser> {
  const server = await chromium.launchServer(chromiumOptions());
  const browser = await chromium.connect(server.wsEndpoint());
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    const pids = networkProcessesOf(server.process().pid ?? 0);
    if (pids.length === 0) throw new Error('Chromium has no network process of its own');
    for (const pid of pids) process.kill(pid, name);
  };
  return {
    browser,
    cut: () => signal('SIGSTOP'),
    mend: () => signal('SIGCONT'),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

function networkProcessesOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? read(`/proc/${pid}/stat`) : null;
    if (stat !== null) parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const within = (pid: number | undefined): boolean => pid !== undefined && pid > 1 && (pid === root || within(parents.get(pid)));
  return [...parents.keys()].filter((pid) => within(pid) && (read(`/proc/${pid}/cmdline`) ?? '').includes('network.mojom.NetworkService'));
}

/** null: it ended meanwhile. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
