// The floor, and doing something to it: every verb answers the whole floor, which replaces what this page showed.
import { useState, useSyncExternalStore } from 'react';
import { Refused, type FailureCode } from '../../platform/call.ts';
import type { Visit } from '../visit.ts';
import type { FloorView } from './portal.ts';

/** Answers null when it was done, else why not; `failure` says it in words. */
type Act = (doing: (slug: string, conferenceId: string) => Promise<FloorView>) => Promise<FailureCode | null>;
export type FloorSnapshot = {
  view: FloorView | null;
  conferenceId: string;
  busy: boolean;
  failure: string | null;
  act: Act;
  refresh: () => void;
  forget: () => void;
};

export function useFloor({ slug, join, floor }: Pick<Visit, 'slug' | 'join' | 'floor'>): FloorSnapshot {
  const view = useSyncExternalStore(floor.subscribe, floor.snapshot);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const act: Act = async (doing) => {
    setBusy(true);
    setFailure(null);
    try {
      floor.put(await doing(slug, join.conference.id));
      return null;
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      // What this page shows is not what stands there; or it was done, and only the answer is lost.
      floor.refresh();
      return error instanceof Refused ? error.code : 'unreadable';
    } finally {
      setBusy(false);
    }
  };
  return { view, conferenceId: join.conference.id, busy, failure, act, refresh: floor.refresh, forget: () => setFailure(null) };
}
