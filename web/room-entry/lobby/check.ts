// Camera, microphone and speaker while one waits: seen and heard by nobody else.
import { h } from '../../platform/dom.ts';
import { deviceCheck } from '../../room/device-check.ts';

export function lobbyCheck(note: string): { element: HTMLElement; stop: () => void } {
  const { element, stop } = deviceCheck();
  return { element: h('div', { class: 'lobby-mirror' }, h('p', { class: 'quiet' }, note), element), stop };
}
