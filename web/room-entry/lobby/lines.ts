// What every screen of the waiting room says of the meeting.
import type { LobbyView } from '../../../shared/lobby.ts';
import { h } from '../../platform/dom.ts';
import { dayClock } from '../../platform/time.ts';
import { words } from './words.ts';

export const titleOf = ({ meeting }: LobbyView): string => meeting.title ?? words().someMeeting(meeting.opdName);

export function meetingLines(now: LobbyView): HTMLElement[] {
  const when = words().planned(dayClock(now.meeting.startsAt, now.meeting.zone));
  return [h('p', { class: 'gate-meeting' }, titleOf(now)), h('p', { class: 'quiet' }, now.meeting.title === null ? when : `${when} · ${now.meeting.opdName}`)];
}

/** The meeting below a gate's heading. */
export function about(now: LobbyView, element: HTMLElement): HTMLElement {
  element.querySelector('h1')?.after(...meetingLines(now));
  return element;
}

/** A word of those who decide. */
export const said = (from: string, text: string): HTMLElement => h('blockquote', { class: 'lobby-said' }, h('p', { class: 'quiet' }, from), h('p', {}, text));
