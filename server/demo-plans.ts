// Plans of the demonstration city: a weekly meeting, and the holidays whose date never varies.
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addDays, dayIn } from './people/days.ts';

export type PlanSetting = { opdId: string; chair: { id: string; name: string }; positions: readonly string[] };

/** Days that vary are in no list of ours: the office enters them from the decree. */
const FIXED = [
  ['01-01', 'Tahun Baru Masehi'],
  ['05-01', 'Hari Buruh Internasional'],
  ['06-01', 'Hari Lahir Pancasila'],
  ['08-17', 'Hari Kemerdekaan Republik Indonesia'],
  ['12-25', 'Kelahiran Yesus Kristus'],
] as const;
const BASIS = 'Contoh: tanggal tetap. Lengkapi menurut SKB tahun ini.';

export async function fillPlans({ sql, clock, planning }: App, { opdId, chair, positions }: PlanSetting): Promise<void> {
  const today = dayIn(ZONE, clock.now());
  for (const year of [Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1])
    await planning.keepHolidays(sql, null, {
      year,
      version: 0,
      holidays: FIXED.map(([day, name]) => ({ day: `${year}-${day}`, name, kind: 'nasional' as const, basis: BASIS })),
    });
  const monday = addDays(today, 14 - new Date(`${today}T12:00:00Z`).getUTCDay() + 1);
  const at = (day: string, time: string): string => new Date(`${day}T${time}:00+07:00`).toISOString();
  const person = { ...chair, sessionId: '', roles: ['pejabat' as const], opdId, managesOpds: [] };
  await planning.plan(person, {
    title: 'Rapat staf Senin',
    sifat: 'biasa',
    description: 'Evaluasi pekan lalu\nRencana pekan ini',
    place: 'Daring; Ruang Rapat Dinas Sosial',
    startsAt: at(monday, '08:00'),
    endsAt: at(monday, '09:00'),
    chairId: chair.id,
    invite: { people: [], positions: [...positions], units: [], guests: [] },
    repeat: { pattern: { kind: 'mingguan', every: 1, days: ['MO'] }, ends: { kind: 'kali', times: 6 }, skipHolidays: true },
    key: crypto.randomUUID(),
  });
}
