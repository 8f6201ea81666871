// `npm run faults -- enumeration`: does the time of an answer tell whether there is such an account, address or link? Known and unknown are asked in turn, with real
// password hashing, and compared by rank (Mann–Whitney): of pairs that differ in nothing, the
// smallest p, times their number, is above 0.01 in 99 of 100 runs.
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { getInvitations, postJoin, postNewLink } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { postPassMail } from '../../shared/press-desk.ts';
import { report, round, table } from '../bench/figures.ts';
import { castWorld, nipOf, signIn } from '../support/cast.ts';
import { startTestDatabase } from '../support/database.ts';
import { plannedMeeting } from '../support/invited.ts';
import { plannedConference, registers } from '../support/press.ts';
import { HOST, openClient } from '../support/world.ts';

const ROUNDS = 500;
/** What was slowed down is forgotten. */
const QUIET_MS = 16 * 60_000;

export async function enumeration(): Promise<boolean> {
  const stopDatabase = await startTestDatabase();
  const { world, cast } = await castWorld();
  try {
    const conference = await plannedConference(world, cast, { state: 'registrasi' });
    await registers(world, conference, { name: 'Sari Pena', outlet: 'Radar Uji' });
    const closed = await world.sql`update people.person set disabled_at = ${world.clock.now()} where id = ${cast.stafDinkes.id}`;
    if (closed.count !== 1) throw new Error('nobody is disabled');
    const signsIn = (login: string) => world.visitor().send(postSession, { body: { login, password: 'bukan-ini-sandinya' } });
    const asksMail = (email: string) => world.visitor().send(postPassMail, { body: { email, ...conference.slug } });
    const joins = (link: string) => openClient(world.app, `http://${HOST}`, link).send(postJoin, { body: {} });
    const id = await plannedMeeting(world, cast, { guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] });
    const chair = await signIn(world, cast.kepala);
    const guest = (await chair.call(getInvitations, { params: { id } })).find(({ name }) => name === 'Ibu Tamu');
    if (!guest) throw new Error('the guest is not invited');
    await chair.call(postNewLink, { params: { id, invitation: guest.id } });
    const former = guest.link.split('#')[1] ?? '';
    // Made beforehand: making it is no part of the answer.
    const nobodys = randomBytes(21).toString('base64url');
    const pairs: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
      ['login by NIP', () => signsIn(cast.kabid.nip), () => signsIn(nipOf(27))],
      ['login by e-mail', () => signsIn(cast.kabid.email), () => signsIn('tidak@ada.example')],
      ['login of a disabled account', () => signsIn(cast.stafDinkes.nip), () => signsIn(nipOf(26))],
      ['mail of a pass', () => asksMail('sari@radaruji.example'), () => asksMail('sara@radaruji.example')],
      ['personal link that was renewed', () => joins(former), () => joins(nobodys)],
    ];
    const rows: string[][] = [['asked', 'known, median ms', 'unknown, median ms', 'p (> 0.01)']];
    const ps: number[] = [];
    for (const [what, known, unknown] of pairs) {
      const times: [number[], number[]] = [[], []];
      for (let n = -20; n < ROUNDS; n += 1) {
        world.clock.advance(QUIET_MS);
        // Neither is always the first.
        for (const of of n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
          const from = performance.now();
          await (of === 0 ? known : unknown)();
          if (n >= 0) times[of].push(performance.now() - from);
        }
      }
      const p = rankTest(...times);
      ps.push(p);
      rows.push([what, ...times.map((all) => String(round(all.toSorted((a, b) => a - b)[ROUNDS / 2]!, 3))), String(round(p, 4))]);
    }
    table(rows);
    return report({
      bench: 'enumeration',
      // The smallest of several is small more often than one alone (Bonferroni).
      figures: { smallestP: round(Math.min(1, Math.min(...ps) * ps.length), 4), asked: ROUNDS * 2 * pairs.length },
      aims: { smallestP: { min: 0.01 } },
    });
  } finally {
    await world.close();
    await stopDatabase();
  }
}

/** The probability that two samples of one thing differ in rank as these do (normal approximation, two-sided). */
function rankTest(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, first: true })), ...b.map((value) => ({ value, first: false }))].toSorted((x, y) => x.value - y.value);
  const ranks = all.reduce((sum, { first }, n) => sum + (first ? n + 1 : 0), 0);
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const z = Math.abs(u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  // Abramowitz and Stegun 7.1.26.
  const t = 1 / (1 + (0.3275911 * z) / Math.SQRT2);
  return ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp((-z * z) / 2);
}
