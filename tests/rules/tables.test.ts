import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { csvTexts, streamed, xlsxBytes, type Table } from '../../server/platform/tables.ts';
import { zip } from '../../server/platform/zip.ts';

const at = new Date('2026-11-24T01:00:00Z');
const NIP = '198001032005011703';
const table = (rows: Table['rows']): Table => ({
  name: 'Rekap: uji/1',
  over: [['DINAS SOSIAL'], ['Keperluan', 'Uji']],
  columns: [
    { title: 'Nama', width: 30 },
    { title: 'NIP', width: 22 },
    { title: 'Menit', width: 8 },
  ],
  rows,
  at,
});
const bytes = async (chunks: AsyncIterable<Buffer | string>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
};

test('a workbook written as it comes is read back as it was: text stays text, zeros in front stay', async () => {
  const rows = [
    ['Sari & <Dewi>', NIP, 20],
    ['=HYPERLINK("x")', '0012', null],
    ['\u0007Bel\ud800', 'b', 0],
  ];
  const read = await readSheet(await bytes(xlsxBytes(table(rows))));
  expect(read.slice(-4)).toEqual([
    ['Nama', 'NIP', 'Menit'],
    ['Sari & <Dewi>', NIP, 20],
    [`'=HYPERLINK("x")`, '0012', null],
    ['Bel', 'b', 0],
  ]);
});

test('no cell of a CSV can become a formula or a rounded number', async () => {
  const csv = (
    await bytes(
      csvTexts(
        table([
          ['=1+1', NIP, 1],
          ['+62', '0012', 2],
          ['Ani, "Budi"', '@x', 3],
        ]),
      ),
    )
  ).toString();
  expect(csv).toBe(`\ufeffNama,NIP,Menit\r\n'=1+1,'${NIP},1\r\n'+62,0012,2\r\n"Ani, ""Budi""",'@x,3\r\n`);
});

test('the same rows are the same bytes', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => [`Pegawai ${n}`, String(n).padStart(18, '0'), n]);
  expect((await bytes(xlsxBytes(table(rows)))).equals(await bytes(xlsxBytes(table(rows))))).toBe(true);
});

test('who stops reading ends the work behind it', async () => {
  let given = 0;
  let ended = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) yield String((given += 1)).repeat(1000);
    } finally {
      ended = true;
    }
  }
  const stream = await streamed(zip([{ name: 'a', chunks: endless() }], at));
  for await (const _ of stream) if (given > 100) break;
  await expect.poll(() => ended, { timeout: 10_000 }).toBe(true);
});

test('what goes wrong before the first piece is an error, not half a file', async () => {
  async function* failing(): AsyncGenerator<string> {
    yield* [];
    throw new Error('basis data tidak menjawab');
  }
  await expect(streamed(failing())).rejects.toThrow('basis data tidak menjawab');
  await expect(bytes(zip([{ name: 'a', chunks: failing() }], at))).rejects.toThrow('basis data tidak menjawab');
});
