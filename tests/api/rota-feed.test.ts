// One's own days of the roster in the calendar of one's phone.
import ICAL from 'ical.js';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getFeed, postCalendarFeed, putCalendarFeed } from '../../shared/calendar.ts';
import { postPolicy } from '../../shared/policies.ts';
import * as wire from '../../shared/rota.ts';
import { signIn } from '../support/cast.ts';
import { cellOf, MONTH, rotaOffice, THURSDAY, TUESDAY, WEDNESDAY, type RotaOffice } from '../support/rota-office.ts';
import type { Client } from '../support/world.ts';

let o: RotaOffice;
let sari: Client;
let file: string;
beforeAll(async () => {
  o = await rotaOffice();
  await o.admin.call(postPolicy, {
    body: {
      key: randomUUID(),
      opdId: o.opd.id,
      policy: {
        number: '7/2026',
        date: '2026-11-02',
        issuer: 'Kepala Dinas Sosial',
        title: 'Piket malam',
        from: TUESDAY,
        until: WEDNESDAY,
        rules: [
          {
            rule: { kind: 'piket_layanan' as const, min: 1, weekdays: [3], shifts: [{ name: 'Malam', from: '21:00', to: '06:00' }] },
            scope: { units: [o.cast.opds.rehsos.id] },
            basis: 'angka 1',
          },
        ],
      },
    },
  });
  await o.published([cellOf(o.cast.staf.id, TUESDAY, 'WFH'), cellOf(o.cast.staf.id, WEDNESDAY, 'PIKET', 'Malam')]);
  sari = await signIn(o.world, o.cast.staf);
  file = (await sari.call(postCalendarFeed, {})).path.split('/').at(-1)!;
});
afterAll(() => o.world.close());

/** By its day: what stands in the calendar. */
async function days(): Promise<Map<string, ICAL.Component>> {
  const text = await (await o.world.visitor().call(getFeed, { params: { file } })).text();
  const events = new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent');
  const own = events.filter((event) => String(event.getFirstPropertyValue('uid')).startsWith(`jadwal-${o.cast.staf.id}-`));
  return new Map(own.map((event) => [String(event.getFirstPropertyValue('uid')).slice(-`${MONTH}-01@portal.test`.length).split('@')[0]!, event]));
}
const said = (event: ICAL.Component | undefined, name: string): string => String(event?.getFirstPropertyValue(name));
const leave = (code: 'CUTI' | 'SAKIT', date: string) =>
  o.admin.call(wire.postAbsence, { params: o.opd, body: { personId: o.cast.staf.id, code, from: date, until: date, basis: 'Surat 4' } });

test('a day at home lies over the whole day and leaves it free; a night on duty has its hours by the clock of the office', async () => {
  const found = await days();
  const home = found.get(TUESDAY);
  expect([said(home, 'summary'), said(home, 'dtstart'), said(home, 'dtend'), said(home, 'transp')]).toEqual([
    'WFH (dari rumah)',
    TUESDAY,
    WEDNESDAY,
    'TRANSPARENT',
  ]);
  expect(said(home, 'description')).toContain('Jadwal Desember 2026');
  expect(said(home, 'url')).toContain(`/jadwal-saya?bulan=${MONTH}`);
  const night = found.get(WEDNESDAY);
  const { startDate, endDate, summary } = new ICAL.Event(night);
  expect([summary, startDate.toJSDate().toISOString(), endDate.toJSDate().toISOString(), said(night, 'transp')]).toEqual([
    'PIKET Malam',
    '2026-12-02T14:00:00.000Z',
    '2026-12-02T23:00:00.000Z',
    'OPAQUE',
  ]);
  // Saturday is off: nothing stands there.
  expect(found.has('2026-12-05')).toBe(false);
});

test('what becomes of a day stands under the same name; of sickness nothing is told', async () => {
  const before = said((await days()).get(THURSDAY), 'uid');
  await leave('CUTI', THURSDAY);
  await leave('SAKIT', '2026-12-04');
  const found = await days();
  expect([said(found.get(THURSDAY), 'summary'), said(found.get(THURSDAY), 'uid')]).toEqual(['Cuti', before]);
  expect(found.has('2026-12-04')).toBe(false);
});

test('whoever does not want their days in there leaves them out, and a new address keeps that choice', async () => {
  expect(await sari.call(putCalendarFeed, { body: { roster: false } })).toMatchObject({ roster: false });
  expect((await days()).size).toBe(0);
  const renewed = await sari.call(postCalendarFeed, {});
  expect(renewed.roster).toBe(false);
  file = renewed.path.split('/').at(-1)!;
  expect((await days()).size).toBe(0);
  await sari.call(putCalendarFeed, { body: { roster: true } });
  expect((await days()).size).toBeGreaterThan(20);
  expect(await (await signIn(o.world, o.cast.kabid)).refusalOf(putCalendarFeed, { body: { roster: true } })).toBe('not_found');
});
