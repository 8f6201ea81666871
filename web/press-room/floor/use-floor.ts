import { useSyncExternalStore } from 'react';
import type { FloorSnapshot, FloorStore } from './floor-store.ts';

export function useFloor(store: FloorStore): FloorSnapshot {
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  return { ...state, act: store.act, forget: store.forget };
}
