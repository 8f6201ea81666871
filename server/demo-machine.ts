// The log of the attendance machine of one agency of the demonstration city, of the end of last month and of today: most of it as planned, and a few
// things for a human to look at.
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addDays, dayIn } from './people/days.ts';
import type { SignedIn } from './platform/serve.ts';

export type MachineSetting = { opdId: string; adminId: string };
const FROM_DAY = 18;
/** Of somebody who is not in the list yet. */
const UNKNOWN = '1009';
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export async function fillMachine({ sql, clock: now, people, roster, hours, attendance }: App, { opdId, adminId }: MachineSetting): Promise<void> {
  const today = dayIn(ZONE, now.now());
  const monthBefore = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const from = `${monthBefore}-${FROM_DAY}`;
  const staff = (await people.staffOf(sql, opdId)).filter((person) => person.nip !== null);
  const admin = staff.find(({ id }) => id === adminId);
  const codes = await roster.codesBetween(
    sql,
    staff.map(({ id }) => id),
    from,
    today,
  );
  const working = (await hours.daysOf(sql, opdId, from, today)).map(({ kind }) => kind === 'kerja');
  const lines: string[] = [];
  // Once in each of the two months.
  const missed = new Set<string>();
  const strange = new Set<string>();
  staff.forEach(({ id, nip }, place) => {
    for (const [n, { code }] of codes.get(id) ?? []) {
      if (!working[n] || (code !== 'WFO' && code !== 'PIKET' && code !== 'WFH')) continue;
      const day = addDays(from, n);
      const month = day.slice(0, 7);
      const touch = (minutes: number): void => {
        const written = `${day} ${clock(minutes)}`;
        if (Date.parse(`${written.replace(' ', 'T')}:00+07:00`) < now.now().getTime()) lines.push(`${nip};${written};Lobi`);
      };
      if (code === 'WFH') {
        if (!strange.has(month)) touch(8 * 60 + 5);
        strange.add(month);
        continue;
      }
      if (!missed.has(month) && code === 'WFO' && place > 3) {
        missed.add(month);
        continue;
      }
      const late = place === 5 ? 25 : 0;
      touch(7 * 60 + 8 + ((place * 7 + n * 5) % 20) + late);
      touch(16 * 60 + 2 + ((place * 5 + n * 3) % 24) + (new Date(`${day}T00:00:00Z`).getUTCDay() === 5 ? 30 : 0));
    }
  });
  if (!admin || lines.length === 0) return;
  const last = lines.at(-1)!.split(';')[1]!.slice(0, 10);
  lines.push(`${UNKNOWN};${last} 07:24;Lobi`, `${UNKNOWN};${last} 16:11;Lobi`, 'kosong;;Lobi');
  const by: SignedIn = { id: adminId, name: admin.name, sessionId: '', roles: ['staf', 'admin_opd'], opdId, managesOpds: [opdId] };
  await attendance.machine.takeIn(by, opdId, { name: 'log-mesin-lobi.csv', bytes: Buffer.from(['NIP;Waktu;Mesin', ...lines].join('\n')) });
}
