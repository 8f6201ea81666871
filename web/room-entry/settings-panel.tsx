// Lainnya: devices, view, language, shortcuts, and on a phone what the row has no place for.
import { useEffect, useState } from 'react';
import { chooseLanguage, type Language } from '../platform/language.ts';
import type { Stage } from '../room/media.ts';
import type { OwnSnapshot } from '../room/stage-room.tsx';
import { keepChoice, listDevices, readChoice, type DeviceKind, type DeviceList } from '../room/choice.ts';
import { Panel } from './panel.tsx';
import type { View } from './stage-view.tsx';
import { useLanguage, useWords } from './use-words.ts';

type Props = {
  stage: Stage;
  own: OwnSnapshot;
  view: View;
  onView: (view: View) => void;
  onEnd?: () => void;
  onClose: () => void;
};
const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];

export function SettingsPanel({ stage, own, view, onView, onEnd, onClose }: Props) {
  const words = useWords();
  const text = words.settings;
  const which = useLanguage();
  const languages: [Language, string][] = [
    ['id', 'Bahasa Indonesia'],
    ['en', 'English'],
  ];
  const views: [View, string][] = [
    ['grid', words.view.grid],
    ['speaker', words.view.speaker],
  ];
  return (
    <Panel title={text.title} onClose={onClose}>
      <div className="settings" role="region" aria-label={text.title} tabIndex={0}>
        {(own.canShare || onEnd) && (
          <section className="narrow-only">
            {own.canShare && (
              <button type="button" className="button" disabled={!own.toggleShare} onClick={own.toggleShare}>
                {own.sharing ? words.stopShare : words.share}
              </button>
            )}
            {onEnd && (
              <button type="button" className="button button-alarm" onClick={onEnd}>
                {words.endForAll}
              </button>
            )}
          </section>
        )}
        <Choices legend={words.view.label} name="view" choices={views} value={view} onChoose={onView} />
        <Devices stage={stage} />
        <Choices legend={text.language} name="language" choices={languages} value={which} onChoose={chooseLanguage} />
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

function Choices<T extends string>({
  legend,
  name,
  choices,
  value,
  onChoose,
}: {
  legend: string;
  name: string;
  choices: [T, string][];
  value: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {choices.map(([key, word]) => (
        <label key={key}>
          <input type="radio" name={name} checked={key === value} onChange={() => onChoose(key)} />
          {word}
        </label>
      ))}
    </fieldset>
  );
}

function Devices({ stage }: { stage: Stage }) {
  const words = useWords();
  const text = words.settings;
  const [list, setList] = useState<DeviceList | null>(null);
  const [chosen, setChosen] = useState(() => stage.own.chosen());
  useEffect(() => {
    const look = (): void => void listDevices().then(setList);
    look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look);
  }, []);
  const kinds = KINDS.filter((kind) => (list?.[kind].length ?? 0) > 0);
  if (!list || kinds.length === 0) return null;

  function choose(kind: DeviceKind, id: string): void {
    setChosen({ ...chosen, [kind]: id });
    const choice = readChoice();
    choice.devices[kind] = {
      id,
      label: list?.[kind].find((device) => device.id === id)?.label ?? '',
    };
    keepChoice(choice);
    void stage.own.choose(kind, id);
  }
  const names = { microphone: words.microphone, camera: words.camera, speaker: text.speaker };
  return (
    <section>
      <h3>{text.devices}</h3>
      {kinds.map((kind) => (
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
