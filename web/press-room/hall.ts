// Before the stage, for everybody who comes to watch: what is going on, who speaks, when, and one button once it is on air.
import { h, say } from '../platform/dom.ts';
import { serverNow } from '../platform/server-time.ts';
import { clockZone, dayClock } from '../platform/time.ts';
import { notice } from '../room/notice.ts';
import { hall as words } from '../words/press-hall.ts';
import { crewList } from './crew-list.ts';
import { spanUntil } from './span.ts';
import type { Join } from './visit.ts';

type Given = { join: Join; /** Pressed, or the notice was read. */ onWatch: () => void; onLive: () => void };
export type Hall = {
  element: HTMLElement;
  update: (join: Join) => void;
  joining: (on: boolean) => void;
  trouble: (text: string | null) => void;
  close: () => void;
};

/** On air for who watches: the five seconds before it are over. */
export const onAir = ({ conference: { liveAt, state } }: Join): boolean =>
  liveAt !== null && Date.parse(liveAt) <= serverNow() && (state === 'tayang' || state === 'tanya_jawab');

export function hall({ join, onWatch, onLive }: Given): Hall {
  const text = words();
  let now = join;
  let busy = false;
  let wasLive = onAir(join);
  const mark = h('p', { class: 'live-mark', hidden: true }, text.live);
  const when = h('p', { class: 'when' });
  const left = h('p', { class: 'countdown', role: 'timer' });
  const watchers = h('p', { class: 'quiet' });
  const registered = h('div', { class: 'place-card' });
  const toRead = join.notice?.texts ? notice({ notice: join.notice, zone: join.conference.zone, button: text.watch }) : null;
  const button = h('button', { class: 'button button-main gabung', type: 'button', on: { click: onWatch } });
  const problem = h('p', { class: 'trouble', role: 'status', hidden: true });
  const hint = h('p', { class: 'quiet' }, text.watchHint);

  function draw(): void {
    const { conference, you, viewers } = now;
    const live = onAir(now);
    if (live && !wasLive) onLive();
    wasLive = live;
    const today = Math.abs(Date.parse(conference.startsAt) - serverNow()) < 12 * 3_600_000;
    mark.hidden = !live;
    when.hidden = left.hidden = live;
    say(when, text.startsAt(today ? clockZone(conference.startsAt, conference.zone) : dayClock(conference.startsAt, conference.zone)));
    const span = spanUntil(Date.parse(conference.liveAt ?? conference.startsAt) - serverNow(), text);
    say(left, span === null ? text.soon : text.in(span));
    watchers.hidden = !live || viewers === 0;
    say(watchers, text.watchers(viewers));
    button.hidden = hint.hidden = !live;
    if (toRead) toRead.line.hidden = !live;
    button.disabled = busy;
    say(button, busy ? text.connecting : text.watch);
    drawYou(you);
  }

  function drawYou({ kind, name, label, registration }: Join['you']): void {
    const key = `${kind}${label}${registration}`;
    if (registered.dataset['key'] === key) return;
    registered.dataset['key'] = key;
    registered.replaceChildren(
      ...(kind === 'jurnalis' && registration !== null
        ? [
            h('p', { class: 'quiet' }, text.you),
            h('p', { class: 'card-name' }, label ?? name ?? ''),
            h('p', { class: 'card-line' }, `${text.registration[registration]}. ${text.registrationHint[registration]}`),
          ]
        : [h('a', { class: 'register', href: `/pers/${now.conference.slug}/daftar` }, text.register)]),
    );
  }

  const { conference } = join;
  const element = h(
    'section',
    { class: 'siaran' },
    h('div', { class: 'siaran-what' }, mark, h('p', { class: 'quiet' }, text.by(conference.opdName)), h('h1', {}, conference.title), crewList(join)),
    h(
      'div',
      { class: 'siaran-way' },
      when,
      left,
      watchers,
      registered,
      toRead?.block,
      h('div', { class: 'go' }, problem, button, hint, toRead?.line),
      h('a', { class: 'quiet', href: `/pers/${conference.slug}` }, text.conferencePage),
    ),
  );
  const timer = window.setInterval(draw, 500);
  draw();
  return {
    element,
    update(next) {
      now = next;
      draw();
    },
    joining(on) {
      busy = on;
      draw();
    },
    trouble(said) {
      problem.hidden = said === null;
      say(problem, said ?? '');
    },
    close: () => window.clearInterval(timer),
  };
}
