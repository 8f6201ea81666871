// The waiting room of somebody who is not invited: says who they are, waits, reads what hosts say, and goes in when one says yes. Plain DOM.
// Who they are is the browser's own mark (or the session): a reload, a lost connection and a portal that starts anew change nothing.
import type { deleteKnock, LobbyView, postKnock, postLobbyView } from '../../../shared/lobby.ts';
import { call, Refused } from '../../platform/call.ts';
import { h, say } from '../../platform/dom.ts';
import { onLanguage } from '../../platform/language.ts';
import { openLive, type LiveSocket } from '../../platform/live-socket.ts';
import { clockZone, dayClock } from '../../platform/time.ts';
import { gate, languageButton, show } from '../../ui/gate.ts';
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
  let failure: Refused | null = null;
  let offline = false;
  let busy = false;
  let live: LiveSocket | null = null;
  let watched: string | null = null;
  let stopWatching = (): void => {};
  let stopCheck = (): void => {};
  let shown = '';
  let update = (_next: LobbyView): void => {};
  let timer = 0;
  let gone = false;
  const typed = { name: '', institution: '' };

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

  function hall(inner: HTMLElement): HTMLElement {
    return h('div', { class: 'hall' }, languageButton(), inner);
  }
  function titleOf({ meeting }: LobbyView): string {
    return meeting.title ?? words().someMeeting(meeting.opdName);
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
        return asks(now, kind);
    }
  }

  /** The meeting below a gate's heading. */
  function about(now: LobbyView, element: HTMLElement): HTMLElement {
    element.querySelector('h1')?.after(...meetingLines(now));
    return element;
  }
  function meetingLines(now: LobbyView): HTMLElement[] {
    const when = words().planned(dayClock(now.meeting.startsAt, now.meeting.zone));
    return [
      h('p', { class: 'gate-meeting' }, titleOf(now)),
      h('p', { class: 'quiet' }, now.meeting.title === null ? when : `${when} · ${now.meeting.opdName}`),
    ];
  }

  function asks(now: LobbyView, kind: 'ask' | 'denied'): HTMLElement {
    const w = words();
    const { knock, you } = now;
    const guest = you.badge === 'Tamu';
    const denied = kind === 'denied' && knock !== null;
    if (knock) Object.assign(typed, { name: typed.name || knock.name, institution: typed.institution || (knock.institution ?? '') });
    const problem = h('p', { class: 'trouble', role: 'alert', hidden: true });
    const fields = guest ? [field('name', w.ask.name, 'name', 80), field('institution', w.ask.institution, 'organization', 120)] : [];
    const left = denied ? knock.left : 1;
    const button = h('button', { class: 'button button-main', type: 'submit' }, denied ? w.ask.again(left) : w.ask.button);
    const form = h(
      'form',
      { class: 'lobby-form', on: { submit: (event) => (event.preventDefault(), void send()) } },
      ...fields.map(({ element }) => element),
      guest && h('p', { class: 'quiet' }, w.ask.kept),
      problem,
      h(
        'div',
        { class: 'gate-actions' },
        button,
        guest && 'code' in door && h('a', { class: 'button', href: `/masuk?ke=${encodeURIComponent(location.pathname)}` }, w.ask.signIn),
      ),
    );

    async function send(): Promise<void> {
      if (busy) return;
      busy = button.disabled = true;
      failure = null;
      try {
        take(await call<typeof postKnock>('POST', '/api/lobby/knocks', { body: { ...door, ...(guest && typed) } }));
      } catch (error) {
        failure = error instanceof Refused ? error : null;
        if (failure?.code === 'lobby.blocked' || failure?.code === 'lobby.denied' || failure?.code === 'meeting.ended') void again();
      } finally {
        busy = button.disabled = false;
      }
      problem.hidden = failure === null || failure.fields.length > 0;
      say(problem, failure?.message ?? '');
      for (const one of fields) one.tell(failure?.fields.find(({ path }) => path === one.path)?.message ?? null);
      fields.find(({ path }) => failure?.fields.some((wrong) => wrong.path === path))?.input.focus();
    }

    return h(
      'section',
      { class: 'gate', 'data-tone': denied ? 'alarm' : 'wait' },
      h('h1', {}, denied ? w.denied.title : w.ask.title),
      ...meetingLines(now),
      denied && knock.message ? said(w.wait.messageYou(clockZone(knock.message.at, now.meeting.zone)), knock.message.text) : null,
      h('p', {}, denied ? (left > 0 ? w.denied.text : w.denied.never) : guest ? w.ask.guest : w.ask.staff),
      !guest && you.name !== null && left > 0 && h('p', {}, w.ask.as(you.name)),
      left > 0 && form,
    );
  }

  function field(path: 'name' | 'institution', label: string, autocomplete: string, most: number) {
    const id = `lobby-${path}`;
    const wrong = h('p', { class: 'trouble', id: `${id}-wrong`, hidden: true });
    const input = h('input', {
      id,
      type: 'text',
      autocomplete,
      maxlength: most,
      required: true,
      value: typed[path],
      on: { input: () => (typed[path] = input.value) },
    });
    const tell = (text: string | null): void => {
      wrong.hidden = text === null;
      say(wrong, text ?? '');
      if (text === null) input.removeAttribute('aria-describedby');
      else input.setAttribute('aria-describedby', wrong.id);
      input.toggleAttribute('aria-invalid', text !== null);
    };
    return { path, input, tell, element: h('div', { class: 'lobby-field' }, h('label', { for: id }, label), input, wrong) };
  }

  function said(from: string, text: string): HTMLElement {
    return h('blockquote', { class: 'lobby-said' }, h('p', { class: 'quiet' }, from), h('p', {}, text));
  }

  function waits(now: LobbyView): HTMLElement {
    const w = words();
    const since = h('p', { class: 'lobby-since', role: 'status' });
    const state = h('p');
    const messages = h('div', { class: 'lobby-messages', 'aria-live': 'polite' });
    const problem = h('p', { class: 'trouble', role: 'status', hidden: true });
    const check = h('div', { class: 'lobby-check' });
    const checkButton = h('button', { class: 'button', type: 'button', on: { click: () => void openCheck() } }, w.wait.check);
    let told = '';

    async function openCheck(): Promise<void> {
      checkButton.disabled = true;
      const { lobbyCheck } = await import('./check.ts').catch(() => ((checkButton.disabled = false), { lobbyCheck: null }));
      if (lobbyCheck === null || gone) return;
      const opened = lobbyCheck(words().wait.checkNote);
      stopCheck = opened.stop;
      check.replaceChildren(opened.element);
      checkButton.remove();
    }

    update = (next) => {
      const { knock, meeting } = next;
      if (knock?.state !== 'menunggu') return;
      say(since, w.wait.since(clockZone(knock.since, meeting.zone), knock.place ?? 1));
      const opens = meeting.opensAt === null ? null : dayClock(meeting.opensAt, meeting.zone);
      say(state, meeting.state === 'terjadwal' ? w.wait.notBegun(opens) : next.hostInside ? w.wait.told : w.wait.noHost);
      problem.hidden = !offline;
      say(problem, offline ? w.wait.offline : '');
      const all = [
        ...(next.message ? [{ from: w.wait.messageAll(clockZone(next.message.at, meeting.zone)), text: next.message.text }] : []),
        ...(knock.message ? [{ from: w.wait.messageYou(clockZone(knock.message.at, meeting.zone)), text: knock.message.text }] : []),
      ];
      if (JSON.stringify(all) === told) return;
      told = JSON.stringify(all);
      messages.replaceChildren(...all.map(({ from, text }) => said(from, text)));
    };

    async function leave(): Promise<void> {
      if (!view?.knock) return;
      await call<typeof deleteKnock>('DELETE', '/api/lobby/knocks/:id', { params: { id: view.knock.id } }).catch(() => {});
      stopCheck();
      void again();
    }

    const element = h(
      'section',
      { class: 'gate lobby-waits', 'data-tone': 'wait' },
      h('h1', {}, w.wait.title),
      ...meetingLines(now),
      since,
      state,
      messages,
      problem,
      check,
      h('div', { class: 'gate-actions' }, checkButton, h('button', { class: 'button', type: 'button', on: { click: () => void leave() } }, w.wait.leave)),
    );
    update(now);
    return element;
  }
}

function kindOf({ meeting, knock }: LobbyView): 'wait' | 'ask' | 'denied' | 'blocked' | 'over' | 'cancelled' {
  if (meeting.state === 'berakhir') return 'over';
  if (meeting.state === 'dibatalkan') return 'cancelled';
  if (knock?.state === 'menunggu') return 'wait';
  if (knock?.state === 'ditolak') return 'denied';
  return knock?.state === 'diblokir' ? 'blocked' : 'ask';
}
