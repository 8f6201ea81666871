// The proceedings as this page knows them: asked again when the portal says that something changed, replaced by the answer to every change.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createAsked, type Act, type Asked } from '../asked.ts';
import type { Visit } from '../entrance.ts';
import * as portal from './portal.ts';

/** The quorum moves with everybody who joins: pages ask at different moments. Who writes, or looks, asks soon. */
const SPREAD_MS = 1500;
const SOON_MS = 150;

export type Snapshot = Asked<portal.Proceedings> & { act: Act<portal.Proceedings>; forget: () => void };

export function useProceedings(visit: Pick<Visit, 'join' | 'live'>, open: boolean): Snapshot {
  const [store] = useState(() => createStore(visit));
  useEffect(() => store.start(), [store]);
  useEffect(() => store.look(open), [store, open]);
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  return { ...state, act: store.act, forget: store.forget };
}

function createStore({ join, live }: Pick<Visit, 'join' | 'live'>) {
  const { id } = join.meeting;
  let open = false;
  const isStale = ({ code }: { code: string }): boolean => /^(proceedings|decision|rollcall)\./.test(code);
  const { snapshot, subscribe, soon, act, forget, close } = createAsked({ read: () => portal.proceedings(id), isStale });
  const spread = (): number => SOON_MS + (open || (snapshot().now?.you.mayWrite ?? join.you.chair) ? 0 : Math.random() * SPREAD_MS);

  return {
    snapshot,
    subscribe,
    act,
    forget,
    look(is: boolean) {
      open = is;
      soon(0);
    },
    start() {
      const offMessage = live.onMessage((message) => {
        if (!('meetingId' in message) || message.meetingId !== id) return;
        if (message.type === 'proceedings.changed') soon(message.what === 'quorum' ? spread() : SOON_MS);
        else if (message.type === 'room.changed' && (open || snapshot().now?.decisions.some((decision) => decision.state === 'dibacakan'))) soon(spread());
      });
      const offState = live.onState((is) => is === 'open' && soon(Math.random() * SPREAD_MS));
      return () => {
        offMessage();
        offState();
        close();
      };
    },
  };
}
