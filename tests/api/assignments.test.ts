import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as letter from '../../shared/assignments.ts';
import { getNumberBook, getVerification } from '../../shared/letters.ts';
import { getNotices } from '../../shared/notifications.ts';
import * as wire from '../../shared/rota.ts';
import type { CellInput, PlanAct, PlanView } from '../../shared/rota.ts';
import * as recap from '../../shared/rota-recap.ts';
import { DayCode } from '../../shared/roster.ts';
import { portalItself } from '../../server/people/index.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { castWorld, nipOf, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { textOfPdf } from '../support/pdf.ts';
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
const PURPOSE = 'Uji';
const view = async (): Promise<PlanView> => (await admin.call(wire.getRota, { params: dinsos(), query: { month } })).view!;
const steps = async (client: Client, act: PlanAct) => {
  const { plan } = await view();
  world.clock.advance(60_000);
  return client.call(wire.postRotaStep, { params: { id: plan.id }, body: { act, version: plan.version, words: null } });
};
const workdays = ({ sheet }: PlanView): string[] => sheet.days.filter(({ kind }) => kind === 'kerja').map(({ date }) => date);
/** Sari is at home on six days, Joko on duty on one; published by the head. */
async function published(): Promise<string[]> {
  await admin.call(wire.postRota, { params: dinsos(), body: { month } });
  const plan = await view();
  const days = workdays(plan);
  const home = days.slice(0, 6).map((date): CellInput => ({ personId: cast.staf.id, date, code: 'WFH', shift: null }));
  const cells: CellInput[] = [...home, { personId: cast.stafKantor.id, date: days[0]!, code: 'PIKET', shift: null }];
  await admin.call(wire.putRotaCells, { params: { id: plan.plan.id }, body: { version: plan.plan.version, cells } });
  const { plan: now } = await view();
  await admin.call(wire.postRotaFill, { params: { id: now.id }, body: { version: now.version, how: { kind: 'isi', code: 'WFO' } } });
  await steps(admin, 'ajukan');
  await steps(head, 'terbitkan');
  return days;
}
const corrects = async (personId: string, date: string, code: CellInput['code'] & string) => {
  const { plan } = await view();
  world.clock.advance(60_000);
  return admin.call(wire.postRotaCorrection, { params: { id: plan.id }, body: { personId, date, code, reason: 'Rapat di kantor' } });
};
const letters = (client = admin) => client.call(letter.getAssignments, { params: dinsos(), query: { month } });
const issues = async (kind: letter.AssignmentKind, reason: string | null = null, client = admin) => {
  world.clock.advance(60_000);
  const { revision } = await letters();
  return client.call(letter.postAssignment, { params: dinsos(), body: { month, kind, revision: revision ?? 0, reason } });
};
const basisOf = async (personId: string, date: string) => (await world.app.roster.codesOn(world.sql, [personId], date)).get(personId);
const csv = async (query: object = {}, client = admin): Promise<string[][]> => {
  const file = await client.call(recap.getJadwalCsv, { params: dinsos(), query: { month, purpose: PURPOSE, ...query } });
  const text = await file.text();
  return text
    .replace('\ufeff', '')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));
};
const pdfText = async (file: Blob): Promise<string> => textOfPdf(new Uint8Array(await file.arrayBuffer()));
const monthly = async (query: object = {}, client = admin) =>
  (await client.call(recap.getJadwalRecap, { params: dinsos(), query: { month, ...query } })).recap!;

test('six days at home are exactly six rows WFH; one day corrected is revision 1 and one row in the difference', async () => {
  const days = await published();
  const wfh = (rows: string[][]) => rows.filter(([nip, , code]) => nip === `'${cast.staf.nip}` && code === 'WFH');
  expect(wfh(await csv())).toHaveLength(6);
  const before = await monthly();
  expect(before).toMatchObject({ revision: 0, locked: null, mayLock: false });
  expect(before.rows.find(({ personId }) => personId === cast.staf.id)?.sums[1]).toBe(6);
  expect(before.rows.find(({ personId }) => personId === cast.staf.id)?.nip).not.toBe(cast.staf.nip);
  expect((await monthly({}, head)).mayLock).toBe(true);
  await steps(head, 'kunci');
  expect((await monthly({}, head)).locked?.byName).toBe(cast.kepala.name);
  await corrects(cast.staf.id, days[2]!, 'WFO');
  const after = await monthly({}, head);
  expect(after).toMatchObject({ revision: 1, plan: { state: 'dikunci' } });
  const { rows } = await admin.call(recap.getJadwalDifferences, { params: dinsos(), query: { month, from: 0, to: 1 } });
  expect(rows.map(({ name, date, was, now }) => [name, date, was?.code, now?.code])).toEqual([[cast.staf.name, days[2], 'WFH', 'WFO']]);
  expect(wfh(await csv())).toHaveLength(5);
  expect(wfh(await csv({ revision: 0 }))).toHaveLength(6);
  const file = await admin.call(recap.getJadwalDifferencesCsv, { params: dinsos(), query: { month, from: 0, to: 1, purpose: PURPOSE } });
  expect(await file.text()).toContain(`'${cast.staf.nip},${cast.staf.name},${days[2]},WFH,WFO,Rapat di kantor`);
});

test('a surat tugas is numbered, the basis of its days, and tells each their own; what changes after it is a letter of that line alone', async () => {
  const days = await published();
  const [first = '', second = ''] = days;
  expect((await letters()).desk).toMatchObject({ due: 'tugas', people: 2, lines: 7 });
  const draft = await admin.call(letter.getAssignmentDraftPdf, { params: dinsos(), query: { month } });
  const drafted = await pdfText(draft);
  expect(drafted).toContain('belum bernomor');
  expect(drafted).toContain(cast.staf.name);
  const issued = await issues('tugas');
  const [one] = issued.letters;
  expect(one).toMatchObject({ kind: 'tugas', state: 'terbit', people: 2, lines: 7 });
  expect(issued.desk?.due).toBeNull();
  expect((await issues('tugas')).letters).toHaveLength(1);
  expect(await basisOf(cast.staf.id, first)).toMatchObject({ code: 'WFH', basis: `Surat Tugas ${one!.number}` });
  expect((await basisOf(cast.stafKantor.id, first))?.basis).toContain(one!.number);
  expect((await basisOf(cast.stafKantor.id, second))?.basis).not.toContain('Surat Tugas');
  const staf = await signIn(world, cast.staf);
  const own = await staf.call(wire.getMyRota, { query: { month } });
  expect(own.days.filter(({ code }) => code === 'WFH').map(({ basis }) => basis)).toEqual(Array.from({ length: 6 }, () => `Surat Tugas ${one!.number}`));
  const told = (await staf.call(getNotices, { query: { kind: 'jadwal' } })).notices[0]?.words.id;
  expect(told?.title).toContain('Surat tugas');
  expect(told?.text).toContain(
    `WFH: ${days
      .slice(0, 6)
      .map((day) => Number(day.slice(8)))
      .join(', ')}`,
  );

  await corrects(cast.staf.id, second, 'WFO');
  expect(await basisOf(cast.staf.id, first)).toMatchObject({ basis: `Surat Tugas ${one!.number}` });
  expect((await letters()).desk).toMatchObject({
    due: 'perubahan',
    lines: 1,
    changes: [{ name: cast.staf.name, date: second, was: { code: 'WFH' }, now: { code: 'WFO' } }],
  });
  const changed = await issues('perubahan');
  expect(changed.letters.map(({ kind, state, lines }) => [kind, state, lines])).toEqual([
    ['perubahan', 'terbit', 1],
    ['tugas', 'diubah', 7],
  ]);
  const paper = await pdfText(await admin.call(letter.getAssignmentPdf, { params: { id: changed.letters[0]!.id } }));
  expect(paper).toContain(one!.number);
  expect(paper).toContain('Semula');
  expect(paper).not.toContain(cast.stafKantor.name);
  expect(await basisOf(cast.staf.id, first)).toMatchObject({ basis: `Surat Tugas ${one!.number}` });
  const mine = await staf.call(letter.getMyAssignments, { query: { month } });
  expect(mine.letters.map(({ kind, lines }) => [kind, lines.length])).toEqual([
    ['perubahan', 1],
    ['tugas', 6],
  ]);
  const known = await staf.call(getVerification, { params: { code: one!.code } });
  expect(known).toMatchObject({ paper: 'surat_tugas', assignment: { people: 2, state: 'diubah', followedBy: changed.letters[0]!.number } });
});

test('a surat tugas is called off with a reason; its days rest on the plan again, and a new one follows with the next number', async () => {
  const days = await published();
  const { letters: issued } = await issues('tugas');
  expect((await refusalIn(issues('pencabutan'))).fields?.[0]?.path).toBe('reason');
  const over = await issues('pencabutan', 'Penugasan dibatalkan');
  expect(over.letters.map(({ kind, state }) => [kind, state])).toEqual([
    ['pencabutan', 'terbit'],
    ['tugas', 'dicabut'],
  ]);
  const paper = await pdfText(await admin.call(letter.getAssignmentPdf, { params: { id: over.letters[0]!.id } }));
  expect(paper).toContain(issued[0]!.number);
  expect(paper).toContain('Penugasan dibatalkan');
  expect((await basisOf(cast.staf.id, days[0]!))?.basis).toContain('Jadwal');
  expect(over.desk?.due).toBe('tugas');
  await issues('tugas');
  const { rows } = await admin.call(getNumberBook, { params: { opd: dinsos().id }, query: { year: Number(month.slice(0, 4)) } });
  const serials = rows.filter(({ series }) => series === 'tugas').map(({ number }) => Number(/(\d+)-ST/.exec(number)?.[1]));
  expect(serials.toSorted((a, b) => a - b)).toEqual(serials.map((_, n) => n + 1));
});

test('the month is made again from the log alone: publications and letters give the rows of the file and the day codes', async () => {
  const days = await published();
  await issues('tugas');
  await corrects(cast.staf.id, days[3]!, 'WFO');
  await issues('perubahan');
  const { plan } = await view();
  const [log] = await world.sql<
    { content: { people: { id: string; nip: string }[]; days: { date: string }[]; cells: Record<string, ({ code: string; basis: string } | null)[]> } }[]
  >`
    select content from rota.publication where plan_id = ${plan.id} order by revision desc limit 1`;
  const [last] = await world.sql<{ content: { lines: { personId: string; date: string; number: string }[] } }[]>`
    select content from assignments.letter where plan_id = ${plan.id} order by seq desc limit 1`;
  const numbers = new Map(last!.content.lines.map((line) => [`${line.personId} ${line.date}`, `Surat Tugas ${line.number}`]));
  const again = log!.content.people.flatMap(({ id, nip }) =>
    log!.content.days.flatMap(({ date }, day) => {
      const cell = log!.content.cells[id]?.[day];
      return cell ? [{ id, nip, date, code: cell.code, basis: numbers.get(`${id} ${date}`) ?? cell.basis }] : [];
    }),
  );
  expect((await csv()).map(([nip, date, code, ...rest]) => [nip, date, code, rest.at(-1)])).toEqual(again.map((r) => [`'${r.nip}`, r.date, r.code, r.basis]));
  const codes = await world.app.roster.codesBetween(world.sql, [...new Set(again.map(({ id }) => id))], `${month}-01`, log!.content.days.at(-1)!.date);
  for (const { id, date, code, basis } of again) expect(codes.get(id)?.get(Number(date.slice(8)) - 1)).toMatchObject({ code, basis });
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
});

test('the workbook carries the head, the letters, the sums and a place to sign; a name cannot become a formula', async () => {
  await world.app.people.addPerson(portalItself, {
    name: '=1+1 Rumus',
    nip: nipOf(90),
    email: 'rumus@uji.example',
    phone: null,
    opdId: dinsos().id,
  });
  await published();
  const { letters: issued } = await issues('tugas');
  const file = await admin.call(recap.getJadwalXlsx, { params: dinsos(), query: { month, purpose: PURPOSE, paper: 'a3' } });
  const rows = await readSheet(Buffer.from(await file.arrayBuffer()));
  const said = rows.flat().map(String);
  expect(said.some((text) => text.includes(issued[0]!.number))).toBe(true);
  expect(said).toContain('DINAS SOSIAL');
  expect(said).toContain(cast.staf.nip);
  expect(said).toContain("'=1+1 Rumus");
  expect(said).toContain('KEPALA DINAS SOSIAL,');
  const head = rows.findIndex(([first]) => first === 'No.');
  const columns = rows[head]!.map(String);
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  expect(columns).toEqual(['No.', 'Nama', 'NIP', 'Jabatan', ...Array.from({ length: days }, (_, n) => String(n + 1)), ...DayCode.options]);
  const sari = rows.find((row) => row[2] === cast.staf.nip)!;
  expect(sari.slice(4, 4 + days).filter((cell) => cell === 'H')).toHaveLength(6);
  expect(sari[4 + days + DayCode.options.indexOf('WFH')]).toBe(6);
});

test('who may: the OPD’s own and BKD read, another OPD does not exist, nobody exports without saying why, and it is on record', async () => {
  await published();
  const [bkd, other, staf] = [await signIn(world, cast.bkd), await signIn(world, cast.kepalaDinkes), await signIn(world, cast.staf)];
  for (const client of [other, staf]) {
    expect((await refusalIn(monthly({}, client))).code).toBe('not_found');
    expect((await refusalIn(letters(client))).code).toBe('not_found');
    expect((await refusalIn(csv({}, client))).code).toBe('not_found');
  }
  expect((await monthly({}, bkd)).rows.length).toBeGreaterThan(3);
  expect((await letters(bkd)).desk).toBeNull();
  expect((await refusalIn(issues('tugas', null, bkd))).code).toBe('role.missing');
  expect((await refusalIn(csv({ purpose: '' }))).code).toBe('input.invalid');
  const { letters: issued } = await issues('tugas');
  const paper = { params: { id: issued[0]!.id } };
  expect((await refusalIn(other.call(letter.getAssignmentPdf, paper))).code).toBe('not_found');
  await staf.call(letter.getAssignmentPdf, paper);
  await csv({ purpose: 'Laporan bulanan' });
  const log = await world.sql<
    { what: string; subject: string }[]
  >`select what, subject from people.access where what in ('rekap_jadwal.csv', 'surat_tugas.pdf') and at >= now() - interval '100 years'`;
  expect(log.some(({ what, subject }) => what === 'rekap_jadwal.csv' && subject.includes('Laporan bulanan'))).toBe(true);
  expect(log.some(({ what }) => what === 'surat_tugas.pdf')).toBe(true);
  const region = await bkd.call(recap.getRegionJadwalCsv, { query: { month, purpose: PURPOSE } });
  expect(await region.text()).toContain(cast.staf.nip);
});

test('before the head has published there is nothing to hand out: no file of the OPD, none of the region', async () => {
  await admin.call(wire.postRota, { params: dinsos(), body: { month } });
  expect((await admin.call(recap.getJadwalRecap, { params: dinsos(), query: { month } })).recap).toBeNull();
  const query = { month, purpose: PURPOSE };
  const bkd = await signIn(world, cast.bkd);
  const files = [
    () => csv(),
    () => admin.call(recap.getJadwalXlsx, { params: dinsos(), query }),
    () => admin.call(recap.getJadwalDifferencesCsv, { params: dinsos(), query: { ...query, from: 0, to: 1 } }),
    () => bkd.call(recap.getRegionJadwalCsv, { query }),
  ];
  for (const file of files) expect((await refusalIn(file())).code).toBe('rota.recap_none');
});

test('only the head locks; a correction of a locked month is a revision with its reason, and whoever it is about and who issued the letter are told', async () => {
  const days = await published();
  await issues('tugas');
  expect((await refusalIn(steps(admin, 'kunci'))).code).toBe('rota.not_head');
  await steps(head, 'kunci');
  await corrects(cast.stafKantor.id, days[0]!, 'WFO');
  const after = await monthly();
  expect(after).toMatchObject({ revision: 1, plan: { state: 'dikunci' } });
  expect(after.locked?.byName).toBe(cast.kepala.name);
  expect(after.revisions.map(({ revision, why }) => [revision, why])).toEqual([
    [0, null],
    [1, expect.stringMatching(new RegExp(`^${cast.stafKantor.name}, \\d+ [A-Z][a-z]+ 202\\d: Rapat di kantor$`))],
  ]);
  const titles = async (client: Client) => (await client.call(getNotices, { query: { kind: 'jadwal' } })).notices.map(({ words }) => words.id.title);
  expect((await titles(await signIn(world, cast.stafKantor)))[0]).toBe('Jadwal Anda berubah (revisi 1)');
  expect((await titles(await signIn(world, cast.staf)))[0]).toContain('Surat tugas');
  expect(await titles(admin)).toContain('Surat perubahan perlu diterbitkan');
});
