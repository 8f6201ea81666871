// Which microphone, camera and speaker, for somebody who is inside: chosen here, kept for the next room.
import { useEffect, useState } from 'react';
import { useWords } from '../platform/words.ts';
import { deviceDictionary } from '../words/devices.ts';
import { keepChoice, listDevices, readChoice, type DeviceKind, type DeviceList } from './choice.ts';
import type { Stage } from './media.ts';

/** `kinds`: what this person may use at all. Nothing where this browser has none of them. */
export function DeviceChoices({ stage, kinds, title }: { stage: Stage; kinds: readonly DeviceKind[]; title: string }) {
  const words = useWords(deviceDictionary);
  const [list, setList] = useState<DeviceList | null>(null);
  const [chosen, setChosen] = useState(() => stage.own.chosen());
  useEffect(() => {
    const look = (): void => void listDevices().then(setList);
    look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look);
  }, []);
  const shown = kinds.filter((kind) => (list?.[kind].length ?? 0) > 0);
  if (!list || shown.length === 0) return null;

  function choose(kind: DeviceKind, id: string): void {
    setChosen({ ...chosen, [kind]: id });
    const choice = readChoice();
    choice.devices[kind] = { id, label: list?.[kind].find((device) => device.id === id)?.label ?? '' };
    keepChoice(choice);
    void stage.own.choose(kind, id);
  }
  return (
    <section>
      <h3>{title}</h3>
      {shown.map((kind) => (
        <label key={kind} className="device">
          <span>{words[kind]}</span>
          <select value={chosen[kind] ?? list[kind][0]?.id} onChange={(event) => choose(kind, event.target.value)}>
            {list[kind].map(({ id, label }, i) => (
              <option key={id} value={id}>
                {id === 'default' ? words.systemDefault : label || words.unnamedDevice(i + 1)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </section>
  );
}
