// SQL in every parameter, and what a parser could stumble over in every body: the portal answers, never with a failure of its own.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '../../shared/endpoint.ts';
import { everyone, type Everyone } from '../support/everyone.ts';
import { SQL_TEXTS } from '../support/nasty.ts';
import { HOST } from '../support/world.ts';

const ID = '00000000-0000-4000-8000-00000000dead';
const BODIES = [
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"id":1,"id":2}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  '{"a":"\\u0000\\ud800"}',
];

let all: Everyone;
beforeAll(async () => void (all = await everyone()), 300_000);
afterAll(() => all.world.close());

const cookie = (): string => [...all.clients.administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
async function statusOf({ method }: Endpoint, url: string, body?: string): Promise<number> {
  const headers = { host: HOST, origin: `http://${HOST}`, cookie: cookie(), ...(body !== undefined && { 'content-type': 'application/json' }) };
  return (await all.world.app.fastify.inject({ method, url, headers, ...(body !== undefined && { payload: body }) })).statusCode;
}
const addressOf = ({ path }: Endpoint, by = ID): string => path.replaceAll(/:\w+/g, encodeURIComponent(by));
const endpoints = (): Endpoint[] => all.world.app.routes.map(({ endpoint }) => endpoint);

test('SQL in a parameter of an address or in a query is text like any other', { timeout: 300_000 }, async () => {
  const broken: string[] = [];
  for (const endpoint of endpoints().filter(({ method }) => method === 'GET')) {
    const names = endpoint.query instanceof z.ZodObject ? Object.keys(endpoint.query.shape) : [];
    const urls = [
      ...(endpoint.path.includes(':') ? SQL_TEXTS.slice(0, 2).map((text) => addressOf(endpoint, text)) : []),
      ...SQL_TEXTS.map((text) => `${addressOf(endpoint)}?${names.map((name) => `${name}=${encodeURIComponent(text)}`).join('&')}`).slice(
        0,
        names.length > 0 ? undefined : 0,
      ),
      ...names.flatMap((name) => [
        `${addressOf(endpoint)}?${name}[]=1`,
        `${addressOf(endpoint)}?${name}=1&${name}=2`,
        `${addressOf(endpoint)}?${name}[__proto__]=1`,
      ]),
    ];
    for (const url of urls) {
      const status = await statusOf(endpoint, url);
      if (status >= 500 && !(status === 503 && endpoint.also === 503)) broken.push(`${status} ${url}`);
    }
  }
  expect(broken).toEqual([]);
});

test('names of prototypes, a key twice, brackets without end and signs that are none break no write', { timeout: 300_000 }, async () => {
  const broken: string[] = [];
  for (const endpoint of endpoints().filter(({ method, body, bodyType }) => method !== 'GET' && body !== undefined && bodyType === undefined))
    for (const body of BODIES) {
      const status = await statusOf(endpoint, addressOf(endpoint), body);
      if (status >= 500) broken.push(`${status} ${endpoint.method} ${endpoint.path} ${body.slice(0, 40)}`);
    }
  expect(broken).toEqual([]);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});
