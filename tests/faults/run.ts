// `npm run faults [-- all | NAME…]`: scripted visitors write down the truth while portal, media server, database and clients
// break as real processes; the sheets are compared with it. One table, one line of JSON. NAME: part of a fault's name.
import { startTestDatabase } from '../support/database.ts';
import { openCity, type City } from './city.ts';
import type { Verdict } from './compare.ts';
import { clocks, long, onMedia, onMeetings, onPortal, type Fault } from './faults.ts';
import { overMidnight } from './midnight.ts';
import { tellVerdicts, verdictOf, type Result } from './verdicts.ts';

/** By themselves, each with processes of its own: `npm run faults -- kill`. */
const alone: Record<string, () => Promise<boolean>> = {
  kill: async () => (await import('./kill.ts')).kill(),
  postgres: async () => (await import('./postgres.ts')).postgres(),
  two: async () => (await import('./two.ts')).two(),
  standby: async () => (await import('./standby.ts')).standby(),
  cluster: async () => (await import('./cluster.ts')).cluster(),
  pool: async () => (await import('./pool.ts')).pool(),
  disk: async () => (await import('./disk.ts')).disk(),
  'slow-disk': async () => (await import('./slow-disk.ts')).slowDisk(),
  enumeration: async () => (await import('./enumeration.ts')).enumeration(),
  schemathesis: async () => (await import('./schemathesis.ts')).schemathesis(),
  fuzz: async () => (await import('./fuzz.ts')).fuzz(),
  'slow-clients': async () => (await import('./slow-clients.ts')).slowClients(),
};
const [first = ''] = process.argv.slice(2);
if (alone[first]) process.exit((await alone[first]()) ? 0 : 1);

/** Each brings processes of its own: not all at one moment. */
const APART_MS = 2500;

const midnight = { name: 'midnight of 31 December in three zones', happens: overMidnight };
const everyone = [...onMeetings, ...onPortal, ...long, ...onMedia, ...clocks, midnight].map((fault) => fault.name);
const words = process.argv.slice(2);
const isWanted = ({ name }: { name: string }): boolean =>
  words.includes('all') || (words.length === 0 ? !long.some((l) => l.name === name) : words.some((w) => name.includes(w)));
const results: Result[] = [];
/** What `npm run verify` finds wrong on these portals afterwards. */
const ledger: string[] = [];

const note = async (name: string, happens: () => Promise<Verdict>): Promise<void> => void results.push(await verdictOf(name, happens));

async function inCity(faults: readonly Fault[], work: (city: City) => Promise<unknown>, clockMs = 0): Promise<void> {
  if (faults.length === 0) return;
  const city = await openCity({ clockMs });
  try {
    await work(city);
    ledger.push(...(await city.verify()));
    const names = faults.map((fault) => fault.name);
    if (results.some(({ fault, verdict }) => verdict.problems.length > 0 && names.includes(fault))) console.error(city.said());
  } finally {
    await city.close();
  }
}

const sideBySide = (faults: readonly Fault[]): Promise<void> =>
  inCity(faults, (city) =>
    Promise.all(
      faults.map(async (fault, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * APART_MS));
        await note(fault.name, () => fault.happens(city));
      }),
    ),
  );
const inTurn = (faults: readonly Fault[]): Promise<void> =>
  inCity(faults, async (city) => {
    for (const fault of faults) await note(fault.name, () => fault.happens(city));
  });

async function onClocks(): Promise<void> {
  for (const fault of clocks.filter(isWanted)) await inCity([fault], (city) => note(fault.name, () => fault.happens(city)), fault.clockMs);
}

async function atMidnight(): Promise<void> {
  if (!isWanted(midnight)) return;
  const stopDatabase = await startTestDatabase();
  await note(midnight.name, midnight.happens);
  await stopDatabase();
}

// Three portals at a time: two cores bear it, for most of a fault is waiting.
await Promise.all([
  sideBySide(onMeetings.filter(isWanted)).then(atMidnight),
  inTurn([...onPortal, ...long].filter(isWanted)),
  inTurn(onMedia.filter(isWanted)).then(onClocks),
]);

results.sort((a, b) => everyone.indexOf(a.fault) - everyone.indexOf(b.fault));
process.exit(tellVerdicts('faults', results, ledger).isWell ? 0 : 1);
