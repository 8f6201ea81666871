// A question in advance, folded away: most have none.
import { useWords } from '../../platform/words.ts';
import { Field, TextField } from '../../ui/field.tsx';
import { registerWords } from '../../words/press-register.ts';

type Question = { topic: string; text: string };
export const noQuestion: Question = { topic: '', text: '' };
/** Without a text it is none. */
export const questionOf = ({ topic, text }: Question): Question | null => (text.trim() === '' ? null : { topic, text });

export function AskField({ value, onValue }: { value: Question; onValue: (question: Question) => void }) {
  const w = useWords(registerWords);
  const begun = value.text.trim() !== '';
  return (
    <details className="fold">
      <summary>
        {w.ask} <small>{w.askHint}</small>
      </summary>
      <div className="stack">
        <TextField label={w.topic} value={value.topic} onValue={(topic) => onValue({ ...value, topic })} required={begun} maxLength={120} autoComplete="off" />
        <Field label={w.question}>
          {(props) => (
            <textarea {...props} rows={4} maxLength={2000} value={value.text} onChange={(event) => onValue({ ...value, text: event.target.value })} />
          )}
        </Field>
      </div>
    </details>
  );
}
