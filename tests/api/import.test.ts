import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPositions, postImport } from '../../shared/people.ts';
import { makeCast, nipOf, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { makeWorld, type Client, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
let admin: Client;
beforeAll(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
  admin = await signIn(world, cast.adminDinsos);
});
afterAll(() => world.close());

const HEAD = 'nama;nip;surel;telepon;opd;jabatan;tingkat';
const file = (...rows: string[]): string => `\uFEFF${[HEAD, ...rows].join('\r\n')}`;
const count = async (): Promise<number> => (await world.sql<{ n: number }[]>`select count(*)::int as n from people.person`)[0]!.n;
const send = (csv: string, dryRun: 'true' | 'false' = 'false') => admin.call(postImport, { body: csv, query: { dryRun } });

const good = [`Wati Baru;${nipOf(12)};wati@uji.example;;Dinsos;Pengelola Data;staf`, `Yanto Baru;${nipOf(13)};;0811;Rehsos;Pekerja Sosial;fungsional`];
const bad = [`Salah Nip;198513012005011001;;;Dinsos;;`, `Lain Kantor;${nipOf(14)};;;Dinkes;;`, `Orang Lain;${nipOf(1)};;;Dinsos;;`];
test('good rows go in together, bad ones come back with their reason; a trial writes nothing', async () => {
  const before = await count();
  const trial = await send(file(...good, ...bad), 'true');
  expect(await count()).toBe(before);
  const report = await send(file(...good, ...bad));
  expect(report).toEqual(trial);
  expect(await count()).toBe(before + 2);
  expect(report).toMatchObject({ added: 2, changed: 0, refused: 3 });
  expect(report.rows.map((r) => [r.row, r.result, r.reason])).toEqual([
    [2, 'ditambahkan', null],
    [3, 'ditambahkan', null],
    [4, 'ditolak', 'NIP tanggal lahir tidak ada'],
    [5, 'ditolak', 'OPD ini di luar kewenangan Anda'],
    [6, 'ditolak', 'NIP sudah dipakai orang lain'],
  ]);
  expect(report.refusedCsv).toContain(`Salah Nip;198513012005011001;;;Dinsos;;;NIP tanggal lahir tidak ada\r\n`);
});

test('the mended file is sent again as it is, and the same list twice changes nothing', async () => {
  const before = await count();
  const report = await send(file(...good));
  expect(report).toMatchObject({ added: 0, changed: 2, refused: 0, refusedCsv: null });
  expect(await count()).toBe(before);
  const changes = await world.sql`select c.what from people.change c join people.person p on p.id = c.person_id where p.nip = ${nipOf(12)} order by c.id`;
  expect(changes.map((c) => c['what'])).toEqual(['ditambahkan', 'jabatan mulai']);
});

test("a staff post of a title that is taken becomes a post of one's own", async () => {
  const report = await send(
    file(`Xena Baru;${nipOf(15)};;;Rehsos;Pengelola Data;staf`, `Zul Baru;${nipOf(16)};;;Rehsos;Kepala Bidang Rehabilitasi Sosial;kabid`),
  );
  expect(report.rows.map((r) => r.reason)).toEqual([null, `jabatan sudah dipegang ${cast.kabid.name}`]);
  const posts = (await admin.call(getPositions, { query: { opd: cast.opds.rehsos.id } })).filter((p) => p.title === 'Pengelola Data');
  expect(new Set(posts.map((p) => p.holderNow?.name))).toEqual(new Set(['Sari Dirumah', 'Xena Baru']));
});

test('who moves to another post leaves the former one the day before', async () => {
  await send(file(`Sari Dirumah;${cast.staf.nip};;;Dinsos;Bendahara;staf`));
  const posts = await admin.call(getPositions, { query: { opd: cast.opds.dinsos.id } });
  const held = posts.flatMap((p) => p.holdings.filter((h) => h.personId === cast.staf.id).map((h) => [p.title, h.from, h.until]));
  expect(held).toEqual(
    expect.arrayContaining([
      ['Pengelola Data', '2020-01-02', expect.any(String)],
      ['Bendahara', cast.today, null],
    ]),
  );
});

test('a thousand rows go in within seconds', async () => {
  const before = await count();
  const rows = Array.from(
    { length: 1000 },
    (_, i) =>
      `Pegawai ${i};1970${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}1995012${String(1 + Math.floor(i / 12)).padStart(3, '0')};;;Dinsos;Pelaksana;staf`,
  );
  expect(await send(file(...rows))).toMatchObject({ added: 1000, refused: 0 });
  expect(await count()).toBe(before + 1000);
});

test('a file that is not CSV, or without its columns, is refused whole; staff import nothing', async () => {
  expect(await refusalIn(admin.call(postImport, { body: 'nama;opd\nA;Dinsos' }))).toMatchObject({ code: 'import.header', values: { columns: 'nip' } });
  expect(await admin.refusalOf(postImport, { body: 'nama;nip;opd\n"A;1;Dinsos' })).toBe('import.unreadable');
  expect(await (await signIn(world, cast.staf)).refusalOf(postImport, { body: file(...good) })).toBe('role.missing');
});
