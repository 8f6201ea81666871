import { expect, test } from 'vitest';
import { excusedByOutage, markOf, partOn, type Attended } from '../../server/attendance/day.ts';
import { boundsOf, clockText, dateText, dayIn } from '../../server/platform/local-time.ts';

const z = (text: string): Date => new Date(text);
const meeting = (from: string, to: string | null): Attended => ({
  meetingId: 'm',
  title: 'Rapat',
  intervals: [{ from: z(from), to: to === null ? null : z(to), confidence: 'pasti', sources: ['webhook'] }],
});
const monday = { date: '2026-11-23', zone: 'Asia/Jakarta' as const, now: z('2026-11-23T05:00:00Z') };

test('a WFH day is marked by the meeting that was joined, with the minutes as evidence', () => {
  expect(markOf('WFH', [meeting('2026-11-23T02:00:00Z', '2026-11-23T02:45:00Z')], monday)).toEqual({
    mark: 'hadir_wfh',
    evidence: [{ meetingId: 'm', title: 'Rapat', from: '2026-11-23T02:00:00.000Z', to: '2026-11-23T02:45:00.000Z', minutes: 45 }],
  });
});

test('a WFH day without a meeting has no evidence yet, and is not an absence', () => {
  expect(markOf('WFH', [], monday)).toEqual({ mark: 'belum_ada_bukti', evidence: [] });
  expect(markOf('WFH', [meeting('2026-11-22T02:00:00Z', '2026-11-22T03:00:00Z')], monday).mark).toBe('belum_ada_bukti');
});

test('a quarter of an hour of outage in the working day explains a day without evidence, at night it does not', () => {
  const away = (from: string, to: string) => excusedByOutage({ ...monday, outages: [{ from: z(from).getTime(), to: z(to).getTime() }] });
  expect(away('2026-11-23T03:00:00Z', '2026-11-23T03:15:00Z')).toBe(true);
  expect(away('2026-11-23T03:00:00Z', '2026-11-23T03:14:59Z')).toBe(false);
  expect(away('2026-11-22T22:45:00Z', '2026-11-22T23:14:00Z')).toBe(false); // 05.45–06.14
  expect(away('2026-11-23T12:00:00Z', '2026-11-23T15:00:00Z')).toBe(false);
});

test('hours of the office decide which outage counts; on a holiday told of later nobody is expected', () => {
  const outages = [{ from: z('2026-11-23T09:00:00Z').getTime(), to: z('2026-11-23T09:30:00Z').getTime() }]; // 16.00–16.30
  const work = { expected: true, hours: { from: z('2026-11-23T01:00:00Z').getTime(), to: z('2026-11-23T08:00:00Z').getTime() } };
  expect(excusedByOutage({ ...monday, outages })).toBe(true);
  expect(excusedByOutage({ ...monday, outages, work })).toBe(false);
  const off = { expected: false, hours: null };
  expect(markOf('WFH', [], { ...monday, work: off }).mark).toBe('tidak_dinilai');
  expect(markOf('WFH', [meeting('2026-11-23T02:00:00Z', '2026-11-23T02:45:00Z')], { ...monday, work: off }).mark).toBe('hadir_wfh');
});

test('an accepted correction of the day marks it', () => {
  expect(markOf('WFH', [], { ...monday, accepted: true }).mark).toBe('hadir_wfh');
  expect(markOf('WFO', [], { ...monday, accepted: true }).mark).toBe('tidak_dinilai');
});

test('other codes are not judged by meetings', () => {
  for (const code of ['WFO', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR', null] as const)
    expect(markOf(code, [meeting('2026-11-23T02:00:00Z', null)], monday)).toEqual({ mark: 'tidak_dinilai', evidence: [] });
});

test('the mark comes while the person is still inside', () => {
  expect(markOf('WFH', [meeting('2026-11-23T04:30:00Z', null)], monday)).toMatchObject({ mark: 'hadir_wfh', evidence: [{ to: null, minutes: 30 }] });
});

test('a meeting over midnight of the new year is split at the midnight of each office', () => {
  const night = meeting('2026-12-31T14:30:00Z', '2026-12-31T17:30:00Z').intervals[0]!;
  const minutes = (date: string, zone: 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura') =>
    partOn(night, date, zone, z('2027-01-02T00:00:00Z')).reduce((sum, p) => sum + ((p.to?.getTime() ?? 0) - p.from.getTime()) / 60_000, 0);
  expect([minutes('2026-12-31', 'Asia/Jakarta'), minutes('2027-01-01', 'Asia/Jakarta')]).toEqual([150, 30]);
  expect([minutes('2026-12-31', 'Asia/Makassar'), minutes('2027-01-01', 'Asia/Makassar')]).toEqual([90, 90]);
  expect([minutes('2026-12-31', 'Asia/Jayapura'), minutes('2027-01-01', 'Asia/Jayapura')]).toEqual([30, 150]);
});

test('ending at midnight is of the day before only', () => {
  const until = meeting('2026-11-23T15:00:00Z', '2026-11-23T17:00:00Z');
  expect(markOf('WFH', [until], { ...monday, date: '2026-11-24', now: z('2026-11-24T05:00:00Z') }).mark).toBe('belum_ada_bukti');
  expect(markOf('WFH', [until], monday).evidence[0]?.minutes).toBe(120);
});

test('who is still inside at midnight has both days', () => {
  const open = meeting('2026-11-23T16:00:00Z', null);
  const now = z('2026-11-23T17:20:00Z');
  expect(markOf('WFH', [open], { ...monday, now }).evidence).toMatchObject([{ to: '2026-11-23T17:00:00.000Z', minutes: 60 }]);
  expect(markOf('WFH', [open], { ...monday, date: '2026-11-24', now }).evidence).toMatchObject([{ to: null, minutes: 20 }]);
});

test('times are said as the office says them', () => {
  expect(clockText(z('2026-11-23T02:30:00Z'), 'Asia/Jakarta')).toBe('09.30 WIB');
  expect(clockText(z('2026-11-23T02:30:00Z'), 'Asia/Jayapura')).toBe('11.30 WIT');
  expect(dateText(z('2026-11-22T17:00:00Z'), 'Asia/Jakarta')).toBe('Senin, 23 November 2026');
  expect(dayIn(z('2026-11-22T16:00:00Z'), 'Asia/Makassar')).toBe('2026-11-23');
  expect(boundsOf('2026-11-23', 'Asia/Makassar')).toEqual({ from: z('2026-11-22T16:00:00Z'), to: z('2026-11-23T16:00:00Z') });
});
