// Camera and microphone while one waits: seen and heard by nobody else.
import { h } from '../../platform/dom.ts';
import { deviceSelects } from '../../room/device-selects.ts';
import { createOwnDevices } from '../../room/own-devices.ts';
import { ownMirror } from '../../room/own-mirror.ts';

export function lobbyCheck(note: string): { element: HTMLElement; stop: () => void } {
  const devices = createOwnDevices();
  const mirror = ownMirror(devices);
  const selects = deviceSelects(devices);
  void devices.start();
  const stop = (): void => {
    selects.close();
    mirror.close();
    devices.stop();
  };
  return { element: h('div', { class: 'lobby-mirror' }, mirror.element, h('p', { class: 'quiet' }, note), selects.element), stop };
}
