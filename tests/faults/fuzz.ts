// `npm run faults -- fuzz [minutes] [seed]`: everybody asks for everything in the OpenAPI document for ten minutes, a fresh city every few thousand
// requests; refusals the document does not name count too. The seed is printed: given again, the same is asked.
import { startTestDatabase } from '../support/database.ts';
import { fuzzRound } from '../support/fuzz-round.ts';

const ROUNDS = 8;

export async function fuzz(): Promise<boolean> {
  const [minutes = 10, given = Date.now() % 1_000_000_000] = process.argv.slice(3).map(Number);
  const stop = await startTestDatabase();
  const until = Date.now() + minutes * 60_000;
  const found = new Map<string, string>();
  let [asked, broken, seed] = [0, 0, given];
  console.error(`seed ${given}`);
  try {
    for (; Date.now() < until; seed += 1) {
      const round = await fuzzRound({ seed, rounds: ROUNDS, until: () => Date.now() >= until });
      asked += round.asked;
      broken += round.broken.length;
      for (const line of round.broken) console.error(line);
      for (const { what, caller, asked: one, answer } of round.findings)
        if (!found.has(what))
          found.set(what, `${what}\n  seed ${seed} · ${caller} · ${one.method} ${one.url.slice(0, 300)} ${String(one.body ?? '').slice(0, 300)}\n  ${answer}`);
      console.error(`${asked} asked · ${broken} broken · ${found.size} not as documented`);
    }
  } finally {
    await stop();
  }
  for (const one of found.values()) console.error(one);
  console.log(JSON.stringify({ fuzz: { seed: given, asked, serverErrors: broken, schemaViolations: found.size } }));
  return broken === 0 && found.size === 0;
}
