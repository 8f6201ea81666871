// A question to ask: its choices, who has a voice, and how it is counted.
import { useId, useState } from 'react';
import { newKey } from '../../platform/new-key.ts';
import type { NewPoll } from './portal.ts';
import { useRecordWords } from './words.ts';

const FEWEST = 2;
const MOST = 10;

export function PollForm({ busy, onAsk, onCancel }: { busy: boolean; onAsk: (given: NewPoll) => Promise<void>; onCancel: () => void }) {
  const words = useRecordWords();
  const name = useId();
  const [key] = useState(newKey);
  const [kind, setKind] = useState<NewPoll['kind']>('jajak');
  const [question, setQuestion] = useState('');
  const [choices, setChoices] = useState<readonly { key: string; text: string }[]>(() => words.choicesGiven.map((text) => ({ key: text, text })));
  const [voters, setVoters] = useState<NewPoll['voters']>('hadir');
  const [multiple, setMultiple] = useState(false);
  const [secret, setSecret] = useState(false);
  const [live, setLive] = useState(false);
  const [minutes, setMinutes] = useState('');
  const texts = choices.map(({ text }) => text.trim()).filter((text) => text !== '');
  const ready = question.trim() !== '' && texts.length >= FEWEST && !busy;
  const send = (open: boolean): void =>
    void onAsk({
      key,
      kind,
      question,
      choices: texts,
      multiple,
      secret,
      voters,
      live: live && !secret,
      minutes: minutes === '' ? null : Number(minutes),
      open,
    });
  const check = (label: string, value: boolean, set: (is: boolean) => void, disabled = false) => (
    <label className="poll-check">
      <input type="checkbox" checked={value} disabled={disabled} onChange={(event) => set(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
  return (
    <form
      className="few-words poll-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send(true);
      }}
    >
      <fieldset>
        <legend>{words.pollKind}</legend>
        {(['jajak', 'suara'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={name}
              checked={kind === one}
              onChange={() => {
                setKind(one);
                setVoters(one === 'suara' ? 'jabatan' : 'hadir');
              }}
            />
            <span>{words.kinds[one]}</span>
          </label>
        ))}
      </fieldset>
      <label>
        {words.question}
        <textarea rows={2} maxLength={300} value={question} onChange={(event) => setQuestion(event.target.value)} />
      </label>
      <fieldset className="poll-choices">
        <legend>{words.choices}</legend>
        {choices.map((one, n) => (
          <span key={one.key} className="poll-line">
            <input
              aria-label={words.choice(n + 1)}
              maxLength={120}
              value={one.text}
              onChange={(event) => setChoices((all) => all.map((other) => (other.key === one.key ? { ...other, text: event.target.value } : other)))}
            />
            {choices.length > FEWEST && (
              <button
                type="button"
                className="panel-close"
                aria-label={words.choiceRemove(n + 1)}
                onClick={() => setChoices((all) => all.filter((other) => other.key !== one.key))}
              >
                ×
              </button>
            )}
          </span>
        ))}
        {choices.length < MOST && (
          <button type="button" className="link" onClick={() => setChoices((all) => [...all, { key: newKey(), text: '' }])}>
            {words.choiceAdd}
          </button>
        )}
      </fieldset>
      <label>
        {words.votersField}
        <select value={voters} onChange={(event) => setVoters(event.target.value as NewPoll['voters'])}>
          {(['hadir', 'jabatan', 'unit'] as const).map((one) => (
            <option key={one} value={one}>
              {words.votersOf[one]}
            </option>
          ))}
        </select>
      </label>
      {check(words.multiple, multiple, setMultiple)}
      {check(words.secret, secret, setSecret)}
      {!secret && check(words.liveField, live, setLive)}
      <label>
        {words.deadlineField}
        <input
          type="number"
          inputMode="numeric"
          min={1}
          max={240}
          value={minutes}
          placeholder={words.deadlineHint}
          onChange={(event) => setMinutes(event.target.value)}
        />
      </label>
      <div className="read-buttons">
        <button type="submit" className="button button-main" disabled={!ready}>
          {words.openNow}
        </button>
        <button type="button" className="button" disabled={!ready} onClick={() => send(false)}>
          {words.prepare}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
