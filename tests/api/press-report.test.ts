// What came of a press conference, for whoever answers for it.
import { afterEach, expect, test } from 'vitest';
import { getPressReport, getPressReportPdf } from '../../shared/press-report.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { textOfPdf } from '../support/pdf.ts';
import { pressFloor, type FloorSetting } from '../support/press-floor.ts';

const settings: FloorSetting[] = [];
afterEach(async () => {
  await Promise.all(settings.splice(0).map((setting) => setting.world.close()));
});

async function afternoon() {
  const setting = await pressFloor();
  settings.push(setting);
  const { world, crew, inside, accredited, asks, gives, turn, releases, leaves } = setting;
  const sari = await inside('Sari Melati', 'Radar Uji');
  const joko = await inside('Joko Angin', 'Kabar Uji');
  await accredited('Tono Sepi', 'Kabar Uji');
  const flood = await asks(sari, 'Pompa air');
  const cost = await asks(joko, 'Biaya');
  await gives(flood);
  await releases(await turn(), { kind: 'dijawab', by: [crew('narasumber').id] });
  await gives(cost);
  await releases(await turn(), { kind: 'ditunda', dueOn: '2026-12-24', by: null, note: null });
  world.clock.advance(10 * 60_000);
  await leaves(joko);
  world.clock.advance(20 * 60_000);
  return { ...setting, sari, joko };
}

test('the report counts minutes and questions by outlet, from going on air to the end', async () => {
  const conf = await afternoon();
  await conf.goTo('selesai');
  const report = await conf.operator.call(getPressReport, { params: conf.params });
  const of = (outlet: string) => report.outlets.find((line) => line.outlet === outlet);
  const [sari, joko] = [of('Radar Uji'), of('Kabar Uji')];
  expect(sari).toMatchObject({ asked: 1, turns: 1, answered: 1, owed: 0, journalists: [{ name: 'Sari Melati', state: 'diterima' }] });
  expect(joko).toMatchObject({ asked: 1, turns: 1, answered: 0, owed: 1 });
  expect(sari!.minutes - joko!.minutes).toBe(20);
  expect(joko!.journalists.find((j) => j.name === 'Tono Sepi')).toMatchObject({ minutes: 0, from: null, asked: 0 });
  expect(report.figures).toMatchObject({ registered: 3, accepted: 3, watched: 2, outletsWatched: 2, asked: 2, turns: 2, answeredOrally: 1, owed: 1, open: 0 });
  expect(report.questions.find((q) => q.topic === 'Pompa air')).toMatchObject({ oral: true, answeredBy: ['Hartini Kepaladinas, Kepala Dinas Sosial'] });

  // The day after nothing of it has grown.
  conf.world.clock.advance(24 * 3_600_000);
  const operator = await signIn(conf.world, conf.cast.operator);
  const later = await operator.call(getPressReport, { params: conf.params });
  expect(later.outlets).toEqual(report.outlets);
});

test('while it runs the figures are those of this moment', async () => {
  const conf = await afternoon();
  const report = await conf.operator.call(getPressReport, { params: conf.params });
  expect(report.conference.endedAt).toBeNull();
  expect(report.figures.watched).toBe(2);
});

test('the paper names outlets, journalists, answers and what is owed', async () => {
  const conf = await afternoon();
  await conf.goTo('selesai');
  const pdf = await conf.operator.call(getPressReportPdf, { params: conf.params });
  const text = await textOfPdf(Buffer.from(await pdf.arrayBuffer()));
  for (const words of [
    'Laporan Konferensi Pers',
    'Radar Uji',
    'Sari Melati',
    'Tono Sepi: belum ada bukti',
    'dijawab lisan oleh Hartini Kepaladinas',
    '24 Desember 2026',
  ])
    expect(text.toLowerCase().replaceAll(/\s+/g, ' ')).toContain(words.toLowerCase());
  expect(text.toLowerCase()).not.toContain('tidak hadir');
});

test('the head of the OPD that holds it reads it, others find nothing, and each reading is on record', async () => {
  const conf = await afternoon();
  const { cast, world } = conf;
  const head = await signIn(world, cast.kepala);
  await head.call(getPressReport, { params: conf.params });
  const [line] = await world.sql`select what, people_count from people.access where by_id = ${cast.kepala.id} and what like 'laporan pers%'`;
  expect(line).toMatchObject({ what: 'laporan pers', people_count: 3 });
  const stranger = await signIn(world, cast.stafDinkes);
  expect(await refusalIn(stranger.call(getPressReport, { params: conf.params }))).toMatchObject({ code: 'not_found' });
  expect(await refusalIn(stranger.call(getPressReportPdf, { params: conf.params }))).toMatchObject({ code: 'not_found' });
});

test('before it is on air there is nothing to report', async () => {
  const setting = await pressFloor({ state: 'registrasi' });
  settings.push(setting);
  expect(await refusalIn(setting.operator.call(getPressReport, { params: setting.params }))).toMatchObject({ code: 'report.too_early' });
});
