// Whoever keeps a policy is told that it ends, has ended, or is due for review.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { boundsOf, shortDateText } from '../platform/local-time.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import { versionOn, warningOn, WARNED_DAYS, type Warning } from './policy.ts';
import type { Rights } from './rights.ts';
import * as store from './store.ts';
import { REGION_ZONE } from './units.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'mayAdminister' | 'holdersOf'>;
  notifications: Pick<Notifications, 'notify'>;
  rights: Rights;
};

export function createWarnings({ sql, clock, people, notifications, rights: { todayOf } }: World) {
  /** Comes round; once for each warning. Answers how many were told of. */
  async function warn(): Promise<number> {
    const units = await people.opds(sql);
    let told = 0;
    for (const policy of await store.policies(sql)) {
      const warning = warningOn(policy, todayOf(units, policy.opdId));
      if (!warning || warning.days > WARNED_DAYS) continue;
      await sql.begin(async (tx) => {
        if (!(await store.noteWarned(tx, policy.id, warning, clock.now()))) return;
        const { number } = versionOn(policy, warning.on);
        await notifications.notify(tx, {
          kind: 'jadwal',
          personIds: await keepersOf(tx, policy.opdId),
          ref: policy.id,
          words: wordsOf(number, warning),
          path: `/kebijakan/${policy.id}`,
        });
        told += 1;
      });
    }
    return told;
  }
  async function keepersOf(tx: Tx, opdId: string | null): Promise<string[]> {
    if (opdId === null) return [...(await people.holdersOf(tx, 'bkd')), ...(await people.holdersOf(tx, 'administrator'))];
    const admins = [];
    for (const id of await people.holdersOf(tx, 'admin_opd')) if (await people.mayAdminister(tx, { id, roles: [] }, opdId)) admins.push(id);
    return admins;
  }

  return { warn };
}

function wordsOf(number: string, { what, on }: Warning): { id: { title: string; text: string }; en: { title: string; text: string } } {
  const day = shortDateText(boundsOf(on, REGION_ZONE).from, REGION_ZONE);
  const words: Record<Warning['what'], [id: string, en: string]> = {
    menjelang: [`${number} berakhir ${day}`, `${number} ends on ${day}`],
    lewat: [`${number} sudah berakhir ${day}`, `${number} ended on ${day}`],
    tinjau: [`${number} waktunya ditinjau (${day})`, `${number} is due for review (${day})`],
  };
  return {
    id: { title: words[what][0], text: 'Perpanjang, ganti, atau cabut supaya jadwal sesudahnya mempunyai dasar.' },
    en: { title: words[what][1], text: 'Prolong, replace or end it, so that later rosters rest on something.' },
  };
}
