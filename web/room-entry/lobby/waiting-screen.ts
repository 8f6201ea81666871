// The screen of somebody who waits: since when, in which place, what those who decide say, and a look at the own devices meanwhile.
import type { LobbyView } from '../../../shared/lobby.ts';
import { h, say } from '../../platform/dom.ts';
import { clockZone, dayClock } from '../../platform/time.ts';
import { meetingLines, said } from './lines.ts';
import { words } from './words.ts';

type Given = { leave: () => void; isOffline: () => boolean };

/** `update` says what changed without drawing anew; `stopCheck` lets the devices go. */
export function waitingScreen(now: LobbyView, { leave, isOffline }: Given) {
  const w = words();
  const since = h('p', { class: 'lobby-since', role: 'status' });
  const state = h('p');
  const messages = h('div', { class: 'lobby-messages', 'aria-live': 'polite' });
  const problem = h('p', { class: 'trouble', role: 'status', hidden: true });
  const check = h('div', { class: 'lobby-check' });
  const checkButton = h('button', { class: 'button', type: 'button', on: { click: () => void openCheck() } }, w.wait.check);
  let told = '';
  let stop = (): void => {};
  let gone = false;

  async function openCheck(): Promise<void> {
    checkButton.disabled = true;
    const { lobbyCheck } = await import('./check.ts').catch(() => ((checkButton.disabled = false), { lobbyCheck: null }));
    if (lobbyCheck === null || gone) return;
    const opened = lobbyCheck(words().wait.checkNote);
    stop = opened.stop;
    check.replaceChildren(opened.element);
    checkButton.remove();
  }

  function update({ knock, meeting, message, hostInside }: LobbyView): void {
    if (knock?.state !== 'menunggu') return;
    say(since, w.wait.since(clockZone(knock.since, meeting.zone), knock.place ?? 1));
    const opens = meeting.opensAt === null ? null : dayClock(meeting.opensAt, meeting.zone);
    say(state, meeting.state === 'terjadwal' ? w.wait.notBegun(opens) : hostInside ? w.wait.told : w.wait.noHost);
    problem.hidden = !isOffline();
    say(problem, isOffline() ? w.wait.offline : '');
    const all = [
      ...(message ? [{ from: w.wait.messageAll(clockZone(message.at, meeting.zone)), text: message.text }] : []),
      ...(knock.message ? [{ from: w.wait.messageYou(clockZone(knock.message.at, meeting.zone)), text: knock.message.text }] : []),
    ];
    if (JSON.stringify(all) === told) return;
    told = JSON.stringify(all);
    messages.replaceChildren(...all.map(({ from, text }) => said(from, text)));
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
    h('div', { class: 'gate-actions' }, checkButton, h('button', { class: 'button', type: 'button', on: { click: leave } }, w.wait.leave)),
  );
  update(now);
  return {
    element,
    update,
    stopCheck() {
      gone = true;
      stop();
    },
  };
}
