// What stays when the ringing screen is gone: a line for calls that still wait, and what became of those that do not ring here any more.
import { clockZone } from '../../platform/clock.ts';
import { h } from '../../platform/dom.ts';
import { language } from '../../platform/language.ts';
import { reasonText, ringWords } from '../../words/ring.ts';
import type { Outcome, Ring } from './rings.ts';

/** `list`: where the list of calls is; not from inside a meeting, which a link would leave. */
type AsidePresses = { list: string | null; open: () => void; join: (outcome: Outcome) => void; read: (outcome: Outcome) => void };

export function createAside(press: AsidePresses) {
  const told = h('div', { class: 'ring-told', role: 'status', 'aria-live': 'assertive' });
  const aside = h('section', { class: 'ring-aside' }, told);
  let key = '';

  /** `waiting`: the calls behind the line; empty while the screen itself stands. */
  function draw(waiting: readonly Ring[], outcomes: readonly Outcome[]): void {
    const next = JSON.stringify([language(), waiting.map((ring) => ring.callId), outcomes]);
    if (next === key && aside.isConnected) return;
    key = next;
    const words = ringWords();
    const line =
      waiting[0] &&
      h(
        'div',
        { class: 'ring-line' },
        h('p', {}, h('strong', {}, words.urgent), ' ', words.waiting(waiting.length, waiting[0].callerName)),
        h('button', { class: 'ring-button ring-join', type: 'button', on: { click: press.open } }, h('span', {}, words.answerNow)),
      );
    aside.setAttribute('aria-label', words.urgent);
    told.replaceChildren(...outcomes.map(row));
    aside.replaceChildren(...(line ? [line] : []), told);
    // Beside an open dialog the rest of the page is inert.
    const dialog = document.querySelector('dialog.ring[open]');
    if (dialog && aside.parentElement !== dialog) dialog.prepend(aside);
    if (!dialog && aside.parentElement !== document.body) document.body.append(aside);
    aside.hidden = !line && outcomes.length === 0;
  }

  function row(outcome: Outcome): HTMLElement {
    const words = ringWords();
    return h(
      'div',
      { class: 'ring-outcome' },
      h('p', {}, h('strong', {}, `${outcome.callerName}: ${outcome.subject}`), h('span', {}, textOf(outcome))),
      outcome.kind === 'said' && h('button', { class: 'ring-button ring-plain', type: 'button', on: { click: () => press.join(outcome) } }, words.joinNow),
      press.list !== null && h('a', { class: 'ring-button ring-quiet', href: press.list }, words.list),
      h('button', { class: 'ring-button ring-quiet', type: 'button', on: { click: () => press.read(outcome) } }, words.close),
    );
  }

  return { draw, close: () => aside.remove() };
}

function textOf(outcome: Outcome): string {
  const words = ringWords();
  if (outcome.kind === 'refused') return outcome.message;
  if (outcome.kind === 'said') {
    const { answer } = outcome;
    return answer.answer === 'menolak' ? words.said.menolak(reasonText(answer.reason)) : words.said.menyusul(answer.minutes);
  }
  const { why, at, zone } = outcome;
  if (at !== null && why === 'dibatalkan') return words.elsewhere.dibatalkanAt(clockZone(at, zone, language()));
  if (at !== null && why === 'berakhir') return words.elsewhere.berakhirAt(clockZone(at, zone, language()));
  return words.elsewhere[why];
}
