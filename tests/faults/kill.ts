// `npm run faults -- kill`: portals are killed at random points of their writes (FAULT_KILLS, 200); the next one goes on. Nothing acknowledged is
// missing, nothing stands half or twice, the ledger fits.
import { setTimeout as pause } from 'node:timers/promises';
import { report } from '../bench/figures.ts';
import type { Portal } from '../support/portal.ts';
import { misfitsIn, nothingYet, openOffices, write } from './offices.ts';

const KILLS = Number(process.env['FAULT_KILLS'] ?? 200);
const WRITERS = 4;
/** A meeting takes some tens of milliseconds: any point of one is as likely as another. */
const WITHIN_MS = 600;

export async function kill(): Promise<boolean> {
  const offices = await openOffices();
  const heard = nothingYet();
  const problems: string[] = [];
  let living: Portal | null = null;
  let over = false;
  try {
    const writers = Array.from({ length: WRITERS }, async () =>
      write(
        () => living?.url ?? null,
        offices.writers,
        () => over,
        heard,
      ),
    );
    let next = offices.portal();
    for (let n = 0; n < KILLS; n += 1) {
      const portal = await next;
      living = portal;
      // Two at once, as in an office that upgrades one after the other.
      if (n + 1 < KILLS) next = offices.portal();
      const before = heard.messages.length;
      while (heard.messages.length === before) await pause(10);
      await pause(Math.random() * WITHIN_MS);
      living = null;
      await portal.kill9();
      if (n % 20 !== 19) continue;
      problems.push(...(await misfitsIn(offices.sql, heard)));
      console.error(`${n + 1} killed, ${heard.meetings.length + heard.messages.length} acknowledged, ${problems.length} problems`);
    }
    over = true;
    await Promise.all(writers);
    problems.push(...(await misfitsIn(offices.sql, heard)), ...heard.wrong);
  } finally {
    over = true;
    await offices.close();
  }
  for (const problem of new Set(problems)) console.log(`✗ ${problem}`);
  const figures = { kills: KILLS, meetings: heard.meetings.length, messages: heard.messages.length, refused: heard.refused, problems: problems.length };
  return report({ bench: 'faults kill', figures, aims: { kills: { min: 200 }, meetings: { min: KILLS }, problems: { max: 0 } } });
}
