import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postPolicy } from '../../shared/policies.ts';
import { getNotices } from '../../shared/notifications.ts';
import { putDayCodes } from '../../shared/roster.ts';
import * as wire from '../../shared/rota.ts';
import type { CellInput, PlanAct, PlanView } from '../../shared/rota.ts';
import { portalItself } from '../../server/people/index.ts';
import { fingerprintOf } from '../../server/platform/canonical.ts';
import { castWorld, PASSWORD, refusalIn, signIn, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let admin: Client;
let head: Client;
let month: string;
let months = 0;

beforeAll(async () => {
  ({ world, cast } = await castWorld());
});
afterAll(() => world.close());
/** A month of its own for each test, and the clock a week before it. */
beforeEach(async () => {
  const at = new Date(Date.UTC(2026, 11 + months, 1));
  month = at.toISOString().slice(0, 7);
  months += 1;
  world.clock.set(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), -7, 2)));
  [admin, head] = [await signIn(world, cast.adminDinsos), await signIn(world, cast.kepala)];
});

const dinsos = () => ({ id: cast.opds.dinsos.id });
const opens = (client = admin) => client.call(wire.postRota, { params: dinsos(), body: { month } });
const view = async (client = admin): Promise<PlanView> => (await client.call(wire.getRota, { params: dinsos(), query: { month } })).view!;
const on = (day: number): string => `${month}-${String(day).padStart(2, '0')}`;
const puts = async (cells: CellInput[], client = admin) => {
  const { plan } = await view();
  return client.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells } });
};
const cell = (personId: string, date: string, code: CellInput['code'], shift: string | null = null): CellInput => ({ personId, date, code, shift });
const steps = async (client: Client, act: PlanAct, words: string | null = null) => {
  const { plan } = await view();
  world.clock.advance(60_000);
  return client.call(wire.postRotaStep, { params: { id: plan.id }, body: { act, version: plan.version, words } });
};
const fills = async () => {
  const { plan } = await view();
  return admin.call(wire.postRotaFill, { params: { id: plan.id }, body: { version: plan.version, how: { kind: 'isi', code: 'WFO' } } });
};
/** Opened, filled, submitted and published by the head. */
async function published(): Promise<PlanView> {
  await opens();
  await fills();
  await steps(admin, 'ajukan');
  await steps(head, 'terbitkan');
  return view();
}
const workdays = ({ sheet }: PlanView): string[] => sheet.days.filter(({ kind }) => kind === 'kerja').map(({ date }) => date);
const codesOf = async (personId: string): Promise<Map<number, { code: string; basis: string }>> =>
  (await world.app.roster.codesBetween(world.sql, [personId], on(1), on(28))).get(personId) ?? new Map();
/** Day by day, person by person, what is published is what the day codes say. */
async function isAsPublished(): Promise<void> {
  const found = (await world.app.rota.published(world.sql, dinsos().id, month))!;
  const { content } = found.publication;
  expect(fingerprintOf(content)).toBe(found.publication.sha256);
  const codes = await world.app.roster.codesBetween(
    world.sql,
    content.people.map(({ id }) => id),
    on(1),
    content.days.at(-1)!.date,
  );
  for (const { id } of content.people)
    expect(content.days.map((_, day) => codes.get(id)?.get(day)?.code ?? null)).toEqual(content.cells[id]!.map((c) => c?.code ?? null));
}

test('a plan goes from draft over the head to everybody’s day codes, and those concerned are told', async () => {
  const plan = await opens();
  expect(plan).toMatchObject({ state: 'draft', version: 0, revision: null });
  expect((await opens()).id).toBe(plan.id);
  await fills();
  const [first] = workdays(await view());
  await puts([cell(cast.staf.id, first!, 'WFH')]);
  expect((await steps(admin, 'ajukan')).state).toBe('diajukan');
  expect((await refusalIn(puts([cell(cast.staf.id, first!, 'WFO')]))).code).toBe('rota.not_open');
  expect((await refusalIn(steps(head, 'kembalikan'))).fields?.[0]?.path).toBe('words');
  expect((await steps(head, 'kembalikan', 'Tambah WFH')).state).toBe('draft');
  await steps(admin, 'ajukan');
  expect((await refusalIn(steps(admin, 'terbitkan'))).code).toBe('rota.not_head');
  expect(await steps(head, 'terbitkan')).toMatchObject({ state: 'terbit', revision: 0 });
  expect((await view()).steps.map(({ act }) => act)).toEqual(['buka', 'ajukan', 'kembalikan', 'ajukan', 'terbitkan']);
  const codes = await codesOf(cast.staf.id);
  expect(codes.get(Number(first!.slice(8)) - 1)).toMatchObject({ code: 'WFH' });
  expect(codes.size).toBe(28);
  const told = await (await signIn(world, cast.staf)).call(getNotices, { query: { kind: 'jadwal' } });
  expect(told.notices[0]?.words.id.title).toContain('terbit');
  await isAsPublished();
});

test('a revision changes the days it changes; only those concerned hear of it, and the log holds both', async () => {
  await published();
  expect((await steps(admin, 'revisi')).state).toBe('direvisi');
  const day = workdays(await view()).at(-1)!;
  await puts([cell(cast.staf.id, day, 'WFH')]);
  await steps(admin, 'ajukan');
  expect(await steps(head, 'terbitkan')).toMatchObject({ state: 'terbit', revision: 1 });
  const { plan, revisions } = await view();
  expect(revisions.map(({ revision }) => revision)).toEqual([0, 1]);
  const [before, after] = [(await world.app.rota.revision(world.sql, plan.id, 0))!, (await world.app.rota.revision(world.sql, plan.id, 1))!];
  const { differencesOf } = await import('../../server/rota/index.ts');
  expect(differencesOf(before.content, after.content).map(({ personId, date, cell: c }) => [personId, date, c.code])).toEqual([[cast.staf.id, day, 'WFH']]);
  const titles = async (who: Cast['staf']) => (await (await signIn(world, who)).call(getNotices, { query: { kind: 'jadwal' } })).notices[0]?.words.id.title;
  expect(await titles(cast.staf)).toContain('berubah');
  expect(await titles(cast.stafKantor)).toContain('terbit');
  await isAsPublished();
});

test('a revision that is dropped leaves the plan as it is in force', async () => {
  await published();
  await steps(admin, 'revisi');
  const day = workdays(await view())[3]!;
  await puts([cell(cast.staf.id, day, 'WFH')]);
  expect((await steps(admin, 'batal_revisi')).state).toBe('terbit');
  const { sheet, plan } = await view();
  expect(sheet.cells[cast.staf.id]![Number(day.slice(8)) - 1]?.code).toBe('WFO');
  expect(plan.revision).toBe(0);
});

test('the head locks what is in force; a change after that is a revision again', async () => {
  await published();
  expect((await refusalIn(steps(admin, 'kunci'))).code).toBe('rota.not_head');
  expect((await steps(head, 'kunci')).state).toBe('dikunci');
  const { plan } = await view();
  const day = workdays(await view())[0]!;
  const corrected = await admin.call(wire.postRotaCorrection, {
    params: { id: plan.id },
    body: { personId: cast.staf.id, date: day, code: 'DL', reason: 'Surat tugas 5' },
  });
  expect(corrected).toMatchObject({ state: 'dikunci', revision: 1 });
  await isAsPublished();
});

test('of two who draft at once the second is told of what the first did to the same cell, and nothing is lost', async () => {
  await opens();
  const { plan } = await view();
  const [a, b] = workdays(await view());
  const sends = (client: Client, cells: CellInput[]) => client.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells } });
  const [one, two] = await Promise.all([
    sends(admin, [cell(cast.staf.id, a!, 'WFH')]),
    sends(head, [cell(cast.staf.id, a!, 'WFO'), cell(cast.staf.id, b!, 'WFO')]),
  ]);
  const clashes = [...one.clashes, ...two.clashes];
  expect(clashes).toHaveLength(1);
  expect(one.saved + two.saved).toBe(2);
  expect(clashes[0]).toMatchObject({ personId: cast.staf.id, date: a });
  const codes = [clashes[0]!.theirs?.code, clashes[0]!.yours?.code].toSorted();
  expect(codes).toEqual(['WFH', 'WFO']);
  const since = await admin.call(wire.getRotaCells, { params: { id: plan.id }, query: { since: plan.version } });
  expect(since.cells).toHaveLength(2);
  const [ok, late] = await Promise.allSettled([steps(admin, 'ajukan'), steps(admin, 'ajukan')]);
  expect([ok, late].every(({ status }) => status === 'rejected')).toBe(true);
});

test('who may: another OPD does not exist, BKD reads, staff neither reads nor drafts', async () => {
  const plan = await opens();
  const [wahyu, bkd, staff] = [await signIn(world, cast.kepalaDinkes), await signIn(world, cast.bkd), await signIn(world, cast.staf)];
  const params = { id: plan.id };
  for (const client of [wahyu, staff]) {
    expect(await client.refusalOf(wire.getRota, { params: dinsos(), query: { month } })).toBe('not_found');
    expect(await client.refusalOf(wire.getRotaPlans, { params: dinsos() })).toBe('not_found');
    expect(await client.refusalOf(wire.postRota, { params: dinsos(), body: { month } })).toBe('not_found');
    expect(await client.refusalOf(wire.putRotaCells, { params, body: { version: 0, cells: [cell(cast.staf.id, on(3), 'WFH')] } })).toBe('not_found');
    expect(await client.refusalOf(wire.postRotaStep, { params, body: { act: 'ajukan', version: 0 } })).toBe('not_found');
    expect(await client.refusalOf(wire.putRotaOverride, { params, body: { key: 'x', reason: null } })).toBe('not_found');
    expect(await client.refusalOf(wire.getRotaCells, { params, query: { since: 0 } })).toBe('not_found');
    expect(await client.refusalOf(wire.getAbsences, { params: dinsos(), query: { from: on(1), until: on(2) } })).toBe('not_found');
  }
  expect((await view(bkd)).may).toEqual({ edit: false, override: false, absences: false, acts: [] });
  expect(await bkd.refusalOf(wire.putRotaCells, { params, body: { version: 0, cells: [cell(cast.staf.id, on(3), 'WFH')] } })).toBe('role.missing');
  expect(await bkd.refusalOf(wire.postRotaStep, { params, body: { act: 'ajukan', version: 0 } })).toBe('role.missing');
  expect(await admin.refusalOf(wire.putRotaCells, { params: { id: randomUUID() }, body: { version: 0, cells: [cell(cast.staf.id, on(3), 'WFH')] } })).toBe(
    'not_found',
  );
  const [looked] = await world.sql<{ what: string }[]>`select what from people.access where what = 'jadwal.baca' limit 1`;
  expect(looked?.what).toBe('jadwal.baca');
});

test('what does not fit is refused by its place: whose, which day, which code', async () => {
  await opens();
  const { sheet } = await view();
  const sunday = sheet.days.find(({ weekday }) => weekday === 7)!.date;
  const [day] = workdays(await view());
  const fields = async (cells: CellInput[]) => (await refusalIn(puts(cells))).fields;
  expect(await fields([cell(cast.staf.id, day!, 'WFO'), cell(cast.stafDinkes.id, day!, 'WFO')])).toEqual([
    { path: 'cells.1.personId', message: 'bukan pegawai OPD ini' },
  ]);
  expect((await fields([cell(cast.staf.id, '2026-01-05', 'WFO')]))?.[0]?.path).toBe('cells.0.date');
  expect((await fields([cell(cast.staf.id, sunday, 'WFH')]))?.[0]?.path).toBe('cells.0.code');
  expect((await fields([cell(cast.staf.id, day!, 'CUTI')]))?.[0]?.path).toBe('cells.0.code');
  expect((await fields([cell(cast.staf.id, day!, 'PIKET', 'Malam')]))?.[0]?.path).toBe('cells.0.shift');
  expect((await refusalIn(steps(admin, 'ajukan'))).code).toBe('rota.incomplete');
  expect((await refusalIn(admin.call(wire.postRota, { params: dinsos(), body: { month: '2031-01' } }))).code).toBe('rota.month');
});

test('published days up to today are fixed for the plan; a correction of one is a revision of that day', async () => {
  const { plan } = await published();
  const days = workdays(await view());
  world.clock.set(`${days[4]}T02:00:00Z`);
  [admin, head] = [await signIn(world, cast.adminDinsos), await signIn(world, cast.kepala)];
  await steps(admin, 'revisi');
  expect((await refusalIn(puts([cell(cast.staf.id, days[4]!, 'WFH')]))).code).toBe('rota.day_fixed');
  expect((await puts([cell(cast.staf.id, days[5]!, 'WFH')])).saved).toBe(1);
  await admin.call(wire.postRotaCorrection, {
    params: { id: plan.id },
    body: { personId: cast.staf.id, date: days[2]!, code: 'SAKIT', reason: 'Surat dokter 12' },
  });
  const now = (await world.app.rota.published(world.sql, dinsos().id, month))!;
  expect(now.plan).toMatchObject({ state: 'direvisi', revision: 1 });
  expect(now.publication.content.cells[cast.staf.id]![Number(days[5]!.slice(8)) - 1]?.code).toBe('WFO');
  expect((await codesOf(cast.staf.id)).get(Number(days[2]!.slice(8)) - 1)).toEqual({ code: 'SAKIT', basis: 'Surat dokter 12' });
  await isAsPublished();
});

test('a day code that is set on the day board is a revision of the published month too', async () => {
  await published();
  const [day] = workdays(await view());
  await admin.call(putDayCodes, { params: dinsos(), body: { date: day!, basis: 'Koreksi papan hari', codes: [{ personId: cast.staf.id, code: 'WFH' }] } });
  expect((await view()).plan.revision).toBe(1);
  await isAsPublished();
});

test('a cap that is broken holds a plan back until the head lets it stand; one more breaks it again', async () => {
  const policy = {
    number: '800/1566/28.00/2020',
    date: '2026-11-01',
    issuer: 'Wali Kota',
    title: 'Kerja dari rumah',
    from: on(1),
    until: on(28),
    rules: [{ rule: { kind: 'batas_hadir' as const, percent: 50, countedIn: 'opd' as const }, scope: { units: [dinsos().id] }, basis: 'angka 3' }],
  };
  await admin.call(postPolicy, { body: { key: randomUUID(), opdId: dinsos().id, policy } });
  await opens();
  await fills();
  const [day] = workdays(await view());
  const [, ...others] = (await view()).sheet.people;
  const { sheet } = await view();
  const half = Math.floor(sheet.people.length / 2);
  const home = (n: number) =>
    sheet.days.filter(({ kind }) => kind === 'kerja').flatMap(({ date }) => sheet.people.slice(n).map(({ id }) => cell(id, date, 'WFH')));
  await puts(home(half));
  await puts([cell(sheet.people[half]!.id, day!, 'WFO')]);
  const no = await refusalIn(steps(admin, 'ajukan'));
  expect(no.code).toBe('rota.violates');
  expect(no.message).toContain(`${half + 1}/${sheet.people.length} = `);
  expect(no.message).toContain('(SE 800/1566/28.00/2020)');
  const english = await world.signIn(cast.adminDinsos.nip, PASSWORD, { 'accept-language': 'en' });
  const { message } = await refusalIn(steps(english, 'ajukan'));
  expect(message).toMatch(/^This breaks a rule: Dinas Sosial, \d{1,2} [A-Z][a-z]+ 20\d\d: /);
  const [{ violation } = { violation: null }] = (await view()).violations;
  const overrides = (client: Client, reason: string | null) =>
    view().then(({ plan }) => client.call(wire.putRotaOverride, { params: { id: plan.id }, body: { key: violation!.key, reason } }));
  expect((await refusalIn(overrides(admin, 'Perlu'))).code).toBe('rota.not_head');
  expect((await overrides(head, 'Penyaluran bantuan'))[0]).toMatchObject({ reason: 'Penyaluran bantuan', byName: cast.kepala.name });
  await puts([cell(sheet.people[half + 1]!.id, day!, 'WFO')]);
  expect((await refusalIn(steps(admin, 'ajukan'))).code).toBe('rota.violates');
  await puts([cell(sheet.people[half + 1]!.id, day!, 'WFH')]);
  await steps(admin, 'ajukan');
  await steps(head, 'terbitkan');
  const { publication } = (await world.app.rota.published(world.sql, dinsos().id, month))!;
  expect(publication.content.overrides.map(({ reason }) => reason)).toEqual(['Penyaluran bantuan']);
  expect((await codesOf(others[0]!.id)).get(Number(day!.slice(8)) - 1)?.basis).toContain('SE 800/1566/28.00/2020');
  await isAsPublished();
});

test('what was planned a week before is copied into what is empty, week upon week; what is set stays', async () => {
  await opens();
  const days = workdays(await view());
  const week = days.slice(0, 5);
  await puts([...week.map((date) => cell(cast.staf.id, date, 'WFH')), cell(cast.staf.id, days[7]!, 'PIKET')]);
  const { plan } = await view();
  await admin.call(wire.postRotaFill, {
    params: { id: plan.id },
    body: { version: plan.version, how: { kind: 'salin', weeks: 1 }, personIds: [cast.staf.id] },
  });
  const { sheet, marks } = await view();
  const codes = sheet.cells[cast.staf.id]!;
  expect(codes[Number(days[7]!.slice(8)) - 1]?.code).toBe('PIKET');
  expect(codes[Number(days[12]!.slice(8)) - 1]?.code).toBe('PIKET');
  expect(codes[Number(days[6]!.slice(8)) - 1]?.code).toBe('WFH');
  expect(marks[cast.staf.id]).toContain('s');
});

test('whatever is done to a published month, it stays what the day codes say', async () => {
  const start = await published();
  const days = workdays(start);
  const deed = fc.record({
    how: fc.constantFrom('correct', 'code', 'revise'),
    day: fc.nat({ max: days.length - 1 }),
    code: fc.constantFrom('WFO', 'WFH', 'PIKET'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 4 }), async (deeds) => {
      for (const { how, day, code } of deeds) {
        const date = days[day]!;
        const { plan } = await view();
        if (how === 'correct')
          await admin.call(wire.postRotaCorrection, { params: { id: plan.id }, body: { personId: cast.staf.id, date, code, reason: 'Uji' } });
        else if (how === 'code') await admin.call(putDayCodes, { params: dinsos(), body: { date, basis: 'Uji', codes: [{ personId: cast.kabid.id, code }] } });
        else {
          await steps(admin, 'revisi');
          await puts([cell(cast.stafKantor.id, date, code)]);
          await steps(admin, 'ajukan');
          await steps(head, 'terbitkan');
        }
      }
      await isAsPublished();
    }),
    { numRuns: 5 },
  );
});

test('a month that was published is read from the log alone, whoever was renamed since', async () => {
  await published();
  const before = (await world.app.rota.published(world.sql, dinsos().id, month))!.publication;
  await world.app.people.changePerson(portalItself, cast.staf.id, {
    name: 'Nama Baru',
    nip: cast.staf.nip,
    email: null,
    phone: null,
    opdId: cast.opds.rehsos.id,
  });
  await world.sql`delete from rota.cell`;
  const after = (await world.app.rota.published(world.sql, dinsos().id, month))!.publication;
  expect(after).toEqual(before);
  expect(fingerprintOf(after.content)).toBe(before.sha256);
  expect(after.content.people.find(({ id }) => id === cast.staf.id)).toMatchObject({ name: cast.staf.name, nip: cast.staf.nip });
});
