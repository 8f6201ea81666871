// What somebody sends a plan to do harm, or by mistake: it is refused with its field, or kept as the words it is; the portal never breaks by it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/endpoint.ts';
import { postGeneration } from '../../shared/rota-generator.ts';
import { getJadwalCsv, getJadwalDifferences, getJadwalRecap } from '../../shared/rota-recap.ts';
import * as wire from '../../shared/rota.ts';
import type { RefusalBody } from '../../shared/refusals.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { cellOf, MONTH, rotaOffice, THURSDAY, TUESDAY, WEDNESDAY, type RotaOffice } from '../support/rota-office.ts';
import type { Client } from '../support/world.ts';

let o: RotaOffice;
let planId: string;
let draftId: string;
beforeAll(async () => {
  o = await rotaOffice();
  planId = (await o.published()).plan.id;
  draftId = (await o.admin.call(wire.postRota, { params: o.opd, body: { month: '2027-01' } })).id;
});
afterAll(() => o.world.close());

type Sent = { params?: Record<string, string>; query?: Record<string, string | number>; body?: unknown };
async function answer(endpoint: Endpoint, sent: Sent, client: Client = o.admin): Promise<string> {
  const { status, text } = await client.send(endpoint, sent);
  if (status < 400) return String(status);
  const { code, fields } = (JSON.parse(text) as RefusalBody).error;
  return fields?.[0] ? `${code} ${fields[0].path}` : code;
}
const cells = (body: object) => answer(wire.putRotaCells, { params: { id: draftId }, body: { version: 0, ...body } });
const cell = (more: object) => cells({ cells: [{ personId: o.cast.staf.id, date: '2027-01-04', code: 'WFO', ...more }] });

test('months and days that are none are refused by their field', async () => {
  for (const month of ['2026-13', '2026-00', '2026-1', '26-12', '2026-12-01', '', '2026-12 ', '۲۰۲۶-۱۲']) {
    expect([month, await answer(wire.getRota, { params: o.opd, query: { month } })]).toEqual([month, 'input.invalid month']);
    expect(await answer(wire.postRota, { params: o.opd, body: { month } })).toBe('input.invalid month');
    expect(await answer(wire.getMyRota, { query: { month } })).toBe('input.invalid month');
    expect(await answer(getJadwalRecap, { params: o.opd, query: { month } })).toBe('input.invalid month');
  }
  expect(await answer(wire.postRota, { params: o.opd, body: { month: '2099-12' } })).toBe('rota.month');
  expect(await cell({ date: '2027-02-30' })).toBe('input.invalid cells.0.date');
  expect(await cell({ date: '2027-02-01' })).toBe('input.invalid cells.0.date');
  expect(await cell({ date: '+002027-01-04' })).toBe('input.invalid cells.0.date');
});

test('codes, people and shifts that do not fit are refused by their place; nothing of the rest is taken', async () => {
  const before = await o.world.sql`select count(*) from rota.cell`;
  expect(await cell({ code: 'WFA' })).toBe('input.invalid cells.0.code');
  expect(await cell({ code: 'PIKET', shift: '\u0000' })).toBe('input.invalid cells.0.shift');
  expect(await cell({ code: 'PIKET', shift: 'x'.repeat(21) })).toBe('input.invalid cells.0.shift');
  expect(await cell({ personId: o.cast.stafDinkes.id })).toBe('input.invalid cells.0.personId');
  expect(await cell({ personId: "'; drop table rota.plan; --" })).toBe('input.invalid cells.0.personId');
  expect(await cells({ cells: [cellOf(o.cast.staf.id, '2027-01-04', 'WFH'), cellOf(o.cast.stafDinkes.id, '2027-01-04', 'WFH')] })).toBe(
    'input.invalid cells.1.personId',
  );
  expect(await cells({ cells: [] })).toBe('input.invalid cells');
  expect(await cells({ version: -1, cells: [cellOf(o.cast.staf.id, '2027-01-04', 'WFH')] })).toBe('input.invalid version');
  expect(await cells({ version: 1.5, cells: [cellOf(o.cast.staf.id, '2027-01-04', 'WFH')] })).toBe('input.invalid version');
  expect(await o.world.sql`select count(*) from rota.cell`).toEqual(before);
  // A person of one's own plan in a plan of another office.
  const wahyu = await signIn(o.world, o.cast.kepalaDinkes);
  const theirs = await wahyu.call(wire.postRota, { params: { id: o.cast.opds.dinkes.id }, body: { month: '2027-01' } });
  const foreign = { params: { id: theirs.id }, body: { version: 0, cells: [cellOf(o.cast.staf.id, '2027-01-04', 'WFH')] } };
  expect(await answer(wire.putRotaCells, foreign)).toBe('not_found');
  expect(await answer(wire.putRotaCells, foreign, wahyu)).toBe('input.invalid cells.0.personId');
});

test('as many cells as fit, of the same few days, are what was said last; more are refused', async () => {
  const days = ['2027-01-04', '2027-01-05', '2027-01-06'];
  const many = Array.from({ length: wire.MOST_CELLS - 1 }, (_, n) => cellOf(o.cast.staf.id, days[n % 3]!, n % 2 === 0 ? 'WFO' : 'WFH'));
  const last = cellOf(o.cast.staf.id, days[0]!, 'PIKET');
  const saved = await o.admin.call(wire.putRotaCells, { params: { id: draftId }, body: { version: 0, cells: [...many, last] } });
  expect(saved).toMatchObject({ saved: 3, clashes: [] });
  const { sheet } = (await o.admin.call(wire.getRota, { params: o.opd, query: { month: '2027-01' } })).view!;
  expect(sheet.cells[o.cast.staf.id]![3]?.code).toBe('PIKET');
  expect(await cells({ cells: Array(wire.MOST_CELLS + 1).fill(cellOf(o.cast.staf.id, days[0]!, 'WFO')) })).toBe('input.invalid cells');
});

test('spans that end before they begin, versions beyond counting and revisions that are none are refused, never broken by', async () => {
  const leave = { personId: o.cast.kabid.id, code: 'CUTI' as const, from: '2027-02-01', until: '2027-02-02', basis: 'Surat cuti 1' };
  await o.admin.call(wire.postAbsence, { params: o.opd, body: leave });
  expect(await answer(wire.getAbsences, { params: o.opd, query: { from: '2026-12-05', until: '2026-12-01' } })).toBe('input.invalid until');
  expect(await answer(wire.getAbsences, { params: o.opd, query: { from: '1900-01-01', until: '2999-12-31' } })).toBe('200');
  expect(await answer(wire.getAbsences, { params: o.opd, query: { from: '0001-01-01', until: '2999-12-31' } })).toBe('input.invalid from');
  for (const since of ['99999999999', '1e300', '-1', 'NaN', 'x'])
    expect([since, await answer(wire.getRotaCells, { params: { id: planId }, query: { since } })]).toEqual([since, 'input.invalid since']);
  for (const revision of ['-1', '1.5', '99999999999', 'x'])
    expect([revision, await answer(getJadwalRecap, { params: o.opd, query: { month: MONTH, revision } })]).toEqual([revision, 'input.invalid revision']);
  expect(await answer(getJadwalRecap, { params: o.opd, query: { month: MONTH, revision: 77 } })).toBe('not_found');
  expect(await answer(getJadwalDifferences, { params: o.opd, query: { month: MONTH, from: 0, to: 77 } })).toBe('not_found');
  for (const seed of [-1, 2 ** 31, 0.5]) expect(await answer(postGeneration, { params: { id: draftId }, body: { seed } })).toBe('input.invalid seed');
  expect(await answer(postGeneration, { params: { id: draftId }, body: { seconds: 1e9 } })).toBe('input.invalid seconds');
  expect(await answer(wire.postRotaStep, { params: { id: draftId }, body: { act: 'ajukan', version: 2 ** 40 } })).toBe('rota.changed');
  const fill = { params: { id: draftId }, body: { version: 9, how: { kind: 'isi', code: 'WFO' }, from: '2027-01-30', until: '2027-01-02' } };
  expect(await answer(wire.postRotaFill, fill)).toBe('200');
});

test('words with NUL, turned or broken letters are refused; the others are kept as they are, and a spreadsheet does not reckon them', async () => {
  const reasons = ['Nul\u0000', 'Balik\u202Eexe', 'Separuh\ud800', 'x'.repeat(401), '', '   '];
  for (const reason of reasons) {
    const correction = { personId: o.cast.staf.id, date: TUESDAY, code: 'DL', reason };
    expect([reason, await answer(wire.postRotaCorrection, { params: { id: planId }, body: correction })]).toEqual([reason, 'input.invalid reason']);
    const basis = { personId: o.cast.staf.id, code: 'DL', from: TUESDAY, until: TUESDAY, basis: reason };
    expect(await answer(wire.postAbsence, { params: o.opd, body: basis })).toBe('input.invalid basis');
    expect(await answer(wire.putRotaOverride, { params: { id: planId }, body: { key: 'x', reason } })).toBe('input.invalid reason');
  }
  expect(await answer(wire.putRotaOverride, { params: { id: planId }, body: { key: 'x\u0000', reason: 'Perlu' } })).toMatch(/^(input\.invalid|rota\.)/);
  const reason = '=HYPERLINK("http://jahat.example","klik"); drop table rota.plan; --';
  await o.admin.call(wire.postRotaCorrection, { params: { id: planId }, body: { personId: o.cast.staf.id, date: WEDNESDAY, code: 'DL', reason } });
  const [revision] = (await o.view()).revisions.slice(-1);
  expect(revision?.why).toContain(reason);
  const csv = await (await o.admin.call(getJadwalCsv, { params: o.opd, query: { month: MONTH, purpose: 'Uji' } })).text();
  expect(csv).toContain('HYPERLINK');
  expect(csv.split(/\r\n|,/).filter((field) => /^"?[=+@-]/.test(field) && field.includes('HYPERLINK'))).toEqual([]);
});

test('an own person cannot be swapped into somebody else’s plan, nor a day beside what is published', async () => {
  const sari = await signIn(o.world, o.cast.staf);
  const swap = (body: object) => answer(wire.postRotaSwap, { body }, sari);
  const days = { date: THURSDAY, otherDate: THURSDAY };
  expect(await swap({ ...days, otherId: o.cast.staf.id })).toBe('input.invalid otherId');
  expect(await swap({ ...days, otherId: o.cast.stafDinkes.id })).toBe('rota.swap_not_possible');
  expect(await swap({ ...days, otherId: 'bukan-uuid' })).toBe('input.invalid otherId');
  expect(await swap({ date: THURSDAY, otherDate: '2027-01-04', otherId: o.cast.kabid.id })).toBe('input.invalid otherDate');
  expect(await swap({ date: '2027-01-04', otherDate: '2027-01-05', otherId: o.cast.kabid.id })).toBe('rota.swap_not_possible');
  expect(await swap({ ...days, otherId: o.cast.kabid.id, note: 'Nul\u0000' })).toBe('input.invalid note');
  const revision = { params: { id: planId }, body: { personId: o.cast.stafDinkes.id, date: THURSDAY, code: 'DL', reason: 'Uji' } };
  expect((await refusalIn(o.admin.call(wire.postRotaCorrection, { ...revision, body: { ...revision.body, code: 'DL' as const } }))).fields?.[0]?.path).toBe(
    'personId',
  );
});
