// Lainnya: devices, view, language, shortcuts, and on a phone what the row has no place for.
import { chooseLanguage, type Language } from '../platform/language.ts';
import type { Stage } from '../room/media.ts';
import type { OwnSnapshot } from '../room/stage-room.tsx';
import type { DeviceKind } from '../room/choice.ts';
import { DeviceChoices } from '../room/device-choices.tsx';
import { CaptionChoices } from '../ui/caption-choices.tsx';
import { EffectChoices } from '../room/effect-choices.tsx';
import type { OwnTools } from '../room/own-media-strips.tsx';
import { useWords as useDictionary } from '../platform/words.ts';
import { ownMediaWords } from '../words/own-media.ts';
import { Icon } from '../ui/icon.tsx';
import { Panel } from './panel.tsx';
import type { View } from './stage-view.tsx';
import { useLanguage, useWords } from './use-words.ts';

type Props = {
  stage: Stage;
  own: OwnSnapshot;
  tools: OwnTools | null;
  view: View;
  onView: (view: View) => void;
  handsUp: number;
  onPeople: () => void;
  onDecisions: () => void;
  /** For those who lead or serve. */
  onModerate?: () => void;
  onEnd?: () => void;
  onClose: () => void;
};
const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];

export function SettingsPanel({ stage, own, tools, view, onView, handsUp, onPeople, onDecisions, onModerate, onEnd, onClose }: Props) {
  const words = useWords();
  const text = words.settings;
  const media = useDictionary(ownMediaWords);
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
        <section className="narrow-only more-parts">
          <button type="button" className="button" onClick={onPeople}>
            <Icon name="people" />
            {words.peopleList}
            {handsUp > 0 && <small>{words.handsRaised(handsUp)}</small>}
          </button>
          <button type="button" className="button" onClick={onDecisions}>
            <Icon name="decision" />
            {words.decisions}
          </button>
          {onModerate && (
            <button type="button" className="button" onClick={onModerate}>
              <Icon name="moderate" />
              {words.moderateTitle}
            </button>
          )}
          {own.canShare && (
            <button type="button" className="button" disabled={!own.toggleShare} onClick={own.toggleShare}>
              <Icon name="screen" />
              {own.sharing ? words.stopShare : words.share}
            </button>
          )}
          {onEnd && (
            <button type="button" className="button button-alarm" onClick={onEnd}>
              <Icon name="end" />
              {words.endForAll}
            </button>
          )}
        </section>
        <Choices legend={words.view.label} name="view" choices={views} value={view} onChoose={onView} />
        {tools && (
          <fieldset className="choices">
            <legend>{media.saver}</legend>
            <label>
              <input type="checkbox" checked={tools.saver.step !== 'semua'} onChange={tools.saver.toggle} />
              {media.saver}
            </label>
            <small>{media.saverHint}</small>
          </fieldset>
        )}
        <CaptionChoices />
        <EffectChoices stage={stage} />
        {tools?.small && (
          <section>
            <button type="button" className="button" onClick={tools.small}>
              {media.small}
            </button>
            <p className="quiet">{media.smallHint}</p>
          </section>
        )}
        <DeviceChoices stage={stage} kinds={KINDS} title={text.devices} />
        <Choices legend={text.language} name="language" choices={languages} value={which} onChoose={chooseLanguage} />
        <section className="wide-only">
          <h3>{text.shortcuts}</h3>
          <dl className="keys">
            {Object.entries(text.keys).map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key === 'escape' ? 'Esc' : key === 'space' ? text.space : key.toUpperCase()}</kbd>
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
