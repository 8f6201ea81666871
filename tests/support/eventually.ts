// Waits for a condition by asking again, with an end. For what no event announces (another process's list).
import { setTimeout as pause } from 'node:timers/promises';

const ASK_EVERY_MS = 50;

export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  for (const until = Date.now() + withinMs; ;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(ASK_EVERY_MS);
  }
}
