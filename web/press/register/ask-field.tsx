// A question in advance, folded away: most have none.
import { fieldFailure } from '../../platform/api.ts';
import type { Refused } from '../../platform/call.ts';
import { useWords } from '../../platform/words.ts';
import { Field, TextField } from '../../ui/field.tsx';
import { registerWords } from '../../words/press-register.ts';

type Question = { topic: string; text: string };
export const noQuestion: Question = { topic: '', text: '' };
/** Without a text it is none. */
export const questionOf = ({ topic, text }: Question): Question | null => (text.trim() === '' ? null : { topic, text });

type Props = { value: Question; onValue: (question: Question) => void; failure: Refused | undefined };

export function AskField({ value, onValue, failure }: Props) {
  const w = useWords(registerWords);
  const begun = value.text.trim() !== '';
  const wrongTopic = fieldFailure(failure, 'question.topic');
  const wrongText = fieldFailure(failure, 'question.text');
  return (
    <details className="fold" open={wrongTopic !== undefined || wrongText !== undefined || undefined}>
      <summary>
        {w.ask} <small>{w.askHint}</small>
      </summary>
      <div className="stack">
        <TextField
          label={w.topic}
          value={value.topic}
          onValue={(topic) => onValue({ ...value, topic })}
          required={begun}
          maxLength={120}
          autoComplete="off"
          error={wrongTopic}
        />
        <Field label={w.question} error={wrongText}>
          {(props) => (
            <textarea {...props} rows={4} maxLength={2000} value={value.text} onChange={(event) => onValue({ ...value, text: event.target.value })} />
          )}
        </Field>
      </div>
    </details>
  );
}
