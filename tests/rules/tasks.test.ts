import { expect, test } from 'vitest';
import { agendaText, byUrgency, daysLeft, mayCancel, mayFinish, moves, reminderDue } from '../../server/tasks/task.ts';
import type { ReminderKind, TaskState } from '../../shared/tasks.ts';
import { refusalOf } from '../support/refusal.ts';

const due = '2026-11-30';
const reminded = (day: string, time = '07:30', before: ReminderKind[] = [], madeOn = '2026-11-01') =>
  reminderDue({ dueOn: due, madeOn, reminded: before }, { day, time })?.kind ?? null;

test('somebody is reminded three days before, the day before, on the day, and once when it is late', () => {
  const days = ['2026-11-26', '2026-11-27', '2026-11-29', '2026-11-30', '2026-12-01'];
  expect(days.map((day) => reminded(day))).toEqual([null, 'h3', 'h1', 'hari_ini', 'lewat']);
  expect(reminderDue({ dueOn: due, madeOn: '2026-11-01', reminded: [] }, { day: '2026-12-04', time: '09:00' })).toEqual({ kind: 'lewat', daysLeft: -4 });
});

test('not before 07.30 of the office', () => {
  expect(reminded('2026-11-27', '07:29')).toBeNull();
  expect(reminded('2026-11-27', '07:30')).toBe('h3');
  expect(reminded('2026-11-27', '23:59')).toBe('h3');
});

test('each reminder is given once', () => {
  expect(reminded('2026-11-27', '08:00', ['h3'])).toBeNull();
  expect(reminded('2026-11-28', '08:00', ['h3'])).toBeNull();
  expect(reminded('2026-11-29', '08:00', ['h3'])).toBe('h1');
  expect(reminded('2026-12-05', '08:00', ['lewat'])).toBeNull();
});

test('a day the portal slept through is made up for, but not by two reminders at once', () => {
  expect(reminded('2026-11-28', '08:00')).toBe('h3');
  expect(reminded('2026-11-30', '08:00', ['h3'])).toBe('hari_ini');
  expect(reminded('2026-12-03', '08:00', [])).toBe('lewat');
});

test('a task made the day before it is due is not reminded of at once, but on its day', () => {
  expect(reminded('2026-11-29', '10:00', [], '2026-11-29')).toBeNull();
  expect(reminded('2026-11-30', '07:30', [], '2026-11-29')).toBe('hari_ini');
  expect(reminded('2026-11-30', '10:00', [], '2026-11-30')).toBeNull();
  expect(reminded('2026-12-01', '07:30', [], '2026-11-30')).toBe('lewat');
});

test('late is counted in days of the office, of open tasks only', () => {
  const left = (state: TaskState, dueOn: string | null, today: string) => daysLeft({ state, dueOn }, today);
  expect(left('terbuka', due, '2026-11-27')).toBe(3);
  expect(left('terbuka', due, '2026-11-30')).toBe(0);
  expect(left('terbuka', due, '2026-12-01')).toBe(-1);
  expect(left('terbuka', null, '2026-12-01')).toBeNull();
  expect(left('selesai', due, '2026-12-01')).toBeNull();
});

test('who answers for it and the chair finish it; the chair alone calls it off', () => {
  const task = { state: 'terbuka' as const, dueOn: due, chairId: 'ketua', answersId: 'kabid' };
  expect(['ketua', 'kabid', 'staf'].map((who) => mayFinish(task, who))).toEqual([true, true, false]);
  expect(['ketua', 'kabid', 'staf'].map((who) => mayCancel(task, who))).toEqual([true, false, false]);
  expect(mayFinish({ ...task, answersId: null }, 'kabid')).toBe(false);
});

test('ending it twice in the same way is ending it once; in another way is refused', () => {
  const task = (state: TaskState) => ({ state, dueOn: due, chairId: 'ketua', answersId: null });
  expect(moves(task('terbuka'), 'selesai')).toBe(true);
  expect(moves(task('selesai'), 'selesai')).toBe(false);
  expect(refusalOf(() => moves(task('dibatalkan'), 'selesai'))).toBe('task.over');
  expect(refusalOf(() => moves(task('selesai'), 'dibatalkan'))).toBe('task.over');
});

test('open tasks stand first by their day, those without a day after them, then what ended last', () => {
  const at = (day: string) => new Date(`${day}T01:00:00Z`);
  const task = (name: string, dueOn: string | null, overAt: Date | null = null) => ({ name, dueOn, overAt, madeAt: at('2026-11-01'), decisionNo: 1 });
  const sorted = [
    task('selesai kemarin', due, at('2026-11-20')),
    task('tanpa tenggat', null),
    task('selesai baru', due, at('2026-11-22')),
    task('desember', '2026-12-24'),
    task('november', due),
  ].toSorted(byUrgency);
  expect(sorted.map((t) => t.name)).toEqual(['november', 'desember', 'tanpa tenggat', 'selesai baru', 'selesai kemarin']);
});

test('a task on the agenda names post and day; long words are shortened, the post and the day are not', () => {
  expect(agendaText({ text: 'Salurkan\nberas.', title: 'Kepala Bidang A', dueOn: due })).toBe(
    'Tindak lanjut: Salurkan beras. (Kepala Bidang A, tenggat 30 November 2026)',
  );
  const long = agendaText({ text: 'kata '.repeat(200), title: 'Kepala Bidang A', dueOn: null });
  expect(Array.from(long)).toHaveLength(300);
  expect(long).toMatch(/… \(Kepala Bidang A\)$/);
});
