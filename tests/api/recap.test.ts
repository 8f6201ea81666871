import { get } from 'node:http';
import { readSheet } from 'read-excel-file/node';
import { afterEach, expect, test } from 'vitest';
import { postCorrectionDecision } from '../../shared/corrections.ts';
import {
  getPersonRecap,
  getRecap,
  getRecapCsv,
  getRecapPdf,
  getRecapTotals,
  getRecapXlsx,
  getRegionRecapCsv,
  getRegionRecapXlsx,
  type RecapFigures,
} from '../../shared/recap.ts';
import { refusalIn, signIn, type Actor } from '../support/cast.ts';
import { theMorningAfter } from '../support/confirmed.ts';
import { asks, dayClaim, meetingClaim } from '../support/correction.ts';
import { fillStaff } from '../support/history.ts';
import { textOfPdf } from '../support/pdf.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

const MONTH = '2026-11';
const purpose = 'Laporan bulanan';
async function office() {
  const setting = await theMorningAfter();
  worlds.push(setting.world);
  const { head, opd } = setting;
  const figuresOf = async (actor: Actor, client = head): Promise<RecapFigures> =>
    (await client.call(getRecap, { params: opd, query: { month: MONTH } })).rows.find((r) => r.personId === actor.id)!.figures;
  const logged = () => setting.world.sql<{ what: string; subject: string; people_count: number; scope_kind: string }[]>`
    select what, subject, people_count, scope_kind from people.access where what like 'rekap.%' order by id`;
  return { ...setting, figuresOf, logged };
}

test('the month of an OPD: days by code, WFH with and without evidence, meetings, minutes, confirmed n of m', async () => {
  const { cast, head, opd, confirmsSure, figuresOf, logged } = await office();
  const recap = await head.call(getRecap, { params: opd, query: { month: MONTH } });
  expect(recap).toMatchObject({ opdName: 'Dinas Sosial', month: MONTH, from: '2026-11-01', to: '2026-11-24', zone: 'Asia/Jakarta', outages: [] });
  expect(recap.rows.every((r) => r.nip === null || r.nip.includes('•'))).toBe(true);
  expect(await figuresOf(cast.staf)).toMatchObject({
    hadirWfh: 1,
    belumAdaBukti: 0,
    meetings: 1,
    minutes: 20,
    terlambat: 0,
    confirmed: 0,
    toConfirm: 1,
    tidakHadir: 0,
  });
  expect((await figuresOf(cast.staf)).codes).toEqual({ WFO: 0, WFH: 1, PIKET: 0, DL: 0, CUTI: 0, SAKIT: 0, LIBUR: 0 });
  expect(await figuresOf(cast.adminDinsos)).toMatchObject({ hadirWfh: 0, belumAdaBukti: 1, meetings: 0 });
  expect(await confirmsSure()).toBe(3);
  expect(await figuresOf(cast.staf)).toMatchObject({ confirmed: 1, toConfirm: 1 });
  expect((await logged())[0]).toEqual({ what: 'rekap.baca', subject: `Dinas Sosial ${MONTH}`, people_count: recap.rows.length, scope_kind: 'opd' });
});

test('only a named human makes a day absent, and the recap counts it apart', async () => {
  const { cast, confirms, figuresOf } = await office();
  expect(await figuresOf(cast.adminDinsos)).toMatchObject({ belumAdaBukti: 1, tidakHadir: 0 });
  await confirms(cast.adminDinsos, 'tidak_hadir');
  expect(await figuresOf(cast.adminDinsos)).toMatchObject({ belumAdaBukti: 0, tidakHadir: 1, confirmed: 1 });
});

test('a confirmation of a record that has changed since no longer counts', async () => {
  const { cast, world, sari, head, confirmsSure, figuresOf, id } = await office();
  await confirmsSure();
  expect(await figuresOf(cast.staf)).toMatchObject({ confirmed: 1 });
  const correction = await asks(sari, meetingClaim(id.id));
  await head.call(postCorrectionDecision, { params: { id: correction.id }, body: { outcome: 'accepted' } });
  expect(await figuresOf(cast.staf)).toMatchObject({ confirmed: 0, minutes: 45 });
  expect(await world.sql`select count(*)::int as n from attendance.confirmation`).toEqual([{ n: 3 }]);
});

test('a person opens the own month: evidence, what was corrected by whom, who confirmed', async () => {
  const { cast, admin, head, sari, confirmsSure, logged, id } = await office();
  await asks(admin, dayClaim()).then((c) => head.call(postCorrectionDecision, { params: { id: c.id }, body: { outcome: 'accepted' } }));
  const meetingCorrection = await asks(sari, meetingClaim(id.id));
  await head.call(postCorrectionDecision, { params: { id: meetingCorrection.id }, body: { outcome: 'accepted' } });
  await confirmsSure();
  const own = await sari.call(getPersonRecap, { params: { id: cast.staf.id }, query: { month: MONTH } });
  expect(own.days).toHaveLength(1);
  expect(own.days[0]).toMatchObject({
    date: '2026-11-23',
    code: 'WFH',
    mark: 'hadir_wfh',
    minutes: 45,
    confidence: 'manual',
    corrections: [
      { title: 'Penyaluran bantuan', original: '09.10 – 09.30', corrected: '09.00 – 09.45', requestedBy: cast.staf.name, decidedBy: cast.kepala.name },
    ],
  });
  expect(own.days[0]!.evidence.map((e) => [e.from.slice(11, 16), e.to?.slice(11, 16), e.confidence])).toEqual([
    ['02:00', '02:10', 'manual'],
    ['02:10', '02:30', 'pasti'],
    ['02:30', '02:45', 'manual'],
  ]);
  const rina = await admin.call(getPersonRecap, { params: { id: cast.adminDinsos.id }, query: { month: MONTH } });
  expect(rina.days[0]).toMatchObject({
    mark: 'hadir_wfh',
    confidence: 'manual',
    corrections: [{ title: null, original: 'belum ada bukti', corrected: 'hadir – WFH' }],
  });
  // The own month is nobody's business but one's own: not logged. Somebody else's is.
  expect(await logged()).toEqual([]);
  await head.call(getPersonRecap, { params: { id: cast.staf.id }, query: { month: MONTH } });
  expect(await logged()).toEqual([{ what: 'rekap.orang', subject: MONTH, people_count: 1, scope_kind: 'person' }]);
});

test('the region’s totals are for BKD and administrators; an OPD and a person exist for those who manage them', async () => {
  const { world, cast, bkd, admin, sari, opd } = await office();
  const { rows } = await bkd.call(getRecapTotals, { query: { month: MONTH } });
  expect(rows.find((r) => r.opdId === opd.id)).toMatchObject({
    opdName: 'Dinas Sosial',
    people: 5,
    figures: { hadirWfh: 1, belumAdaBukti: 1, minutes: 20, toConfirm: 5 },
  });
  expect(rows).toHaveLength(4);
  expect(await admin.refusalOf(getRecapTotals, { query: { month: MONTH } })).toBe('role.missing');
  const wahyu = await signIn(world, cast.kepalaDinkes);
  for (const stranger of [wahyu, sari]) {
    expect(await stranger.refusalOf(getRecap, { params: opd, query: { month: MONTH } })).toBe('not_found');
    expect(await stranger.refusalOf(getPersonRecap, { params: { id: cast.kabid.id }, query: { month: MONTH } })).toBe('not_found');
    for (const file of [getRecapCsv, getRecapXlsx, getRecapPdf])
      expect(await stranger.refusalOf(file, { params: opd, query: { month: MONTH, purpose } })).toBe('not_found');
    for (const file of [getRegionRecapCsv, getRegionRecapXlsx])
      expect(await stranger.refusalOf(file, { query: { month: MONTH, purpose } })).toBe('role.missing');
  }
  // A bidang has no recap of its own, nor has an OPD that is not there.
  expect(await bkd.refusalOf(getRecap, { params: { id: cast.opds.rehsos.id }, query: {} })).toBe('not_found');
  expect(await bkd.refusalOf(getRecap, { params: { id: '00000000-0000-4000-8000-000000000000' }, query: {} })).toBe('not_found');
  expect(await world.visitor().refusalOf(getRecap, { params: opd, query: {} })).toBe('session.required');
  expect(await bkd.refusalOf(getRecap, { params: opd, query: { month: '2026-13' } })).toBe('input.invalid');
});

test('a file needs a purpose, which is in the log with who took it', async () => {
  const { cast, head, opd, logged } = await office();
  const without = (await refusalIn(head.call(getRecapCsv, { params: opd, query: { month: MONTH, purpose: ' x ' } }))).fields;
  expect(without?.map((f) => f.path)).toEqual(['purpose']);
  expect(await logged()).toEqual([]);
  const csv = await (await head.call(getRecapCsv, { params: opd, query: { month: MONTH, purpose } })).text();
  expect(csv).toContain(`'${cast.staf.nip}`);
  expect(await logged()).toEqual([{ what: 'rekap.csv', subject: `Dinas Sosial ${MONTH}: ${purpose}`, people_count: 5, scope_kind: 'opd' }]);
});

test('the CSV has a row for each person, or for each person and day; no name becomes a formula', async () => {
  const { world, cast, head, opd, confirmsSure } = await office();
  await world.sql`update people.person set name = '=cmd()' where id = ${cast.staf.id}`;
  await confirmsSure();
  const lines = async (per: 'orang' | 'hari') =>
    (await (await head.call(getRecapCsv, { params: opd, query: { month: MONTH, per, purpose } })).text()).trim().split('\r\n');
  const persons = await lines('orang');
  expect(persons).toHaveLength(6);
  expect(persons.find((l) => l.includes(cast.staf.nip))).toBe(
    `'=cmd(),'${cast.staf.nip},Pengelola Data,Bidang Rehabilitasi Sosial,Dinas Sosial,0,1,0,0,0,0,0,1,0,0,0,1,20,0,1,1`,
  );
  const days = await lines('hari');
  expect(days.find((l) => l.includes(cast.staf.nip))).toBe(
    `'=cmd(),'${cast.staf.nip},Dinas Sosial,2026-11-23,WFH,SE 800/1/2026,hadir – WFH,1,20,0,pasti,,,sesuai,${cast.kepala.name}`,
  );
});

test('the workbook keeps a NIP as text, and says whose it is, who took it and under which root', async () => {
  const { cast, head, bkd, opd } = await office();
  const book = await head.call(getRecapXlsx, { params: opd, query: { month: MONTH, purpose } });
  const rows = await readSheet(Buffer.from(await book.arrayBuffer()));
  const said = new Map(rows.map((r) => [r[0], r[1]]));
  expect(said.get('Diunduh oleh')).toBe(cast.kepala.name);
  expect(said.get('Keperluan')).toBe(purpose);
  expect(said.get('Buku bukti')).toMatch(/^Akar buku bukti #\d+ · .* · ([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  expect(said.get(cast.staf.name)).toBe(cast.staf.nip);
  const region = await readSheet(Buffer.from(await (await bkd.call(getRegionRecapXlsx, { query: { month: MONTH, per: 'hari', purpose } })).arrayBuffer()));
  expect(region.filter((r) => r[3] === '2026-11-23')).toHaveLength(5);
  expect(await (await bkd.call(getRegionRecapCsv, { query: { month: MONTH, purpose } })).text()).toContain(cast.stafDinkes.name);
});

test('the paper has the letterhead, outages of the month, purpose, root, and page n of m', async () => {
  const { world, cast, head, opd } = await office();
  await world.sql`insert into platform.outage (what, from_at, to_at, noted_at) values ('portal', '2026-11-23T03:30:00Z', '2026-11-23T03:50:00Z', '2026-11-23T03:50:00Z')`;
  const pdf = await head.call(getRecapPdf, { params: opd, query: { month: MONTH, purpose } });
  const text = await textOfPdf(new Uint8Array(await pdf.arrayBuffer()));
  for (const said of ['PEMERINTAH KOTA UJI', 'DINAS SOSIAL', 'November 2026', cast.staf.nip, 'Halaman 1 dari 1', purpose, cast.kepala.name])
    expect(text).toContain(said);
  expect(text).toContain('portal: 23 November 2026 pukul 10.30 WIB – 23 November 2026 pukul 10.50 WIB');
  expect(text).toMatch(/Akar buku bukti #\d+/);
});

test('a browser that goes away in the middle of a file ends the reading, and the portal goes on', async () => {
  const { world, head, opd } = await office();
  await fillStaff(world.sql, opd.id, 1_500);
  const origin = await world.listen();
  const cookie = [...head.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const url = `${origin}/api/opds/${opd.id}/recap.csv?${new URLSearchParams({ month: MONTH, per: 'hari', purpose }).toString()}`;
  const status = await new Promise<number | undefined>((resolve) => {
    const request = get(url, { headers: { cookie } }, (reply) =>
      reply.once('data', () => {
        request.destroy();
        resolve(reply.statusCode);
      }),
    );
    request.on('error', () => {});
  });
  expect(status).toBe(200);
  expect((await head.call(getRecap, { params: opd, query: { month: MONTH } })).rows).toHaveLength(1_505);
  await expect
    .poll(async () => (await world.sql`select from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`).length)
    .toBe(0);
});

test('readings at the same moment agree, whoever keeps the visits', async () => {
  const { head, opd, world } = await office();
  const all = await Promise.all(Array.from({ length: 12 }, () => head.call(getRecap, { params: opd, query: { month: MONTH } })));
  expect(new Set(all.map((r) => JSON.stringify(r.rows))).size).toBe(1);
  expect(all[0]!.rows.reduce((sum, row) => sum + row.figures.minutes, 0)).toBe(20);
  expect(await world.sql`select count(*)::int as n from attendance.visit`).toEqual([{ n: 1 }]);
});
