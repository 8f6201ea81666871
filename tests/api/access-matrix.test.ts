// Who may read what: every route that reads an object × everybody who could ask × the own office's object, the other office's, one of nobody, made
// from the endpoint values and compared with one line a route in access-matrix.golden.txt (`GOLDEN=write` writes it anew). To whom an object is
// foreign it is as if it were not there: the answer is the one for an id of nobody.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/endpoint.ts';
import { CALLERS, everyone, type CallerName, type Everyone, type Ids } from '../support/everyone.ts';

const GOLDEN = new URL('access-matrix.golden.txt', import.meta.url);
const NOBODY = '00000000-0000-4000-8000-00000000dead';
/** Of the first office; what is the second's is foreign to them. */
const OF_THE_FIRST: readonly CallerName[] = ['guest', 'staff', 'admin', 'head'];

/** Parameters that name no object. */
const WORDS: Ids = {
  'captions/:of': 'rapat',
  'verifications/:code': 'ABCD-EFGH-JKLM-NPQR',
  'notices/:version': '1',
  'kalender/:file': `${'x'.repeat(43)}.ics`,
  'press/kit/:item/:name': 'data.csv',
};
const QUERY: Record<string, string> = {
  month: '2026-11',
  from: '2026-11-23',
  to: '2026-11-24',
  until: '2026-11-24',
  date: '2026-11-23',
  day: '2026-11-23',
  year: '2026',
  purpose: 'Uji',
};

/** Whoever is named in it reads it, and the copies name other people: tests/api/assignments.test.ts. */
const ELSEWHERE: readonly string[] = ['/api/assignments/:id/pdf'];

/** Foreign, and answered otherwise than an id of nobody: why. */
const OPEN: Record<string, string> = {
  'GET /api/conferences/:id': 'A link of a meeting is none of a conference (410); that there is one, its public page says.',
  ...Object.fromEntries(
    ['registration', 'room', 'floor', 'kit'].map((what) => [`GET /api/press/:slug/${what}`, 'The public side of a conference that was announced.']),
  ),
  'GET /api/press/:slug': 'The public side of a conference that was announced.',
  'GET /pers/:slug': 'Its public page.',
  'GET /pers/:slug/acara.ics': 'Its public entry for calendars.',
};

let all: Everyone;
beforeAll(async () => void (all = await everyone()), 300_000);
afterAll(() => all.world.close());

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
const keysOf = (path: string): string[] => [...path.matchAll(/:\w+/g)].map(({ 0: name, index }) => path.slice(1, index + name.length).replace(/^api\//, ''));
const reading = (): Endpoint[] =>
  all.world.app.routes.map(({ endpoint }) => endpoint).filter(({ method, path }) => method === 'GET' && path.includes(':') && !ELSEWHERE.includes(path));

const SIGNS: Record<string, string> = { 400: 'v', 401: '1', 403: '3', 404: '4', 409: 'c', 410: 'g', 428: 'n', 429: 'l', 503: 'u' };

async function answer(caller: CallerName, endpoint: Endpoint, ids: Ids): Promise<string> {
  const params = Object.fromEntries(keysOf(endpoint.path).map((key) => [key.slice(key.lastIndexOf(':') + 1), WORDS[key] ?? ids[key] ?? `missing ${key}`]));
  const { status, text } = await all.clients[caller].send(endpoint, { params, query: endpoint.query ? QUERY : {} });
  // A role that is missing says nothing of the object: told apart from a refusal that does.
  return status < 300 ? '2' : status === 403 && !text.includes('role.missing') ? 'F' : (SIGNS[status] ?? String(status));
}

test('every parameter of a route that reads stands for an object of each office', () => {
  const keys = [...new Set(reading().flatMap(({ path }) => keysOf(path)))].filter((key) => !(key in WORDS));
  expect(keys.filter((key) => !(key in all.own.ids) || !(key in all.other.ids))).toEqual([]);
});

test('whoever asks reads what the table says, and what is another office’s is as if it were not there', { timeout: 600_000 }, async () => {
  const lines: string[] = [
    `# ${CALLERS.join(' ')}`,
    '# own | other | nobody: 2 read, 1 no session, 3 role missing, 4 not found, F refused, v input, c conflict, g gone',
  ];
  const seen: string[] = [];
  const nobodys = Object.fromEntries(Object.keys(all.own.ids).map((key) => [key, key.endsWith(':slug') ? 'tidak-ada' : NOBODY]));
  for (const endpoint of reading()) {
    const row: Record<string, string[]> = { own: [], other: [], nobody: [] };
    for (const caller of CALLERS) {
      const own = await answer(caller, endpoint, all.own.ids);
      // Whoever is refused before any object is looked for is so for each.
      const same = own === '1' || own === '3';
      const other = same ? own : await answer(caller, endpoint, all.other.ids);
      const nobody = same ? own : await answer(caller, endpoint, nobodys);
      row['own']!.push(own);
      row['other']!.push(other);
      row['nobody']!.push(nobody);
      if (OF_THE_FIRST.includes(caller) && other !== nobody && !(nameOf(endpoint) in OPEN))
        seen.push(`${nameOf(endpoint)} by ${caller}: ${other}, of nobody ${nobody}`);
    }
    lines.push(`${nameOf(endpoint)} | ${row['own']!.join('')} | ${row['other']!.join('')} | ${row['nobody']!.join('')}`);
  }
  const table = `${lines.join('\n')}\n`;
  if (process.env['GOLDEN'] === 'write') writeFileSync(GOLDEN, table);
  expect(seen).toEqual([]);
  expect(table).toBe(readFileSync(GOLDEN, 'utf8'));
});
