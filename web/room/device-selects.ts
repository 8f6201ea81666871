// Choice of camera, microphone and speaker, folded away until somebody wants it.
import type { DeviceKind } from './choice.ts';
import { h } from '../platform/dom.ts';
import { deviceWords } from '../words/devices.ts';
import type { DeviceStore } from './own-devices.ts';

const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];

/** `kinds`: what this person may use at all. */
export function deviceSelects(devices: DeviceStore, kinds: readonly DeviceKind[] = KINDS): { element: HTMLElement; close: () => void } {
  const words = deviceWords();
  const rows = kinds.map((kind) => {
    const select = h('select', { on: { change: () => devices.choose(kind, select.value) } });
    return { kind, select, row: h('label', {}, h('span', {}, words[kind]), select) };
  });
  const element = h('details', { class: 'devices' }, h('summary', {}, words.devices), ...rows.map(({ row }) => row));

  function draw(): void {
    const { list, chosen } = devices.snapshot();
    for (const { kind, select, row } of rows) {
      // A browser that cannot choose speakers lists none.
      row.hidden = list[kind].length === 0;
      const key = JSON.stringify(list[kind]);
      if (select.dataset['list'] !== key) {
        select.dataset['list'] = key;
        select.replaceChildren(
          ...list[kind].map(({ id, label }, i) => h('option', { value: id }, id === 'default' ? words.systemDefault : label || words.unnamedDevice(i + 1))),
        );
      }
      const wanted = chosen[kind];
      if (wanted !== undefined && select.value !== wanted) select.value = wanted;
    }
    element.hidden = kinds.every((kind) => list[kind].length === 0);
  }

  draw();
  return { element, close: devices.subscribe(draw) };
}
