import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterEach, expect, test } from 'vitest';
import { getOutages, getOutagesPdf } from '../../shared/outages.ts';
import { PASSWORD } from '../support/cast.ts';
import { calledMeeting } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

/** A meeting since 09.00 on 23 November; it is 10.00. The media server was away from 09.10 to 09.14, the portal in October. */
async function opened() {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id] }));
  const { world } = setting;
  worlds.push(world);
  world.clock.advance(60 * 60_000);
  for (const [what, from, to] of [
    ['portal', '2026-10-31T16:59:30Z', '2026-10-31T17:01:00Z'],
    ['portal', '2026-10-20T02:00:00Z', '2026-10-20T02:00:20Z'],
    ['media', '2026-11-23T02:10:00Z', '2026-11-23T02:14:00Z'],
  ] as const)
    await world.sql`insert into platform.outage (what, from_at, to_at, noted_at) values (${what}, ${from}, ${to}, ${to})`;
  return setting;
}

test('the register lists a month’s outages with their minutes and the meetings they met, in the zone of the reader’s office', async () => {
  const { world, cast } = await opened();
  const bkd = await world.signIn(cast.bkd.nip, PASSWORD);
  expect(await bkd.call(getOutages, {})).toMatchObject({
    month: '2026-11',
    zone: 'Asia/Jakarta',
    outages: [
      { what: 'portal', from: '2026-10-31T16:59:30.000Z', minutes: 2, meetings: 0 },
      { what: 'media', from: '2026-11-23T02:10:00.000Z', to: '2026-11-23T02:14:00.000Z', minutes: 4, meetings: 1 },
    ],
    minutes: 6,
    alarms: [],
  });
  const october = await bkd.call(getOutages, { query: { month: '2026-10' } });
  expect(october.outages.map((w) => [w.what, w.minutes])).toEqual([
    ['portal', 1],
    ['portal', 2],
  ]);
  expect((await bkd.call(getOutages, { query: { month: '2026-12' } })).outages).toEqual([]);
});

test('heads and admins of an OPD, BKD and administrators may read it; others may not', async () => {
  const { world, cast } = await opened();
  for (const reader of [cast.kepala, cast.adminDinsos, cast.bkd, cast.administrator])
    expect((await (await world.signIn(reader.nip, PASSWORD)).call(getOutages, {})).outages).toHaveLength(2);
  const sari = await world.signIn(cast.staf.nip, PASSWORD);
  for (const endpoint of [getOutages, getOutagesPdf]) {
    expect(await sari.refusalOf(endpoint, {})).toBe('role.missing');
    expect(await world.visitor().refusalOf(endpoint, {})).toBe('session.required');
  }
});

test('a month that is none is refused by name', async () => {
  const { chair } = await opened();
  for (const month of ['2026-13', '2026-1', 'november', '1999-01']) {
    const refused = await chair.call(getOutages, { query: { month } }).catch((error: { body: unknown }) => error.body);
    expect(refused).toMatchObject({ error: { code: 'input.invalid', fields: [{ path: expect.stringContaining('month') }] } });
  }
});

test('the certificate is a paper of the reader’s OPD, with the windows and a root of the ledger', async () => {
  const { world, chair } = await opened();
  const reply = await chair.send(getOutagesPdf, { query: { month: '2026-11' } });
  if (!world.app.letters.available) return expect(reply.status).toBe(501);
  expect(reply.headers['content-disposition']).toContain('surat-keterangan-gangguan-2026-11.pdf');
  const page = await (await getDocument({ data: new Uint8Array(reply.payload), verbosity: 0 }).promise).getPage(1);
  const text = (await page.getTextContent()).items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .replace(/\s+/g, ' ');
  for (const part of [
    'PEMERINTAH KOTA UJI',
    'DINAS SOSIAL',
    'SURAT KETERANGAN GANGGUAN SISTEM',
    'bulan November 2026 sampai dengan 23 November 2026 pukul 10.00 WIB',
    'server media',
    '23 November 2026, 09.10 WIB',
    'Seluruhnya 6 menit',
    'presensi manual',
    'Akar buku bukti #',
    'Halaman 1 dari 1',
  ])
    expect(text).toContain(part);
});

test('a month without outages has a paper that says so', async () => {
  const { world, chair } = await opened();
  if (!world.app.letters.available) return;
  const reply = await chair.send(getOutagesPdf, { query: { month: '2026-09' } });
  const page = await (await getDocument({ data: new Uint8Array(reply.payload), verbosity: 0 }).promise).getPage(1);
  const text = (await page.getTextContent()).items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .replace(/\s+/g, ' ');
  expect(text).toContain('tidak terjadi gangguan sistem presensi elektronik pada bulan September 2026.');
});
