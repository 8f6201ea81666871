// Rings this page: hears the portal's socket, asks what was missed, draws, sounds, and says what is answered. The same in the office and in the room.
//   const stop = openRing({ live, here: OFFICE });
import type { getMyCalls } from '../../../shared/calls.ts';
import type { ReplyOf } from '../../../shared/endpoint.ts';
import { call } from '../../platform/call.ts';
import { onLanguage } from '../../platform/language.ts';
import type { LiveSocket } from '../../platform/live-socket.ts';
import { ringWords } from '../../words/ring.ts';
import { createAside } from './aside.ts';
import { callAttention } from './attention.ts';
import { createOverlay } from './overlay.ts';
import * as rules from './rings.ts';
import { isRinging, NO_RINGS, type Answer, type Ring, type Rings } from './rings.ts';
import { sayAnswer, type Saying } from './say-answer.ts';
import { createRinger, type Sounding } from './sound.ts';
import './ring.css';

export type MyCalls = ReplyOf<typeof getMyCalls>;
/** Where this page stands. */
export type Here = {
  /** The meeting this person is in on this page, or whose door they stand at. */
  meetingId: () => string | null;
  /** Into this meeting with sound, leaving the present one. Answers whether this page stays. */
  enter: (meetingId: string) => boolean;
  /** Where the list of calls is; none inside a meeting, which a link would leave. */
  list: string | null;
  ask?: () => Promise<MyCalls>;
};

/** A whole office is rung at once: it does not ask at once. */
const CONFIRM_WITHIN_MS = 800;
const AGAIN_MS = 10_000;
const TOLD_MS = 20_000;
const CHANNEL = 'panggilan';
/** Between the tabs of one browser. */
type Among = { kind: 'silenced'; callId: string; round: number };

const askPortal = (): Promise<MyCalls> => call<typeof getMyCalls>('GET', '/api/me/calls');

export function openRing({ live, here }: { live: LiveSocket; here: Here }): () => void {
  const ask = here.ask ?? askPortal;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : null;
  const saying = new Map<string, Saying>();
  const watched = new Map<string, () => void>();
  const timers = new Set<number>();
  let all: Rings = NO_RINGS;
  let sounding: Sounding = 'off';
  let hidden = false;
  let calm: { text: string; stop: () => void } | null = null;
  let asked = 0;
  let tick = 0;
  let closed = false;

  const ringer = createRinger((next) => {
    sounding = next;
    const top = ringingNow();
    if (next === 'on' && top) live.say({ type: 'ringing', callId: top.callId, round: top.round, sounding: true });
    draw();
  });
  const overlay = createOverlay({
    answer: give,
    again: (ring) => saying.get(ring.callId)?.again(),
    reconsider(ring) {
      saying.get(ring.callId)?.stop();
      become({ ...all, rings: all.rings.map((one) => (one.callId === ring.callId ? { ...ring, state: 'waiting', silenced: true } : one)) });
    },
    silence(ring) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin only
      tabs?.postMessage({ kind: 'silenced', callId: ring.callId, round: ring.round } satisfies Among);
      become(rules.silenced(all, ring.callId, ring.round));
    },
    hide() {
      hidden = true;
      draw();
    },
    show: (ring) => become(rules.onTop(all, ring.callId)),
  });
  const aside = createAside({
    list: here.list,
    open() {
      hidden = false;
      draw();
    },
    join: (outcome) => here.enter(outcome.meetingId),
    read: (outcome) => become(rules.read(all, outcome.callId)),
  });

  const ringingNow = (): Ring | undefined => all.rings.find((ring) => isRinging(ring, Date.now()));

  function become(next: Rings): void {
    if (closed || next === all) return;
    const before = all;
    all = next;
    // What rings anew takes the page, and says so to the caller.
    for (const ring of all.rings) {
      const known = before.rings.find(({ callId }) => callId === ring.callId);
      if (known && known.round >= ring.round) continue;
      live.say({ type: 'ringing', callId: ring.callId, round: ring.round, sounding: false });
      // Called into the meeting that this page is in already: being there is the answer.
      if (ring.meetingId === here.meetingId()) {
        give(ring, { answer: 'gabung' });
        continue;
      }
      hidden = false;
      if (!watched.has(ring.callId)) watched.set(ring.callId, live.watch(`meeting:${ring.meetingId}`));
    }
    for (const [callId, one] of saying)
      if (!all.rings.some((ring) => ring.callId === callId)) {
        one.stop();
        saying.delete(callId);
      }
    for (const [callId, stop] of watched)
      if (!all.rings.some((ring) => ring.callId === callId)) {
        stop();
        watched.delete(callId);
      }
    for (const fresh of all.outcomes)
      if (!before.outcomes.includes(fresh)) after(TOLD_MS, () => all.outcomes.includes(fresh) && become(rules.read(all, fresh.callId)));
    draw();
  }

  function draw(): void {
    if (closed) return;
    const ringing = ringingNow();
    if (ringing)
      ringer.start({ key: `${ringing.callId} ${ringing.round}`, sifat: ringing.sifat, until: ringing.since + rules.RING_MS, soft: here.meetingId() !== null });
    else ringer.stop();
    attend(ringing ? ringWords().calling(ringing.callerName) : null);
    const at = here.meetingId();
    const rings = all.rings.filter((ring) => ring.meetingId !== at);
    const stands = rings.length > 0 && !hidden;
    overlay.draw(stands ? { rings, sounding, now: Date.now(), elsewhere: at !== null } : null);
    aside.draw(stands ? [] : rings, all.outcomes);
    if (all.rings.length > 0 && tick === 0) tick = window.setInterval(draw, 1000);
    if (all.rings.length === 0) {
      window.clearInterval(tick);
      tick = 0;
    }
  }

  function attend(text: string | null): void {
    if (text === (calm?.text ?? null)) return;
    calm?.stop();
    calm = text === null ? null : { text, stop: callAttention(text) };
  }

  function give(ring: Ring, answer: Answer): void {
    const { callId, meetingId } = ring;
    saying.get(callId)?.stop();
    become(rules.answering(all, callId, answer));
    saying.set(
      callId,
      sayAnswer(callId, answer, {
        trouble: (trouble) => become(rules.troubled(all, callId, answer, trouble)),
        done(heard) {
          saying.delete(callId);
          if (heard.kind === 'over') return become(rules.answered(all, callId, { refused: heard.message }, Date.now()));
          // The screen stands until the room's page is there.
          if (answer.answer !== 'gabung' || here.enter(meetingId)) become(rules.answered(all, callId, { answer }, Date.now()));
        },
      }),
    );
  }

  function after(ms: number, act: () => void): void {
    const timer = window.setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  }

  /** The way back from a room may show this page as it was left. */
  function shownAgain({ persisted }: PageTransitionEvent): void {
    if (!persisted) return;
    become(NO_RINGS);
    confirm(0);
  }

  /** Asks within this time, once for all who want it. */
  function confirm(within: number): void {
    window.clearTimeout(asked);
    asked = window.setTimeout(() => void catchUp(), Math.random() * within);
  }

  async function catchUp(): Promise<void> {
    const askedAt = Date.now();
    const mine = await ask().catch(() => null);
    if (mine) {
      become(rules.caughtUp(all, mine, { askedAt, now: Date.now() }));
      for (const one of saying.values()) one.again();
    }
    // Not reached while the socket stands: once more. Otherwise it asks when it is back.
    else if (!closed && live.state() === 'open') confirm(AGAIN_MS);
  }

  const stops = [
    live.onMessage((message) => {
      if (message.type === 'call.ringing') become(rules.heard(all, message, Date.now()));
      else if (message.type === 'call.quiet') become(rules.quieted(all, message, Date.now()));
      else if (!('meetingId' in message && all.rings.some((ring) => ring.meetingId === message.meetingId))) return;
      confirm(CONFIRM_WITHIN_MS);
    }),
    live.onState((state) => {
      if (state !== 'open') return;
      for (const { callId, round } of all.rings) live.say({ type: 'ringing', callId, round, sounding: sounding === 'on' });
      confirm(CONFIRM_WITHIN_MS);
    }),
    onLanguage(draw),
    () => window.removeEventListener('pageshow', shownAgain),
  ];
  window.addEventListener('pageshow', shownAgain);
  if (tabs)
    tabs.onmessage = ({ data }: MessageEvent<Among>) => {
      if (data.kind === 'silenced') become(rules.silenced(all, data.callId, data.round));
    };
  if (live.state() === 'open') confirm(0);

  return () => {
    closed = true;
    window.clearTimeout(asked);
    window.clearInterval(tick);
    for (const timer of timers) window.clearTimeout(timer);
    for (const stop of [...stops, ...watched.values()]) stop();
    for (const one of saying.values()) one.stop();
    tabs?.close();
    attend(null);
    ringer.close();
    overlay.draw(null);
    aside.close();
  };
}
