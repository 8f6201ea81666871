// The room is not open yet. This screen changes by itself; the chair opens it from here.
import { h } from '../platform/dom.ts';
import type { Join } from './portal.ts';
import { dayClock } from '../platform/time.ts';
import { entry } from './words/entry.ts';

export function waiting({ join, onStart }: { join: Join; onStart: () => void }): HTMLElement {
  const words = entry();
  const { meeting, you } = join;
  return h(
    'section',
    { class: 'gate', 'data-tone': 'wait' },
    h('h1', {}, words.waiting.title),
    h('p', { class: 'gate-meeting' }, meeting.title),
    h('p', { class: 'quiet' }, words.meetingBy(meeting.chairName, meeting.opdName)),
    h('p', {}, you.chair ? words.waiting.chair : words.waiting.body(dayClock(meeting.startsAt, meeting.zone))),
    h(
      'div',
      { class: 'gate-actions' },
      you.chair && h('button', { class: 'button button-main', type: 'button', on: { click: onStart } }, words.waiting.start),
      h('a', { class: 'button', href: `${location.pathname}?periksa${location.hash}` }, words.waiting.check),
    ),
  );
}
