// The room while its screen is still being downloaded: faces and sound, one's own microphone, and the way out.
import type { Stage } from '../room/media.ts';
import { h, say } from '../platform/dom.ts';
import { deviceWords } from '../words/devices.ts';
import { entry } from './words/entry.ts';

type Given = { title: string; stage: Stage; showEarly: (stage: Stage, place: HTMLElement) => () => void; onLeave: () => void };

export function earlyRoom({ title, stage, showEarly, onLeave }: Given): { element: HTMLElement; close: () => void } {
  const words = entry();
  const devices = deviceWords();
  const place = h('div', { class: 'early-pictures' });
  const status = h('p', { class: 'quiet', role: 'status' });
  const state = h('span', { class: 'toggle-state' });
  const { own, connection } = stage;
  const microphone = h(
    'button',
    { class: 'button', type: 'button', on: { click: () => void own.turn('microphone', !own.snapshot().on.microphone) } },
    devices.microphone,
    ' ',
    state,
  );

  function draw(): void {
    const { on } = own.snapshot();
    microphone.setAttribute('aria-pressed', String(on.microphone));
    say(state, on.microphone ? devices.on : devices.off);
    say(status, connection.snapshot().state === 'in' ? words.controlsComing : words.joining);
  }

  draw();
  const stops = [showEarly(stage, place), own.subscribe(draw), connection.subscribe(draw)];
  const leave = h('button', { class: 'button', type: 'button', on: { click: onLeave } }, words.leave);
  const element = h('section', { class: 'early' }, h('h1', {}, title), place, h('div', { class: 'gate-actions' }, microphone, leave, status));
  return { element, close: () => stops.forEach((stop) => stop()) };
}
