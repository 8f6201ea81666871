import { expect, test } from 'vitest';
import { daysOf, periodOf, type Known, type Visit } from '../../server/attendance/reading.ts';
import { figuresOf } from '../../server/attendance/recap-figures.ts';

const at = (text: string): number => Date.parse(`${text}+07:00`);
const visit = (from: string, to: string, more: Partial<Visit> = {}): Visit => ({
  meetingId: 'rapat',
  from: at(from),
  to: at(to),
  confidence: 'pasti',
  late: false,
  open: false,
  ...more,
});
const known = (more: Partial<Known> = {}): Known => ({
  personId: 'sari',
  codes: new Map([0, 1, 2].map((n) => [n, { code: 'WFH' as const, basis: 'SE 1' }])),
  visits: [],
  corrections: [],
  openDates: new Set(),
  invited: [],
  ...more,
});
const period = periodOf('Asia/Jakarta', '2026-12-30', '2027-01-01');
const read = (more: Partial<Known> = {}, of = period) => daysOf(known(more), of);

test('minutes split at the midnight of the office, over a new year too; the meeting over midnight is one meeting', () => {
  const visits = [visit('2026-12-31T23:20:00', '2027-01-01T00:30:00', { late: true })];
  const days = read({ visits });
  expect(days.map((d) => [d.date, d.mark, d.minutes, d.meetings, d.late])).toEqual([
    ['2026-12-30', 'belum_ada_bukti', 0, 0, 0],
    ['2026-12-31', 'hadir_wfh', 40, 1, 1],
    ['2027-01-01', 'hadir_wfh', 30, 1, 0],
  ]);
  expect(
    figuresOf(
      days.map((d) => ({ ...d, confirmed: null, valid: false })),
      visits,
      '2027-01-02',
    ),
  ).toMatchObject({ meetings: 1, minutes: 70, hadirWfh: 2, toConfirm: 3 });
});

test('a visit that ends at midnight belongs to one day; one without length still proves its day', () => {
  expect(read({ visits: [visit('2026-12-30T23:00:00', '2026-12-31T00:00:00')] }).map((d) => d.minutes)).toEqual([60, 0, 0]);
  expect(read({ visits: [visit('2026-12-31T00:00:00', '2026-12-31T00:00:00')] }).map((d) => d.mark)).toEqual([
    'belum_ada_bukti',
    'hadir_wfh',
    'belum_ada_bukti',
  ]);
});

test('two meetings at the same time count their minutes once', () => {
  const visits = [visit('2026-12-30T09:00:00', '2026-12-30T10:00:00'), visit('2026-12-30T09:30:00', '2026-12-30T10:15:00', { meetingId: 'lain' })];
  expect(read({ visits })[0]).toMatchObject({ minutes: 75, meetings: 2 });
});

test('the day is as sure as its least sure visit', () => {
  const visits = [visit('2026-12-30T09:00:00', '2026-12-30T10:00:00'), visit('2026-12-30T11:00:00', '2026-12-30T12:00:00', { confidence: 'perkiraan' })];
  expect(read({ visits })[0]?.confidence).toBe('perkiraan');
  expect(read({ visits: [...visits, visit('2026-12-30T13:00:00', '2026-12-30T14:00:00', { confidence: 'manual' })] })[0]?.confidence).toBe('manual');
});

test('where the portal was away the missing evidence is the system’s, by the rule of the day board', () => {
  const away = periodOf('Asia/Jakarta', '2026-12-30', '2027-01-01', [{ from: at('2026-12-30T09:00:00'), to: at('2026-12-30T09:20:00') }]);
  expect(read({}, away).map((d) => [d.mark, d.outage])).toEqual([
    ['gangguan_sistem', true],
    ['belum_ada_bukti', false],
    ['belum_ada_bukti', false],
  ]);
  const short = periodOf('Asia/Jakarta', '2026-12-30', '2026-12-30', [{ from: at('2026-12-30T09:00:00'), to: at('2026-12-30T09:02:00') }]);
  expect(read({}, short)[0]?.mark).toBe('belum_ada_bukti');
  expect(read({ invited: [{ from: at('2026-12-30T08:30:00'), to: at('2026-12-30T09:30:00') }] }, short)[0]?.mark).toBe('gangguan_sistem');
});

test('the fingerprint changes with code, mark and corrections, and with nothing else', () => {
  const print = (more: Partial<Known> = {}): string => read(more)[0]!.fingerprint;
  const seen = [visit('2026-12-30T09:00:00', '2026-12-30T10:00:00')];
  expect(print({ visits: seen })).toBe(print({ visits: [visit('2026-12-30T09:00:00', '2026-12-30T11:00:00', { late: true })] }));
  expect(print({ visits: seen })).not.toBe(print());
  expect(print({ codes: new Map([[0, { code: 'WFO', basis: 'SE 1' }]]) })).not.toBe(print());
  const marked = { id: 'k1', date: '2026-12-30', meetingId: null, mark: 'hadir_wfh' as const };
  expect(read({ corrections: [marked] })[0]).toMatchObject({ mark: 'hadir_wfh', corrected: true, confidence: 'manual' });
  expect(print({ corrections: [marked] })).not.toBe(print({ visits: seen }));
  expect(print({ corrections: [marked] })).not.toBe(print({ corrections: [{ ...marked, id: 'k2' }] }));
});

test('a day without a code, a visit or an objection is not a row; an objection makes it one', () => {
  expect(read({ codes: new Map() })).toEqual([]);
  expect(read({ codes: new Map(), openDates: new Set(['2026-12-31']) })).toMatchObject([
    { date: '2026-12-31', code: null, mark: 'tidak_dinilai', objected: true },
  ]);
});
