// The fast selection of `npm run faults`: a portal as `npm start` makes it, broken as a process while people come and go. Nothing
// is lost and nothing invented; the seconds of error are figures for `npm run faults`, not for a test.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCity, type City } from './city.ts';
import { databaseStopped, mediaKilled, portalKilled, threeDevices, webhooks, type Fault } from './faults.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(async () => city.close());

/** `judge` of a meeting has looked further: one report, nobody inside for ever, the portal's process well, no 4xx to LiveKit. */
async function suffers(...faults: Fault[]): Promise<void> {
  const verdicts = await Promise.all(faults.map((fault) => fault.happens(city))).catch((error: unknown) => {
    throw new Error(`the portal had said: ${city.said()}`, { cause: error });
  });
  for (const { visits, lost, invented, problems } of verdicts) {
    expect({ lost, invented, problems }).toEqual({ lost: 0, invented: 0, problems: [] });
    expect(visits).toBeGreaterThan(0);
  }
}

test('webhooks come thrice, in any order or not at all, the database is stopped three times, somebody has three devices: every visit is on the sheet', () =>
  suffers(webhooks('tripled, shuffled, each third lost', 'tripled', 'shuffled', 'dropped'), threeDevices, databaseStopped(3)));

test('the media server is killed in the middle of a meeting: people come back, and the meeting has one report', () => suffers(mediaKilled(3)));

test('the portal is killed and started again: nobody who was inside is lost', () => suffers(portalKilled(5)));

test('after all that the ledger fits', async () => {
  expect(await city.verify()).toEqual([]);
});
