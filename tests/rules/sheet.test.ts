import { expect, test } from 'vitest';
import type { Interval } from '../../server/attendance/intervals.ts';
import { countsOf, rowsOf, type Meeting } from '../../server/attendance/sheet.ts';

const at = (minutes: number): Date => new Date(Date.parse('2026-11-23T02:00:00Z') + minutes * 60_000);
const inside = (from: number, to: number | null, confidence: Interval['confidence'] = 'pasti'): Interval => ({
  from: at(from),
  to: to === null ? null : at(to),
  confidence,
  sources: ['webhook'],
});

const invite = (member: string, name: string, more: Partial<Meeting['invitations'][number]> = {}): Meeting['invitations'][number] => ({
  id: member,
  meetingId: 'm',
  member,
  personId: member.slice(2),
  name,
  nip: '198501012010011001',
  position: 'Staf',
  rank: 5,
  opdId: 'o',
  opdName: 'Dinas Sosial',
  badge: null,
  institution: null,
  via: 'nama',
  linkVersion: 1,
  linkBrowser: null,
  linkRevokedAt: null,
  linkOffAt: null,
  email: null,
  invitedAt: at(-60),
  linkUsed: false,
  ...more,
});
const meeting: Meeting = {
  startsAt: at(0),
  startedAt: at(5),
  endedAt: at(60),
  invitations: [
    invite('g_tamu', 'Anisa', { badge: 'Tamu', institution: 'Yayasan Peduli', opdName: null, nip: null, rank: 9 }),
    invite('p_staf', 'Zainal'),
    invite('p_kadis', 'Ratna', { rank: 0, position: 'Kepala Dinas Sosial' }),
    invite('p_dinkes', 'Bayu', { opdName: 'Dinas Kesehatan', linkUsed: true }),
  ],
};
const rows = (intervals: Record<string, Interval[]>, of: Meeting = meeting) =>
  rowsOf(
    of,
    new Map(Object.entries(intervals)),
    new Map([['p_lain', { name: 'Citra', nip: null, position: 'Kepala Bidang', rank: 2, opdName: 'Dinas Sosial' }]]),
    { now: at(30) },
  );
const row = (name: string, intervals: Record<string, Interval[]>, of: Meeting = meeting) => rows(intervals, of).find((r) => r.name === name);

test('the list goes by rank, OPD and name, and guests come last', () => {
  expect(rows({}).map((r) => [r.no, r.name])).toEqual([
    [1, 'Ratna'],
    [2, 'Bayu'],
    [3, 'Zainal'],
    [4, 'Anisa'],
  ]);
});

test('nobody is called absent: without a witness there is no evidence yet', () => {
  expect(row('Zainal', {})).toMatchObject({
    status: 'belum_ada_bukti',
    firstIn: null,
    lastOut: null,
    minutes: 0,
    mode: null,
    confidence: null,
    insideNow: false,
  });
});

test('fifteen minutes after the actual start is in time, a moment more is late', () => {
  expect(row('Zainal', { p_staf: [inside(20, 60)] })?.status).toBe('hadir');
  expect(row('Zainal', { p_staf: [inside(20.1, 60)] })?.status).toBe('terlambat');
});

test('a meeting opened early is measured from the planned start', () => {
  const early = { ...meeting, startedAt: at(-10) };
  expect(row('Zainal', { p_staf: [inside(14, 60)] }, early)?.status).toBe('hadir');
});

test('minutes are added up before they are rounded; a break is not counted', () => {
  expect(row('Zainal', { p_staf: [inside(5, 10.4), inside(20, 30.4)] })).toMatchObject({
    minutes: 16,
    firstIn: at(5).toISOString(),
    lastOut: at(30.4).toISOString(),
  });
});

test('who is inside counts until now and has no end', () => {
  expect(row('Zainal', { p_staf: [inside(6, null)] })).toMatchObject({ minutes: 24, lastOut: null, insideNow: true });
});

test('one estimated visit marks the row', () => {
  expect(row('Zainal', { p_staf: [inside(5, 10), inside(20, 30, 'perkiraan')] })?.confidence).toBe('perkiraan');
});

test('how somebody came is said in words of the office', () => {
  const all = { p_staf: [inside(5, 60)], p_dinkes: [inside(5, 60)], g_tamu: [inside(5, 60)] };
  expect(['Zainal', 'Bayu', 'Anisa'].map((name) => row(name, all)?.mode)).toEqual(['daring', 'tautan pribadi', 'tautan tamu']);
  expect(row('Anisa', all)?.opdName).toBe('Yayasan Peduli');
});

test('who was inside without an invitation is listed by rank too', () => {
  const list = rows({ p_lain: [inside(5, 60)] });
  expect(list.map((r) => r.name)).toEqual(['Ratna', 'Citra', 'Bayu', 'Zainal', 'Anisa']);
  expect(countsOf(list, meeting.invitations.length)).toEqual({
    invited: 4,
    hadir: 1,
    terlambat: 0,
    diwakili: 0,
    izin: 0,
    menolak: 0,
    belumAdaBukti: 4,
    inside: 0,
  });
});

test('nobody is late for a meeting they were invited to while it ran', () => {
  const called = { ...meeting, invitations: [invite('p_baru', 'Dewi', { invitedAt: at(30) })] };
  expect(row('Dewi', { p_baru: [inside(33, null)] }, called)).toMatchObject({ status: 'hadir', invited: true });
  expect(row('Dewi', { p_baru: [inside(46, null)] }, called)).toMatchObject({ status: 'terlambat' });
});

const away = (from: number, to: number) => ({ from: at(from).getTime(), to: at(to).getTime() });
const during = (intervals: Record<string, Interval[]>, outages: ReturnType<typeof away>[], of: Meeting = meeting) =>
  rowsOf(of, new Map(Object.entries(intervals)), new Map(), { now: at(30), outages }).find((r) => r.name === 'Zainal');

test('the clock of being late stands still while the system was away', () => {
  expect(during({ p_staf: [inside(24, 60)] }, [away(6, 10)])).toMatchObject({ status: 'hadir' });
  expect(during({ p_staf: [inside(24.1, 60)] }, [away(6, 10)])).toMatchObject({ status: 'terlambat' });
  expect(during({ p_staf: [inside(21, 60)] }, [away(30, 40)])).toMatchObject({ status: 'terlambat' });
  expect(during({ p_staf: [inside(21, 60)] }, [away(0, 5)])).toMatchObject({ status: 'terlambat' });
});

test('minutes of outage count once, inside the meeting, and only where the person was not seen', () => {
  expect(during({ p_staf: [inside(5, 20)] }, [away(0, 7), away(18, 25), away(59, 90)])).toMatchObject({ minutes: 15, excused: 6 });
  expect(during({}, [away(0, 7)])).toMatchObject({ excused: 2, status: 'belum_ada_bukti' });
  const called = { ...meeting, endedAt: null, invitations: [invite('p_staf', 'Zainal', { invitedAt: at(10) })] };
  expect(during({}, [away(6, 14)], called)).toMatchObject({ excused: 4 });
});

test('what only a correction says has no way in, and is named so', () => {
  expect(row('Zainal', { p_staf: [inside(5, 20, 'manual')] })).toMatchObject({ status: 'hadir', minutes: 15, mode: null, confidence: 'manual' });
  expect(row('Zainal', { p_staf: [inside(5, 20), inside(20, 30, 'manual')] })).toMatchObject({ mode: 'daring', confidence: 'manual', minutes: 25 });
});
