// Lainnya: devices, language, sound, shortcuts.
import { chooseLanguage } from '../platform/language.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { CaptionChoices } from '../ui/caption-choices.tsx';
import { EffectChoices } from '../room/effect-choices.tsx';
import { DeviceChoices } from '../room/device-choices.tsx';
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
        <CaptionChoices />
        {kinds.length > 0 && <EffectChoices stage={visit.stage} effects={kinds.map((kind) => (kind === 'camera' ? 'blur' : 'quiet'))} />}
        <DeviceChoices stage={visit.stage} kinds={[...kinds, 'speaker']} title={text.devices} />
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
