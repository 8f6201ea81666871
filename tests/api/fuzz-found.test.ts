// What asking everything of everything found (tests/api/fuzz.test.ts), each once by itself.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTypst, findEngine } from '../../server/letters/typst.ts';
import { getFacilityWeek } from '../../shared/facilities.ts';
import { getOpenApi } from '../../shared/health.ts';
import { putHolidays } from '../../shared/planning.ts';
import { castWorld, signIn } from '../support/cast.ts';
import { textOfPdf } from '../support/pdf.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let administrator: Client;
beforeAll(async () => {
  const made = await castWorld();
  world = made.world;
  administrator = await signIn(world, made.cast.administrator);
});
afterAll(() => world.close());

test('a day before the year 1900 or after 2999 is refused, not counted from', async () => {
  for (const from of ['0001-01-01', '9999-12-31']) expect(await administrator.refusalOf(getFacilityWeek, { query: { from } })).toBe('input.invalid');
});

test('a number that no column holds is refused', async () => {
  const body = { year: 2026, version: Number.MAX_SAFE_INTEGER, holidays: [] };
  expect(['input.invalid', 'holiday.changed']).toContain(await administrator.refusalOf(putHolidays, { body }));
});

test('an address that no route could have is refused in the portal’s own words', async () => {
  for (const url of [`/api/meetings/${'m'.repeat(500)}`, '/api/meetings/%E0%A4%A']) {
    const { statusCode, payload } = await world.app.fastify.inject(url);
    expect([statusCode, JSON.parse(payload)]).toMatchObject([400, { error: { code: 'input.invalid' } }]);
  }
});

test('the document of the interface is made once, however often anybody asks', async () => {
  const [first, second] = [await administrator.send(getOpenApi, {}), await administrator.send(getOpenApi, {})];
  expect(second.text).toBe(first.text);
  const { paths } = JSON.parse(first.text) as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };
  // Each status with its codes: a client may tell one from another.
  expect(JSON.stringify(paths['/api/meetings/{id}/ticket']?.['post']?.responses['410'])).toContain('link.revoked');
});

test('a sign that the type of a paper does not have becomes a box: there is a paper all the same', async () => {
  const typst = createTypst(findEngine()!);
  try {
    const template = '#set document(title: "Uji")\n#set text(font: "Libertinus Serif", lang: "id")\n#let data = json(bytes(sys.inputs.data))\n#data.judul';
    const pdf = await typst.compile({ template, inputs: { data: JSON.stringify({ judul: 'Rapat ꦱꦫꦶ 👩🏽‍🦽 di Balai' }) }, at: world.clock.now() });
    expect(await textOfPdf(pdf)).toMatch(/^Rapat .*□.* di Balai$/);
  } finally {
    await typst.close();
  }
});
