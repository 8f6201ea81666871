// The faults, by name. Each happens to a meeting of its own, on a portal as `npm start` makes it.
import { setTimeout as stay } from 'node:timers/promises';
import { getSheet } from '../../shared/attendance.ts';
import { getChat, postChat } from '../../shared/chat.ts';
import { getHealth } from '../../shared/health.ts';
import { eventually } from '../support/eventually.ts';
import { CallFailed } from '../support/portal-client.ts';
import type { City } from './city.ts';
import type { Verdict } from './compare.ts';
import { crowd, VISIT_MS } from './crowd.ts';
import { callHearing, type Hearing } from './hearing.ts';
import type { Trouble } from './webhook-proxy.ts';

export type Fault = { name: string; happens(city: City): Promise<Verdict> };

const RELOADS = 10;
const MINUTE_MS = 60_000;
/** A pulse of five seconds that fails three times: shorter than this and a window of portal or database is not seen. */
const NOTICED_S = 15;

/** What happens in here no witness can see. */
async function blindly(hearing: Hearing, happens: () => Promise<void>): Promise<void> {
  const span = { from: Date.now(), to: Infinity };
  hearing.blind.push(span);
  await happens();
  span.to = Date.now();
}

// --- Between the media server and the receiver: only this meeting's events, so that these go side by side ---

/** For as long as the meeting, the reading of its sheet included. */
export const webhooks = (name: string, ...kinds: Trouble[]): Fault => ({
  name: `webhooks ${name}`,
  happens: (city) =>
    crowd(city, `webhooks ${name}`, {
      middleMs: VISIT_MS,
      breaks: async ({ room }) => city.proxy.trouble(room, ...kinds),
      mends: async ({ room }) => city.proxy.release(room),
    }),
});

const receiver = (name: string, seconds: number, kind: Trouble): Fault => ({
  name: `receiver ${name} ${seconds} s`,
  happens: (city) =>
    crowd(city, `receiver ${name}`, {
      middleMs: seconds * 500,
      async breaks({ room }) {
        city.proxy.trouble(room, kind);
        await stay(seconds * 1000);
        city.proxy.trouble(room, 'none');
      },
    }),
});

// --- The portal ---

export const portalKilled = (seconds: number): Fault => ({
  name: `portal kill -9, down ${seconds} s`,
  happens: (city) =>
    crowd(city, `portal down ${seconds}`, {
      middleMs: seconds * 500,
      breaks: (hearing) =>
        blindly(hearing, async () => {
          const from = Date.now();
          await city.portal.kill();
          await stay(seconds * 1000);
          // The new portal ends the media server that was left, and everybody is out of the room.
          const ended = city.media.ended();
          const back = city.portal.start();
          hearing.truth.cut({ from: await ended, to: Date.now() });
          await back;
          await city.media.ready();
          if (seconds > NOTICED_S) hearing.away.push({ what: 'portal', from, to: Date.now() });
        }),
    }),
});

const portalFrozen = (seconds: number): Fault => ({
  name: `portal frozen ${seconds} s`,
  happens: (city) =>
    crowd(city, `portal frozen ${seconds}`, {
      middleMs: seconds * 500,
      abruptly: true,
      breaks: (hearing) =>
        blindly(hearing, async () => {
          const from = Date.now();
          city.portal.freeze();
          await stay(seconds * 1000);
          city.portal.thaw();
          if (seconds > NOTICED_S) hearing.away.push({ what: 'portal', from, to: Date.now() });
          await city.media.ready();
        }),
    }),
});

// --- The media server: its supervisor is the witness of its end ---

export const mediaKilled = (seconds: number): Fault => ({
  name: `LiveKit kill -9, down ${seconds} s`,
  happens: (city) =>
    crowd(city, `LiveKit down ${seconds}`, {
      middleMs: seconds * 500,
      async breaks({ truth, away }) {
        const from = Date.now();
        city.media.kill();
        await stay(seconds * 1000);
        city.media.open();
        await city.media.ready();
        truth.cut({ from, to: Date.now() });
        away.push({ what: 'media', from, to: Date.now() });
      },
    }),
});

const mediaFrozen = (seconds: number): Fault => ({
  name: `LiveKit frozen ${seconds} s`,
  happens: (city) =>
    crowd(city, `LiveKit frozen ${seconds}`, {
      middleMs: seconds * 500,
      breaks: (hearing) =>
        blindly(hearing, async () => {
          const from = Date.now();
          city.media.freeze();
          await stay(seconds * 1000);
          city.media.thaw();
          hearing.away.push({ what: 'media', from, to: Date.now() });
          await city.media.ready();
        }),
    }),
});

// --- The database ---

/** What was answered stays; what cannot be answered is a 503. */
async function underLoad(city: City, meetingId: string, work: () => Promise<void>): Promise<string[]> {
  const problems: string[] = [];
  const kept: string[] = [];
  let over = false;
  async function repeat(everyMs: number, act: () => Promise<unknown>): Promise<void> {
    for (; !over; await stay(everyMs))
      await act().catch((error: unknown) => {
        if (error instanceof CallFailed && ![503, 429].includes(error.status)) problems.push(error.message);
      });
  }
  const params = { id: meetingId };
  const load = [
    repeat(1100, async () => kept.push((await city.chair.call(postChat, { params, body: { text: 'Hadir', key: crypto.randomUUID() } })).id)),
    ...[1, 2, 3].map(() => repeat(50, () => city.chair.call(getSheet, { params }))),
  ];
  await work();
  over = true;
  await Promise.all(load);
  const { messages } = await city.chair.call(getChat, { params });
  const missing = kept.filter((id) => !messages.some((message) => message.id === id));
  return missing.length > 0 ? [...problems, `${missing.length} answered messages are lost`] : problems;
}

/** The media server waits for an answer as long as it takes, and that room's other events with it. */
const ANSWERED_WITHIN_MS = 2_500;

export const databaseStopped = (times: number): Fault => ({
  name: `Postgres immediate stop ×${times} under load`,
  async happens(city) {
    const problems: string[] = [];
    const verdict = await crowd(city, `Postgres stopped ${times}`, {
      middleMs: times * 500,
      async breaks({ id }) {
        problems.push(
          ...(await underLoad(city, id, async () => {
            for (let n = 0; n < times; n++) {
              await city.database.stopAtOnce();
              await city.database.ready();
            }
          })),
        );
      },
    });
    return { ...verdict, problems: [...verdict.problems, ...problems] };
  },
});

const databaseFrozen = (seconds: number): Fault => ({
  name: `Postgres frozen ${seconds} s`,
  async happens(city) {
    const before = city.proxy.answers.length;
    const verdict = await crowd(city, `Postgres frozen ${seconds}`, {
      middleMs: seconds * 500,
      async breaks() {
        city.database.freeze();
        await stay(seconds * 1000);
        city.database.thaw();
        await city.database.ready();
      },
    });
    const slow = city.proxy.answers.slice(before).filter(({ ms }) => ms > ANSWERED_WITHIN_MS);
    return slow.length === 0
      ? verdict
      : { ...verdict, problems: [...verdict.problems, `the receiver answered after ${slow.map(({ ms }) => ms).join(', ')} ms`] };
  },
});

// --- The clients ---

const clientFrozen = (seconds: number): Fault => ({
  name: `client frozen ${seconds} s`,
  async happens(city) {
    const hearing = await callHearing(city, `client frozen ${seconds}`, 3);
    const [frozen, awake] = [city.visitors(), city.visitors()];
    const still = [hearing.guest(frozen), hearing.guest(frozen)];
    const beside = hearing.guest(awake);
    await Promise.all([...still, beside].map((v) => v.enter()));
    await stay(VISIT_MS);
    await blindly(hearing, async () => {
      const from = Date.now();
      const thaw = frozen.freeze();
      await stay(seconds * 1000);
      hearing.truth.cut(
        { from, to: Date.now() },
        still.map((v) => v.device),
      );
      thaw();
    });
    // Whoever was given up meanwhile learns it now, and comes back; who was not, stays.
    await stay(2 * VISIT_MS);
    await Promise.all(still.map((v) => v.inside()));
    await stay(VISIT_MS);
    await Promise.all([...still, beside].map((v) => v.leave()));
    return hearing.judge();
  },
});

const clientKilled: Fault = {
  name: 'client kill -9',
  async happens(city) {
    const hearing = await callHearing(city, 'client killed', 3);
    const [killed, alive] = [city.visitors(), city.visitors()];
    const gone = [hearing.guest(killed), hearing.guest(killed)];
    const beside = hearing.guest(alive);
    await Promise.all([...gone, beside].map((v) => v.enter()));
    await stay(2 * VISIT_MS);
    await blindly(hearing, async () => killed.kill());
    await stay(VISIT_MS);
    await beside.leave();
    return hearing.judge();
  },
};

const tenReloads: Fault = {
  name: 'ten reloads in a minute',
  async happens(city) {
    const hearing = await callHearing(city, 'ten reloads', 2);
    const people = city.visitors();
    const [restless, beside] = [hearing.guest(people), hearing.guest(people)];
    await Promise.all([restless, beside].map((v) => v.enter()));
    const from = Date.now();
    for (let n = 1; n <= RELOADS; n++) {
      await stay(Math.max(0, from + (n * MINUTE_MS) / RELOADS - Date.now()));
      await restless.reload();
    }
    await stay(VISIT_MS);
    await Promise.all([restless, beside].map((v) => v.leave()));
    return hearing.judge();
  },
};

export const threeDevices: Fault = {
  name: 'phone, laptop and projector of one person',
  async happens(city) {
    const hearing = await callHearing(city, 'three devices', 1);
    const people = city.visitors();
    const [phone, laptop, projector] = [hearing.staff(people, 1), hearing.staff(people, 2), hearing.staff(people, 3)];
    await phone.enter();
    await laptop.enter();
    await stay(VISIT_MS);
    await phone.leave();
    await projector.enter();
    await stay(VISIT_MS);
    await laptop.leave();
    await stay(VISIT_MS);
    await projector.leave();
    return hearing.judge();
  },
};

export const withoutFault: Fault = { name: 'nothing', happens: (city) => crowd(city, 'nothing', { middleMs: VISIT_MS, breaks: () => stay(2 * VISIT_MS) }) };

/** On one portal side by side: each touches its own meeting only. */
export const onMeetings: Fault[] = [
  withoutFault,
  webhooks('tripled', 'tripled'),
  webhooks('shuffled', 'shuffled'),
  webhooks('each third lost', 'dropped'),
  webhooks('all lost', 'lost'),
  webhooks('tripled, shuffled, each third lost', 'tripled', 'shuffled', 'dropped'),
  webhooks('of another content type', 'typed'),
  receiver('503', 60, 'away'),
  receiver('frozen', 90, 'silent'),
  ...[5, 15, 30, 120].map(clientFrozen),
  clientKilled,
  tenReloads,
  threeDevices,
];
export const onPortal: Fault[] = [...[5, 20, 60].map(portalKilled), ...[20, 90].map(portalFrozen)];
export const onMedia: Fault[] = [...[3, 25, 60].map(mediaKilled), mediaFrozen(45), databaseStopped(10), databaseFrozen(15)];
export const long: Fault[] = [portalKilled(600)];
/** Each on a portal of its own, whose clock is wrong by this much: nothing else happens, and the portal must say so. */
export const clocks = [11_000, -11_000, 120_000, -120_000].map((clockMs) => ({
  clockMs,
  name: `portal clock ${clockMs > 0 ? '+' : '−'}${Math.abs(clockMs) / 1000} s`,
  async happens(city: City): Promise<Verdict> {
    const raised = await eventually('the alarm', async () => (await city.chair.call(getHealth, {})).alarms.includes('clock_skew'), MINUTE_MS).catch(
      () => false,
    );
    const verdict = await withoutFault.happens(city);
    return raised ? verdict : { ...verdict, problems: [...verdict.problems, 'no alarm of the clocks within a minute'] };
  },
}));
