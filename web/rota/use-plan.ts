// The plan on this page: its board, what saves it, and what others do to it.
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CellInput, getRotaCells, PlanView, putRotaCells } from '../../shared/rota.ts';
import { call, Refused } from '../platform/call.ts';
import { useLive, useWatch } from '../platform/live.tsx';
import { useMe } from '../platform/session.tsx';
import { createBoard, type Board } from './board.ts';
import { createSaver, type Saver, type SaveState } from './saver.ts';

export type Plan = { board: Board; saving: SaveState; sendNow: () => void; drop: () => void };

const PASSING: ReadonlySet<string> = new Set(['offline', 'portal.unavailable']);
const refusalOf = (error: unknown): string | null =>
  error instanceof Refused ? (PASSING.has(error.code) ? null : [error.message, error.fields[0]?.message].filter(Boolean).join(' ')) : String(error);

/** What could not be sent yet, on this device: of one person and one plan. */
function shelf(name: string) {
  return {
    read(): CellInput[] {
      try {
        return JSON.parse(localStorage.getItem(name) ?? '[]') as CellInput[];
      } catch {
        return [];
      }
    },
    keep(cells: CellInput[] | null): void {
      try {
        if (cells === null) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(cells));
      } catch {
        // No storage, or none left: it is kept as long as the page is open.
      }
    },
  };
}

/** `view` is of one plan as long as this is mounted (key). */
export function usePlan(view: PlanView): Plan {
  const me = useMe();
  const client = useQueryClient();
  const { id, opdId, version } = view.plan;
  const reread = (): void => void client.invalidateQueries({ queryKey: ['/api/opds/:id/rota'] });
  const [board] = useState(() => createBoard(view));
  // Where it begins; the saver itself knows how far it is.
  const [begun] = useState(version);
  const [saver, setSaver] = useState<Saver>();
  const outside = useEffectEvent(reread);
  useEffect(() => {
    const kept = shelf(`jadwal:${me.id}:${id}`);
    const made = createSaver({
      board,
      version: begun,
      send: (seen, cells) => call<typeof putRotaCells>('PUT', '/api/rota/plans/:id/cells', { params: { id }, body: { version: seen, cells } }),
      since: (seen) => call<typeof getRotaCells>('GET', '/api/rota/plans/:id/cells', { params: { id }, query: { since: seen } }),
      refusalOf,
      keep: kept.keep,
      onOutside: () => outside(),
    });
    const left = kept.read();
    if (left.length > 0) board.restore(left);
    setSaver(made);
    return made.close;
  }, [board, begun, id, me.id]);

  const live = useLive();
  const moved = useEffectEvent((to: number) => saver?.moved(to));
  useWatch(`opd:${opdId}`, () => saver?.check());
  useEffect(
    () =>
      live?.onMessage((message) => {
        if (message.type === 'rota.changed' && message.planId === id) moved(message.version);
      }),
    [live, id],
  );
  useEffect(() => {
    const online = (): void => saver?.now();
    window.addEventListener('online', online);
    return () => window.removeEventListener('online', online);
  }, [saver]);
  const drawn = useRef(view);
  useEffect(() => {
    saver?.readAt(version);
    if (drawn.current === view) return;
    drawn.current = view;
    board.rebase(view);
  }, [board, saver, view, version]);
  // What is typed and not sent is not left without a question.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (board.pending().length > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [board]);

  const saving = useSyncExternalStore(saver?.subscribe ?? never, saver?.state ?? idle);
  return {
    board,
    saving,
    sendNow: () => saver?.now(),
    drop: () => {
      board.forget();
      reread();
      saver?.now();
    },
  };
}
const IDLE: SaveState = { is: 'saved' };
const idle = (): SaveState => IDLE;
const never = (): (() => void) => () => undefined;
