// S21: no regular expression needs more than a time in proportion to its text, whatever the text. Judged by an analyser that counts steps, not by a clock.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { check } from 'recheck';
import { expect, test } from 'vitest';
import { patternsHeldBy, patternsIn, type Pattern } from '../support/patterns.ts';

const root = new URL('../../', import.meta.url);
const AT_ONCE = 2;

const sources = (): string[] =>
  execFileSync('git', ['ls-files', 'server', 'shared', 'web'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name));

/** Those that grow faster than their text, or that nothing could be said of, with the text that shows it. */
async function slowOnes(patterns: readonly Pattern[]): Promise<string[]> {
  const different = [...new Map(patterns.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern])).entries()];
  const slow: string[] = [];
  let next = 0;
  const judge = async (): Promise<void> => {
    for (let at = next++; at < different.length; at = next++) {
      const [text, { source, flags, where }] = different[at]!;
      // No limit of its own: a busy machine is no verdict.
      const verdict = await check(source, flags, { timeout: null });
      if (verdict.status === 'vulnerable') slow.push(`${where} ${text}: ${verdict.complexity.summary} by ${verdict.attack.pattern}`);
      else if (verdict.status === 'unknown') slow.push(`${where} ${text}: not known (${verdict.error.kind})`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, judge));
  return slow;
}

test('every pattern of the portal and its pages takes a time in proportion to its text', { timeout: 900_000 }, async () => {
  const patterns = sources().flatMap((name) => patternsIn(name, readFileSync(new URL(name, root), 'utf8')));
  expect(patterns.length).toBeGreaterThan(350);
  expect(await slowOnes(patterns)).toEqual([]);
});

test('so does every pattern by which the interface reads what callers send: addresses, ids, dates', { timeout: 900_000 }, async () => {
  const modules = sources().filter((name) => /^shared\/[^/]+\.ts$/.test(name));
  const patterns = (
    await Promise.all(modules.map(async (name) => patternsHeldBy(Object.values((await import(new URL(name, root).href)) as object), name)))
  ).flat();
  // An address, an id and a time by the library's own pattern are among them.
  for (const sample of ['seorang@uji.example', '5b0d3a1e-8c1a-4a52-9d53-3a3a3f0d7c11', '2026-11-23T02:00:00.000Z'])
    expect(patterns.filter(({ source, flags }) => source.length > 40 && new RegExp(source, flags).test(sample)).map(({ where }) => where)).not.toEqual([]);
  expect(await slowOnes(patterns)).toEqual([]);
});

test('a pattern that is slow is found, however it is written', async () => {
  const source = [
    'const a = /^(\\w+\\s?)*$/;',
    'const b = new RegExp(`<${name}[^>]*>(.*?)</${name}>`, "gs");',
    '// const c = /(x+)+y/;',
    'const d = /^0+$/;',
  ].join('\n');
  const found = patternsIn('contoh.ts', source);
  expect(found.map(({ where }) => where)).toEqual(['contoh.ts:1', 'contoh.ts:2', 'contoh.ts:4']);
  expect((await slowOnes(found)).map((line) => line.split(' ')[0]).toSorted()).toEqual(['contoh.ts:1', 'contoh.ts:2']);
  expect(() => patternsIn('contoh.ts', 'new RegExp(given)')).toThrow('cannot be judged');
});
