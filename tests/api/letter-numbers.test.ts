import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  getClassifications,
  getLetterhead,
  getLetterLogo,
  getNumberBook,
  getNumberBookCsv,
  deleteLetterLogo,
  deleteClassification,
  getClassificationBook,
  postClassificationImport,
  putClassification,
  putFirstNumber,
  putLetterhead,
  putLetterLogo,
} from '../../shared/letters.ts';
import { createRegister } from '../../server/letters/index.ts';
import { openDatabase, type Sql, type Tx } from '../../server/platform/database.ts';
import { APP_ROLE } from '../../server/platform/app-role.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

const DAY = '2026-11-23';
let world: World;
let cast: Cast;
let admin: Client;
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  admin = await signIn(world, cast.adminDinsos);
});
afterAll(() => world.close());

const dinkes = () => ({ opdId: cast.opds.dinkes.id, series: 'undangan', classification: '005', day: DAY });
const dinsos = () => ({ ...dinkes(), opdId: cast.opds.dinsos.id });
const take = (tx: Tx, more: object = {}) => world.app.letters.takeNumber(tx, { ...dinkes(), ...more });
/** Portals of their own: each a client with one connection. */
const writers = (n: number): Sql[] => Array.from({ length: n }, () => openDatabase(world.databaseUrl, { max: 1, role: APP_ROLE }));
const registerOf = (sql: Sql) => createRegister({ sql, clock: world.clock, people: world.app.people, scanner: { judge: async () => {} } });
const serials = async (where: { series: string; opdId: string }): Promise<number[]> =>
  (
    await world.sql<{ serial: number }[]>`
    select serial from letters.number where opd_id = ${where.opdId} and series = ${where.series} order by serial`
  ).map((row) => row.serial);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

test('two officers who number at the same instant get two numbers, one after the other', async () => {
  const [first, second] = writers(2) as [Sql, Sql];
  let go: () => void = () => {};
  const gate = new Promise<void>((resolve) => (go = resolve));
  const one = (sql: Sql) =>
    sql.begin(async (tx) => {
      await tx`select 1`;
      await gate;
      return registerOf(sql).takeNumber(tx, { ...dinkes(), series: 'disposisi' });
    });
  const both = [one(first), one(second)];
  go();
  const numbers = (await Promise.all(both)).map((taken) => taken.number).toSorted();
  expect(numbers).toEqual(['005/001-DSP/DINKES/XI/2026', '005/002-DSP/DINKES/XI/2026']);
  await Promise.all([first.end(), second.end()]);
});

test('a thousand letters by sixteen writers, some of whom give up half-way or are cut off: no gap, no double', async () => {
  const clients = writers(16);
  const owner = world.sql;
  let given = 0;
  let undone = 0;
  await Promise.all(
    clients.map(async (sql, writer) => {
      const register = registerOf(sql);
      for (let n = 0; ; n += 1) {
        if (given >= 1000) return;
        given += 1;
        // One in eight is undone after its number was taken; a few lose their connection with the number in hand.
        const fails = (writer + n) % 8 === 0;
        const killed = fails && n % 24 === 0;
        const work = sql.begin(async (tx) => {
          await register.takeNumber(tx, { ...dinkes(), subject: `Surat ${writer}-${n}` });
          if (killed) {
            const [me] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
            await owner`select pg_terminate_backend(${me!.pid})`;
            await tx`select 1`;
          }
          if (fails) throw new Error('urung');
        });
        // The next attempt of whoever was cut off may find the line still dead: they press again.
        if (
          await work.then(
            () => true,
            () => false,
          )
        )
          continue;
        given -= 1;
        undone += 1;
      }
    }),
  );
  await Promise.all(clients.map((sql) => sql.end()));
  expect(undone).toBeGreaterThan(50);
  const found = await serials({ opdId: cast.opds.dinkes.id, series: 'undangan' });
  expect(found).toEqual(upTo(1000));
  const [texts] = await world.sql<
    { n: number }[]
  >`select count(distinct number)::int as n from letters.number where opd_id = ${cast.opds.dinkes.id} and series = 'undangan'`;
  expect(texts?.n).toBe(1000);
}, 120_000);

test('each OPD, series, classification and year counts for itself', async () => {
  const numbers = await world.app.sql.begin(async (tx) => [
    (await take(tx, { ...dinsos() })).number,
    (await take(tx, { ...dinsos(), classification: '800' })).number,
    (await take(tx, { ...dinsos(), series: 'ralat' })).number,
    (await take(tx, { ...dinsos(), day: '2027-01-02' })).number,
    (await take(tx, { ...dinsos() })).number,
  ]);
  expect(numbers).toEqual([
    '005/001/DINSOS/XI/2026',
    '800/001/DINSOS/XI/2026',
    '005/001-RLT/DINSOS/XI/2026',
    '005/001/DINSOS/I/2027',
    '005/002/DINSOS/XI/2026',
  ]);
});

test('a number of a letter that is withdrawn stays in the book as void, with the reason, and is not given again', async () => {
  const taken = await world.app.sql.begin(async (tx) => take(tx, { ...dinsos(), classification: '400', subject: 'Undangan rapat' }));
  await world.app.sql.begin(async (tx) => world.app.letters.voidNumber(tx, taken.id, { reason: 'Salah alamat', byId: cast.adminDinsos.id }));
  await world.app.sql.begin(async (tx) => world.app.letters.voidNumber(tx, taken.id, { reason: 'sekali lagi', byId: null }));
  const next = await world.app.sql.begin(async (tx) => take(tx, { ...dinsos(), classification: '400' }));
  expect(next.serial).toBe(2);
  const book = await admin.call(getNumberBook, { params: { opd: cast.opds.dinsos.id }, query: { year: 2026 } });
  expect(book.rows.filter((row) => row.classification === '400').map((row) => [row.number, row.voided?.reason ?? null])).toEqual([
    ['400/001/DINSOS/XI/2026', 'Salah alamat'],
    ['400/002/DINSOS/XI/2026', null],
  ]);
  expect(book.mayKeep).toBe(true);
});

test('the book is exported as text, its export is logged, and it is closed to other offices', async () => {
  const opd = cast.opds.dinsos.id;
  const csv = await (await admin.call(getNumberBookCsv, { params: { opd }, query: { year: 2026 } })).text();
  expect(csv).toContain('Nomor,Tanggal surat,Seri');
  expect(csv).toContain('400/001/DINSOS/XI/2026,2026-11-23,undangan,400,Undangan rapat');
  const logged = await world.sql`select from people.access where what = 'nomor_surat.csv' and by_id = ${cast.adminDinsos.id}`;
  expect(logged).toHaveLength(1);
  const head = await signIn(world, cast.kepalaDinkes);
  expect((await refusalIn(head.call(getNumberBook, { params: { opd } }))).code).toBe('not_found');
  expect((await refusalIn(head.call(getNumberBookCsv, { params: { opd } }))).code).toBe('not_found');
  const staff = await signIn(world, cast.staf);
  expect((await refusalIn(staff.call(getNumberBook, { params: { opd } }))).code).toBe('role.missing');
  expect((await refusalIn(admin.call(getNumberBook, { params: { opd: randomUUID() } }))).code).toBe('not_found');
});

test('numbers go on from those given on paper, until the portal has given one', async () => {
  const opd = cast.opds.dinsos.id;
  const body = { series: 'undangan' as const, classification: '900', year: 2026, first: 58 };
  await admin.call(putFirstNumber, { params: { opd }, body });
  const taken = await world.app.sql.begin(async (tx) => take(tx, { ...dinsos(), classification: '900' }));
  expect(taken.number).toBe('900/058/DINSOS/XI/2026');
  await admin.call(putFirstNumber, { params: { opd }, body });
  const no = await refusalIn(admin.call(putFirstNumber, { params: { opd }, body: { ...body, first: 90 } }));
  expect(no).toMatchObject({ code: 'letter.numbers_given', values: { last: 58 }, fields: [{ path: 'first' }] });
  const head = await signIn(world, cast.kepala);
  expect((await refusalIn(head.call(putFirstNumber, { params: { opd }, body }))).code).toBe('role.missing');
});

test('an OPD writes its numbers its own way; one that could give two letters the same number is refused with what is wrong', async () => {
  const opd = cast.opds.dinsos.id;
  const blank = { address: null, contact: null, place: null };
  const saved = await admin.call(putLetterhead, {
    params: { opd },
    body: { ...blank, address: 'Jalan Uji 1', template: '{nomor}/{klasifikasi}/{OPD}-{bulan}/{tahun}' },
  });
  expect(saved.example).toBe('003/005/DINSOS-11/2026');
  expect((await world.app.sql.begin(async (tx) => take(tx, dinsos()))).number).toBe('003/005/DINSOS-11/2026');
  for (const [template, problem] of [
    ['{nomor}/{OPD}/{tahun}', '{klasifikasi} harus ada satu kali'],
    ['{klasifikasi}{nomor}/{tahun}', 'beri tanda pemisah (misalnya /) di antara bagian'],
    ['{klasifikasi}/{nomor}/{kota}/{tahun}', '{kota} tidak dikenal'],
  ]) {
    const no = await refusalIn(admin.call(putLetterhead, { params: { opd }, body: { ...blank, template: template! } }));
    expect(no.fields).toEqual([{ path: 'template', message: problem }]);
  }
  await admin.call(putLetterhead, { params: { opd }, body: { ...blank, template: null } });
  const other = await signIn(world, cast.kepalaDinkes);
  expect((await refusalIn(other.call(getLetterhead, { params: { opd } }))).code).toBe('not_found');
});

test('a coat of arms is a PNG of a sensible size, and can be taken away', async () => {
  const params = { opd: cast.opds.dinsos.id };
  const png = (width: number, height: number) => {
    const bytes = Buffer.alloc(40);
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
    bytes.write('IHDR', 12, 'latin1');
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes;
  };
  expect((await admin.call(putLetterLogo, { params, body: png(300, 360) })).logo).toBe(true);
  expect((await admin.call(getLetterLogo, { params })).size).toBe(40);
  for (const bad of [png(20, 300), png(5000, 300), Buffer.from('%PDF-1.7 bukan gambar sama sekali, sungguh')])
    expect((await refusalIn(admin.call(putLetterLogo, { params, body: bad }))).code).toBe('letter.logo');
  expect((await admin.call(deleteLetterLogo, { params })).logo).toBe(false);
  expect((await refusalIn(admin.call(getLetterLogo, { params }))).code).toBe('not_found');
});

test('the list of codes: added, named anew, taken in as CSV; one that was used is kept and not offered; who did what stands under it', async () => {
  const codes = async () => (await admin.call(getClassifications, {})).map(({ code }) => code);
  const staff = await signIn(world, cast.staf);
  expect((await refusalIn(staff.call(putClassification, { params: { code: '000.1.5' }, body: { name: 'Rapat' } }))).code).toBe('role.missing');
  await admin.call(putClassification, { params: { code: '000.1.5' }, body: { name: 'Rapat' } });
  await admin.call(putClassification, { params: { code: '000.1.5' }, body: { name: 'Rapat dinas' } });
  await admin.call(putClassification, { params: { code: '000.1.5' }, body: { name: 'Rapat dinas' } });
  const administrator = await signIn(world, cast.administrator);
  const csv = 'kode;nama\n000.1.5;Rapat\n000.1.6;"Kunjungan; kerja"\n';
  expect(await administrator.call(postClassificationImport, { body: { text: csv } })).toMatchObject({ added: 1, changed: 1 });
  const wrong = await refusalIn(administrator.call(postClassificationImport, { body: { text: '000.1.7,Benar\nabc,Salah' } }));
  expect([wrong.code, wrong.fields?.[0]]).toEqual(['input.invalid', { path: 'text', message: 'baris 2: kode ditulis seperti 005 atau 000.1.5' }]);
  expect(await codes()).not.toContain('000.1.7');
  // Never used: gone. Used: kept, and not offered until somebody adds it again.
  await admin.call(deleteClassification, { params: { code: '000.1.6' } });
  await world.app.sql.begin(async (tx) => take(tx, { classification: '000.1.5' }));
  const book = await admin.call(deleteClassification, { params: { code: '000.1.5' } });
  expect(book.codes.find(({ code }) => code === '000.1.5')).toMatchObject({ name: 'Rapat', retired: true, used: 1 });
  expect(book.codes.some(({ code }) => code === '000.1.6')).toBe(false);
  expect(await codes()).not.toContain('000.1.5');
  await admin.call(putClassification, { params: { code: '000.1.5' }, body: { name: 'Rapat' } });
  const { changes } = await admin.call(getClassificationBook, {});
  expect(changes.filter(({ code }) => code === '000.1.5').map(({ act, name, before, byName }) => [act, name, before, byName])).toEqual([
    ['dipakai_lagi', 'Rapat', 'Rapat', cast.adminDinsos.name],
    ['dihapus', 'Rapat', 'Rapat', cast.adminDinsos.name],
    ['diubah', 'Rapat', 'Rapat dinas', cast.administrator.name],
    ['diubah', 'Rapat dinas', 'Rapat', cast.adminDinsos.name],
    ['ditambah', 'Rapat', null, cast.adminDinsos.name],
  ]);
});
