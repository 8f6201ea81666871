// Materials as this page knows them, and what is shown: a turned page comes whole with the message, so nobody asks for it.
import { Refused } from '../../platform/call.ts';
import type { LiveSocket } from '../../platform/live-socket.ts';
import * as portal from './portal.ts';

export type Looking = { material: string; page: number };
export type MaterialsState = {
  now: portal.Materials | null;
  /** The own page; null = follows the presenter. */
  own: Looking | null;
  uploading: { name: string; done: number } | null;
  busy: boolean;
  failure: string | null;
};
export type MaterialsStore = ReturnType<typeof createMaterialsStore>;

const SOON_MS = 150;
const RETRY_MS = 4000;

export function createMaterialsStore(meetingId: string, live: Pick<LiveSocket, 'onMessage' | 'onState'>) {
  const hearers = new Set<() => void>();
  let state: MaterialsState = { now: null, own: null, uploading: null, busy: false, failure: null };
  let asked = 0;
  let timer = 0;
  let closed = false;
  let upload: AbortController | null = null;

  function change(next: Partial<MaterialsState>): void {
    state = { ...state, ...next };
    for (const hear of hearers) hear();
  }
  async function take(answer: Promise<portal.Materials>): Promise<void> {
    asked += 1;
    const mine = asked;
    const told = await answer;
    if (mine !== asked || closed) return;
    // A message may have overtaken the answer.
    const newer = state.now !== null && state.now.step > told.step;
    const now = newer && state.now ? { ...told, showing: state.now.showing, step: state.now.step } : told;
    const gone = state.own !== null && !now.materials.some(({ id }) => id === state.own?.material);
    change({ now, ...(gone && { own: null }) });
  }
  function soon(ms = SOON_MS): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), ms);
  }
  async function ask(): Promise<void> {
    try {
      await take(portal.readMaterials(meetingId));
    } catch (error) {
      if (!closed && (!(error instanceof Refused) || error.code === 'offline')) soon(RETRY_MS);
    }
  }
  const stopMessages = live.onMessage((message) => {
    if (!('meetingId' in message) || message.meetingId !== meetingId) return;
    if (message.type === 'materials.changed') soon();
    if (message.type !== 'showing.changed' || !state.now || message.step <= state.now.step) return;
    const { material, page, by, byName, step } = message;
    const known = material === null || state.now.materials.some(({ id }) => id === material);
    change({ now: { ...state.now, step, showing: material === null ? null : { material, page, by, byName, step } } });
    if (!known) soon(0);
  });
  const stopState = live.onState((is) => is === 'open' && soon(Math.random() * 1000));
  void ask();

  async function act(doing: () => Promise<portal.Materials>): Promise<boolean> {
    change({ busy: true, failure: null });
    try {
      await take(doing());
      change({ busy: false });
      return true;
    } catch (error) {
      change({ busy: false, failure: error instanceof Error ? error.message : String(error) });
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
    look: (own: Looking | null) => change({ own }),
    /** The page that is shown, turned by who shows it; drawn at once, and put back where the portal says no. */
    async turn(material: string | null, page: number): Promise<void> {
      const before = state.now;
      if (before) {
        const by = before.you.member;
        change({
          own: null,
          now: { ...before, showing: material === null ? null : { material, page, by, byName: before.showing?.byName ?? '', step: before.step } },
        });
      }
      if (!(await act(() => portal.show(meetingId, material, page)))) await ask();
    },
    async putUp(file: File): Promise<void> {
      upload?.abort();
      const stop = new AbortController();
      upload = stop;
      change({ uploading: { name: file.name, done: 0 }, failure: null });
      try {
        const id = await portal.upload(meetingId, 'materi', file, stop.signal, (done) => change({ uploading: { name: file.name, done } }));
        const title =
          file.name
            .replace(/\.[a-z0-9]{1,5}$/i, '')
            .replace(/[_\s]+/g, ' ')
            .trim()
            .slice(0, 160) || file.name;
        await take(portal.putUp(meetingId, id, title));
      } catch (error) {
        if (!stop.signal.aborted) change({ failure: error instanceof Error ? error.message : String(error) });
      }
      if (upload === stop) change({ uploading: null });
    },
    stopUpload() {
      upload?.abort();
      change({ uploading: null });
    },
    close() {
      closed = true;
      upload?.abort();
      window.clearTimeout(timer);
      stopMessages();
      stopState();
    },
  };
}
