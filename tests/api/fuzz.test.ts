// Every operation of the OpenAPI document, asked by everybody with values made from its schemas: nothing breaks, and what is answered is what the
// document says; whether each refusal is named there too is for the ten minutes. The same seed on every machine; `FUZZ_SEED` and `FUZZ_ROUNDS` say otherwise. Ten minutes of it: `npm run faults -- fuzz`.
import { expect, test } from 'vitest';
import { fuzzRound } from '../support/fuzz-round.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_123);
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 4);

test('whatever is asked of any address, the portal answers as its document says', { timeout: 600_000 }, async () => {
  const { asked, findings, broken } = await fuzzRound({ seed: SEED, rounds: ROUNDS });
  expect(
    findings
      .filter(({ undocumented }) => !undocumented)
      .map(({ what, caller, asked: { method, url, body }, answer }) => ({ what, caller, asked: `${method} ${url} ${String(body ?? '')}`, answer })),
    `seed ${SEED}`,
  ).toEqual([]);
  expect(broken).toEqual([]);
  expect(asked).toBeGreaterThan(390 * ROUNDS);
});
