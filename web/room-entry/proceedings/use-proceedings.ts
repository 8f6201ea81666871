// The proceedings as this page knows them: asked again when the portal says that something changed, replaced by the answer to every change.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Refused } from '../../platform/call.ts';
import type { Visit } from '../entrance.ts';
import * as portal from './portal.ts';

/** The quorum moves with everybody who joins: pages ask at different moments. Who writes, or looks, asks soon. */
const SPREAD_MS = 1500;
const SOON_MS = 150;
const RETRY_MS = 4000;

type State = { now: portal.Proceedings | null; busy: boolean; failure: string | null };
/** Answers whether it was done; else `failure` says why not. */
export type Act = (doing: Promise<portal.Proceedings>) => Promise<boolean>;
export type Snapshot = State & { act: Act; forget: () => void };

export function useProceedings(visit: Pick<Visit, 'join' | 'live'>, open: boolean): Snapshot {
  const [store] = useState(() => createStore(visit));
  useEffect(() => store.start(), [store]);
  useEffect(() => store.look(open), [store, open]);
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  return { ...state, act: store.act, forget: store.forget };
}

function createStore({ join, live }: Pick<Visit, 'join' | 'live'>) {
  const { id } = join.meeting;
  const hearers = new Set<() => void>();
  let state: State = { now: null, busy: false, failure: null };
  let open = false;
  let asked = 0;
  let timer = 0;
  /** When the next question is asked, by this page's own clock. */
  let due = Infinity;

  function change(next: Partial<State>): void {
    state = { ...state, ...next };
    for (const hear of hearers) hear();
  }

  /** Answers may overtake each other: the last question counts. */
  async function take(answer: Promise<portal.Proceedings>): Promise<void> {
    asked += 1;
    const mine = asked;
    const now = await answer;
    if (mine === asked) change({ now });
  }

  /** Never later than was promised before: whatever else happens in a full room, a read-back comes at once. */
  function soon(ms: number): void {
    const at = performance.now() + ms;
    if (at >= due) return;
    due = at;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), ms);
  }
  async function ask(): Promise<void> {
    due = Infinity;
    try {
      await take(portal.proceedings(id));
    } catch (error) {
      if (!(error instanceof Refused) || error.code === 'offline') soon(RETRY_MS);
    }
  }
  const spread = (): number => SOON_MS + (open || (state.now?.you.mayWrite ?? join.you.chair) ? 0 : Math.random() * SPREAD_MS);

  async function act(doing: Promise<portal.Proceedings>): Promise<boolean> {
    change({ busy: true, failure: null });
    try {
      await take(doing);
      change({ busy: false });
      return true;
    } catch (error) {
      change({ busy: false, failure: error instanceof Error ? error.message : String(error) });
      // What this page shows is not what stands there.
      if (error instanceof Refused && /^(proceedings|decision|rollcall)\./.test(error.code)) soon(0);
      return false;
    }
  }

  return {
    snapshot: () => state,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    act,
    forget: () => change({ failure: null }),
    look(is: boolean) {
      open = is;
      soon(0);
    },
    start() {
      const offMessage = live.onMessage((message) => {
        if (!('meetingId' in message) || message.meetingId !== id) return;
        if (message.type === 'proceedings.changed') soon(message.what === 'quorum' ? spread() : SOON_MS);
        else if (message.type === 'room.changed' && (open || state.now?.decisions.some((decision) => decision.state === 'dibacakan'))) soon(spread());
      });
      const offState = live.onState((is) => is === 'open' && soon(Math.random() * SPREAD_MS));
      return () => {
        offMessage();
        offState();
        window.clearTimeout(timer);
        due = Infinity;
      };
    },
  };
}
