// What is installed: nothing older than where a published weakness was mended, and a bill of materials that is whole. S40.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

type Lock = { packages: Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean; inBundle?: boolean }> };
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const locked = Object.entries((read('package-lock.json') as Lock).packages).filter(([place]) => place !== '');
const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Numbers first; a version that is not out yet stands before the one it becomes. */
function isBelow(version: string, least: string): boolean {
  const parts = (text: string): number[] => (text.split(/[-+]/, 1)[0] ?? '').split('.').map(Number);
  const [a, b] = [parts(version), parts(least)];
  for (const [at, number] of b.entries()) if (a[at] !== number) return (a[at] ?? 0) < number;
  return version.includes('-');
}

test('versions are compared as numbers', () => {
  expect([isBelow('5.9.0', '5.12.2'), isBelow('5.12.10', '5.12.2'), isBelow('5.12.2', '5.12.2'), isBelow('6.0.0-rc.1', '6.0.0')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('no package is older than its least version', () => {
  const least = read('tests/min-versions.json') as Record<string, [string, string]>;
  const old = locked.flatMap(([place, { version = '0' }]) => {
    const [from, why] = least[nameOf(place)] ?? [];
    return from !== undefined && isBelow(version, from) ? [`${place} ${version} < ${from}: ${why}`] : [];
  });
  expect(old).toEqual([]);
});

test('every package is locked by its sum', () => {
  const open = locked
    .filter(([, { link, inBundle, integrity }]) => link !== true && inBundle !== true && !integrity?.startsWith('sha512-'))
    .map(([place]) => place);
  expect(open).toEqual([]);
});

test('`npm run sbom` names every locked package, without asking anybody', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], { cwd: new URL('../../', import.meta.url), maxBuffer: 64 * 1024 * 1024 });
  const bill = JSON.parse(stdout) as { bomFormat: string; components: { purl: string }[] };
  expect(bill.bomFormat).toBe('CycloneDX');
  const named = new Set(bill.components.map(({ purl }) => decodeURIComponent(purl)));
  const missing = locked.map(([place, { version }]) => `pkg:npm/${nameOf(place)}@${version}`).filter((purl) => !named.has(purl));
  expect(missing).toEqual([]);
});
