import { expect, test } from 'vitest';
import { rowsOf, type FileRow } from '../../server/attendance/machine-file.ts';
import { casesOf, isOfNight, keptHours, pinOf, placesOf, punchIn, recognised, type MachineDay } from '../../server/attendance/machine-rules.ts';
import { xlsxBytes } from '../../server/platform/tables.ts';
import type { Zone } from '../../shared/people.ts';

const now = new Date('2026-11-24T00:00:00Z');
const all = async (bytes: Uint8Array): Promise<FileRow[]> => {
  const rows: FileRow[] = [];
  for await (const row of rowsOf(bytes)) rows.push(row);
  return rows;
};
const text = (content: string): Uint8Array => Buffer.from(content);
async function read(bytes: Uint8Array, zone: Zone = 'Asia/Jakarta') {
  const rows = await all(bytes);
  const format = recognised(rows);
  const places = format && placesOf(format, rows);
  if (!format || !places || 'missing' in places) return { format, punches: [], not: [] };
  const found = rows.slice(places.start).map((row) => punchIn(row, { places, order: format.order, zone, now }));
  return {
    format,
    punches: found.flatMap((one) => ('pin' in one ? [`${one.line} ${one.pin} ${one.at.toISOString()} ${one.device}`] : [])),
    not: found.flatMap((one) => ('why' in one ? [`${one.line} ${one.why}`] : [])),
  };
}

test('the log as the machines keep it is read without a header: number, time, machine', async () => {
  const { format, punches } = await read(text('    12\t2026-11-23 07:31:05\t1\t0\t1\t0\r\n   007\t2026-11-23 16:02:10\t1\t1\t1\t0\r\n'));
  expect(format).toEqual({ header: false, pin: '1', at: '2', clock: null, device: '3', order: 'dmy' });
  expect(punches).toEqual(['1 12 2026-11-23T00:31:05.000Z 1', '2 7 2026-11-23T09:02:10.000Z 1']);
});

test('a report with a title over its header, date and time apart, semicolons: each line is named by its number', async () => {
  const csv =
    '\ufeffLaporan Presensi;;;\nNo. ID;Tanggal;Jam;Mesin\n12;23/11/2026;07.31;Lobi\n12;31/11/2026;07.31;Lobi\n;23/11/2026;07.31;Lobi\n12;23/11/2026;25.00;Lobi\n12;25/11/2026;07.31;Lobi\n';
  const { format, punches, not } = await read(text(csv));
  expect(format).toEqual({ header: true, pin: 'No. ID', at: 'Tanggal', clock: 'Jam', device: 'Mesin', order: 'dmy' });
  expect(punches).toEqual(['3 12 2026-11-23T00:31:00.000Z Lobi']);
  expect(not).toEqual(['4 tanggal tidak dikenal', '5 kolom NIP/PIN kosong', '6 jam tidak dikenal', '7 waktunya belum terjadi']);
});

test('months before days, with AM and PM, where the file shows that it is so', async () => {
  const { format, punches } = await read(text('AC-No.,Date/Time\n5,11/23/2026 5:02 PM\n5,11/05/2026 7:15 AM\n'));
  expect(format?.order).toBe('mdy');
  expect(punches).toEqual(['2 5 2026-11-23T10:02:00.000Z ', '3 5 2026-11-05T00:15:00.000Z ']);
});

test('the same local hour is another instant in each of the three zones', async () => {
  const at = async (zone: Zone) => (await read(text('nip,waktu\n198001032005011703,2026-11-23 07:30\n'), zone)).punches[0]?.split(' ')[2];
  expect([await at('Asia/Jakarta'), await at('Asia/Makassar'), await at('Asia/Jayapura')]).toEqual([
    '2026-11-23T00:30:00.000Z',
    '2026-11-22T23:30:00.000Z',
    '2026-11-22T22:30:00.000Z',
  ]);
});

test('a workbook is read as a text is; a day of it is a number, and a NIP that lost digits is not guessed', async () => {
  const columns = ['NIP', 'Waktu'].map((title) => ({ title, width: 20 }));
  const rows = [
    ['198001032005011703', '2026-11-23 07:30:00'],
    ['44', 46_349.3125],
    ['1.98001E+17', '2026-11-23 07:30:00'],
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of xlsxBytes({ name: 'Log', over: [['Log']], columns, rows, at: now })) chunks.push(chunk);
  const { punches, not } = await read(Buffer.concat(chunks));
  expect(punches).toEqual(['4 198001032005011703 2026-11-23T00:30:00.000Z ', '5 44 2026-11-23T00:30:00.000Z ']);
  expect(not).toEqual(['6 NIP terpotong oleh lembar kerja; simpan kolom itu sebagai teks']);
});

test('what is no log is refused with the way out; a log in UTF-16 is read', async () => {
  for (const bytes of [text('<html>'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), text('%PDF-1.7'), Buffer.from('PK\u0003\u0004 broken', 'latin1'), text('a\0b')])
    await expect(all(bytes)).rejects.toMatchObject({ code: 'machine.file' });
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('nip,waktu\n12,2026-11-23 07:30\n', 'utf16le')]);
  expect((await read(wide)).punches).toHaveLength(1);
});

test('a file of more than 100,000 lines is refused', async () => {
  let refused: unknown;
  try {
    for await (const _ of rowsOf(text('1,2\n'.repeat(100_030))));
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({ code: 'machine.file' });
});

test('zeros before the number of the machine mean nothing', () => {
  expect(['000123', '123', '0', '007A'].map(pinOf)).toEqual(['123', '123', '0', '007A']);
});

const hour = (h: number): number => Date.parse('2026-11-23T00:00:00Z') + h * 3_600_000;
const day = (more: Partial<MachineDay>): MachineDay => ({
  code: 'WFO',
  kind: 'kerja',
  hours: { from: hour(0.5), to: hour(9) },
  must: true,
  punches: [hour(0.4), hour(9.1)],
  covered: true,
  over: true,
  ...more,
});

test('what does not fit is listed for a human, each by its kind', () => {
  expect(casesOf(day({}))).toEqual([]);
  expect(casesOf(day({ code: 'WFH', must: false }))).toEqual(['wfh_merekam']);
  expect(casesOf(day({ code: 'CUTI', must: false }))).toEqual(['rekam_saat_cuti']);
  expect(casesOf(day({ punches: [] }))).toEqual(['tanpa_rekam']);
  expect(casesOf(day({ code: 'PIKET', punches: [], kind: 'libur', hours: null }))).toEqual(['tanpa_rekam']);
  expect(casesOf(day({ punches: [hour(-2)] }))).toEqual(['di_luar_jam']);
});

test('silence of the log says nothing before the day is over, where there is no log, and on days nobody is expected', () => {
  for (const more of [{ over: false }, { covered: false }, { kind: 'cuti_bersama', hours: null }, { must: false }] as const)
    expect(casesOf(day({ punches: [], ...more }))).toEqual([]);
});

test('late and early are minutes against the hours of the office; one touch says one of the two', () => {
  expect(keptHours(day({ punches: [hour(1), hour(8.5)] }))).toEqual({ late: 30, early: 30 });
  expect(keptHours(day({ punches: [hour(1)] }))).toEqual({ late: 30, early: 0 });
  expect(keptHours(day({ punches: [hour(9.2)] }))).toEqual({ late: 0, early: 0 });
  expect(keptHours(day({ punches: [hour(1), hour(8.5)], over: false }))).toEqual({ late: 30, early: 0 });
  for (const more of [{ must: false }, { hours: null }] as const) expect(keptHours(day({ punches: [hour(3)], ...more }))).toEqual({ late: 0, early: 0 });
});

test('on duty the hours of the shift count: 07.30 is early for a shift from 08.00, and 21.00 outside the hours of one until 14.00', () => {
  const morning = { code: 'PIKET', hours: { from: hour(1), to: hour(7) } } as const; // 08.00–14.00 WIB
  expect(keptHours(day({ ...morning, punches: [hour(0.5), hour(7.1)] }))).toEqual({ late: 0, early: 0 });
  expect(keptHours(day({ ...morning, punches: [hour(1.5), hour(6.5)] }))).toEqual({ late: 30, early: 30 });
  expect(casesOf(day({ ...morning, punches: [hour(1), hour(14)] }))).toEqual(['di_luar_jam']);
  expect(casesOf(day({ ...morning, punches: [hour(1), hour(7)] }))).toEqual([]);
  const night = { code: 'PIKET', hours: { from: hour(14), to: hour(24) } } as const; // 21.00–07.00
  expect(keptHours(day({ ...night, punches: [hour(14.25), hour(23.5)] }))).toEqual({ late: 15, early: 30 });
  expect(casesOf(day({ ...night, punches: [hour(14), hour(24.2)] }))).toEqual([]);
});

test('on duty on a day off without a shift nothing is late and no hour is strange', () => {
  const free = day({ code: 'PIKET', kind: 'libur', hours: null, punches: [hour(3)] });
  expect(keptHours(free)).toEqual({ late: 0, early: 0 });
  expect(casesOf(free)).toEqual([]);
});

test('touches after midnight belong to the night shift until two hours after its end, unless the next shift is nearer', () => {
  const night = { from: hour(14), to: hour(24) };
  expect(isOfNight(hour(24.1), night, null)).toBe(true);
  expect(isOfNight(hour(26), night, null)).toBe(true);
  expect(isOfNight(hour(26.1), night, null)).toBe(false);
  const next = { from: hour(26), to: hour(33) };
  expect(isOfNight(hour(24.9), night, next)).toBe(true);
  expect(isOfNight(hour(25.1), night, next)).toBe(false);
  expect(isOfNight(hour(18), null, null)).toBe(false);
});
