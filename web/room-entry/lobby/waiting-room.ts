// The waiting room of somebody who is not invited: says who they are, waits, reads what hosts say, and goes in when one says yes. Plain DOM.
// Who they are is the browser's own mark (or the session): a reload, a lost connection and a portal that starts anew change nothing.
import type { deleteKnock, LobbyView, postKnock, postLobbyView } from '../../../shared/lobby.ts';
import { call, Refused } from '../../platform/call.ts';
import { h } from '../../platform/dom.ts';
import { onLanguage } from '../../platform/language.ts';
import { openLive, type LiveSocket } from '../../platform/live-socket.ts';
import { gate, languageButton, show } from '../../ui/gate.ts';
import { askForm, type Claim } from './ask-form.ts';
import { about, titleOf } from './lines.ts';
import { waitingScreen } from './waiting-screen.ts';
import { words } from './words.ts';
import '../../ui/fonts.css';
import './lobby.css';

export type LobbyDoor = { meetingId: string } | { code: string };

const POLL_MS = 20_000;
const AGAIN_MS = 4_000;

/** By the common link of a meeting. */
export async function openByCode(root: HTMLElement, code: string): Promise<void> {
  const { lost, failed, again } = words();
  const stand = (title: string, body: string): void =>
    show(
      root,
      h('div', { class: 'hall' }, languageButton(), gate({ title, body, tone: 'wait', actions: [{ label: again, press: () => location.reload() }] })),
      'lobby-lost',
    );
  try {
    if (!(await openWaitingRoom(root, { code }))) stand(lost.title, lost.text);
  } catch (error) {
    stand(failed, error instanceof Refused ? error.message : '');
    window.setTimeout(() => location.reload(), AGAIN_MS * (1 + Math.random()));
  }
}

/** Answers whether there is a waiting room for whoever asks; else nothing is drawn. */
export async function openWaitingRoom(root: HTMLElement, door: LobbyDoor, first?: LobbyView): Promise<boolean> {
  let view = first ?? (await ask());
  if (view === null) return false;
  let offline = false;
  let live: LiveSocket | null = null;
  let watched: string | null = null;
  let stopWatching = (): void => {};
  let stopCheck = (): void => {};
  let shown = '';
  let update = (_next: LobbyView): void => {};
  let timer = 0;
  let gone = false;
  const typed: Claim = { name: '', institution: '' };

  onLanguage(() => draw(true));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void again());
  take(view);
  return true;

  async function ask(): Promise<LobbyView | null> {
    try {
      return await call<typeof postLobbyView>('POST', '/api/lobby', { body: door });
    } catch (error) {
      if (error instanceof Refused && (error.code === 'not_found' || error.code === 'session.required' || error.code === 'input.invalid')) return null;
      throw error;
    }
  }

  async function again(): Promise<void> {
    if (gone) return;
    try {
      const next = await ask();
      offline = false;
      if (next === null) return lose();
      take(next);
    } catch {
      offline = true;
      if (view) update(view);
      later(AGAIN_MS);
    }
  }

  function later(ms: number): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void again(), ms * (0.75 + Math.random() / 2));
  }

  function take(next: LobbyView): void {
    view = next;
    if (next.way !== null) return goIn(next.way);
    const id = next.knock?.state === 'menunggu' ? next.knock.id : null;
    if (id !== watched) {
      stopWatching();
      watched = id;
      stopWatching = id === null ? () => {} : watch(id);
    }
    draw(false);
    later(POLL_MS);
  }

  function watch(id: string): () => void {
    if (live === null) {
      live = openLive();
      live.onMessage(({ type }) => type === 'knock.changed' && void again());
    }
    return live.watch(`knock:${id}`, () => void again());
  }

  function close(): void {
    gone = true;
    window.clearTimeout(timer);
    stopCheck();
    live?.close();
  }

  function goIn(way: string): void {
    close();
    document.title = words().admitted;
    show(root, hall(gate({ title: words().admitted, body: words().admittedText, actions: [] })), 'admitted');
    if (new URL(way, location.href).pathname === location.pathname && !way.includes('#')) location.reload();
    else location.assign(way);
  }

  function lose(): void {
    close();
    const { lost, again: word } = words();
    show(root, hall(gate({ title: lost.title, body: lost.text, tone: 'wait', actions: [{ label: word, press: () => location.reload() }] })), 'lobby-lost');
  }

  /** Answers why not. */
  async function knock(claim: Claim | null): Promise<Refused | null> {
    try {
      take(await call<typeof postKnock>('POST', '/api/lobby/knocks', { body: { ...door, ...claim } }));
      return null;
    } catch (error) {
      if (!(error instanceof Refused)) return null;
      if (error.code === 'lobby.blocked' || error.code === 'lobby.denied' || error.code === 'meeting.ended') void again();
      return error;
    }
  }

  async function leave(): Promise<void> {
    if (!view?.knock) return;
    await call<typeof deleteKnock>('DELETE', '/api/lobby/knocks/:id', { params: { id: view.knock.id } }).catch(() => {});
    stopCheck();
    void again();
  }

  function waits(now: LobbyView): HTMLElement {
    stopCheck();
    const waiting = waitingScreen(now, { leave: () => void leave(), isOffline: () => offline });
    ({ update, stopCheck } = waiting);
    return waiting.element;
  }

  function hall(inner: HTMLElement): HTMLElement {
    return h('div', { class: 'hall' }, languageButton(), inner);
  }
  function draw(anew: boolean): void {
    if (!view || gone) return;
    const kind = kindOf(view);
    document.title = words().page(titleOf(view));
    if (!anew && shown === kind) return update(view);
    if (kind !== 'wait') stopCheck();
    shown = kind;
    update = () => {};
    show(root, hall(screen(kind, view)), `lobby-${kind}`);
  }

  function screen(kind: ReturnType<typeof kindOf>, now: LobbyView): HTMLElement {
    const w = words();
    switch (kind) {
      case 'wait':
        return waits(now);
      case 'over':
        return about(now, gate({ title: w.over.title, body: w.over.text, actions: [] }));
      case 'cancelled':
        return about(now, gate({ title: w.cancelled.title, body: w.cancelled.text, tone: 'wait', actions: [] }));
      case 'blocked':
        return about(now, gate({ title: w.blocked.title, body: w.blocked.text, tone: 'alarm', actions: [] }));
      case 'ask':
      case 'denied':
        return askForm(now, { typed, byCode: 'code' in door, knock });
    }
  }
}

function kindOf({ meeting, knock }: LobbyView): 'wait' | 'ask' | 'denied' | 'blocked' | 'over' | 'cancelled' {
  if (meeting.state === 'berakhir') return 'over';
  if (meeting.state === 'dibatalkan') return 'cancelled';
  if (knock?.state === 'menunggu') return 'wait';
  if (knock?.state === 'ditolak') return 'denied';
  return knock?.state === 'diblokir' ? 'blocked' : 'ask';
}
