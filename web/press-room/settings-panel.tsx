// Lainnya: devices, language, sound, shortcuts.
import { useEffect, useState } from 'react';
import { chooseLanguage } from '../platform/language.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { keepChoice, listDevices, readChoice, type DeviceKind, type DeviceList } from '../room/choice.ts';
import type { Stage } from '../room/media.ts';
import { pressRoomWords } from '../words/press-room.ts';
import { Panel } from './panel.tsx';
import { kindsOf } from './send.ts';
import type { Toggle } from './use-toggles.ts';
import type { PanelProps } from './visit.ts';

const LANGUAGES = [
  ['id', 'Bahasa Indonesia'],
  ['en', 'English'],
] as const;

export function SettingsPanel({ visit, sound, onClose }: PanelProps & { sound: Toggle }) {
  const words = useWords(pressRoomWords);
  const text = words.settingsPanel;
  const which = useLanguage();
  const { you } = visit.join;
  const kinds = you.kind === 'jurnalis' ? (['microphone'] as const) : kindsOf(you);
  return (
    <Panel title={text.title} onClose={onClose}>
      <div className="settings" role="region" aria-label={text.title} tabIndex={0}>
        <fieldset className="choices">
          <legend>{words.sound}</legend>
          <label>
            <input type="checkbox" checked={sound.on} onChange={sound.toggle} />
            {sound.on ? words.on : words.off}
          </label>
        </fieldset>
        <fieldset className="choices">
          <legend>{text.language}</legend>
          {LANGUAGES.map(([key, word]) => (
            <label key={key}>
              <input type="radio" name="language" checked={key === which} onChange={() => chooseLanguage(key)} />
              {word}
            </label>
          ))}
        </fieldset>
        <Devices stage={visit.stage} kinds={[...kinds, 'speaker']} />
        <section className="wide-only">
          <h3>{text.shortcuts}</h3>
          <dl className="keys">
            {Object.entries(text.keys).map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key === 'escape' ? 'Esc' : key.toUpperCase()}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Panel>
  );
}

function Devices({ stage, kinds }: { stage: Stage; kinds: readonly DeviceKind[] }) {
  const words = useWords(pressRoomWords);
  const text = words.settingsPanel;
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
  const names = { microphone: words.microphone, camera: words.camera, speaker: text.speaker };
  return (
    <section>
      <h3>{text.devices}</h3>
      {shown.map((kind) => (
        <label key={kind} className="device">
          <span>{names[kind]}</span>
          <select value={chosen[kind] ?? list[kind][0]?.id} onChange={(event) => choose(kind, event.target.value)}>
            {list[kind].map(({ id, label }, i) => (
              <option key={id} value={id}>
                {id === 'default' ? text.systemDefault : label || text.unnamedDevice(i + 1)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </section>
  );
}
