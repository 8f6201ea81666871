import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const names = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name).toSorted();

test('the README explains exactly the settings that .env.example names', () => {
  const example = names(read('.env.example'), /^([A-Z_]+)=/gm);
  expect(example).not.toEqual([]);
  expect(names(read('README.md'), /^\| `([A-Z_]+)` /gm)).toEqual(example);
});
