// One question at the side: word for word, what became of it, and what may be done with it now.
import { useState, type FormEvent, type ReactNode } from 'react';
import type { CrewMember } from '../../../shared/press.ts';
import type { Zone } from '../../../shared/people.ts';
import type { DeskQuestion, postAnswer, postScreening } from '../../../shared/press-floor.ts';
import { fieldFailure, useWrite } from '../../platform/api.ts';
import { dayIn } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Segmented, SelectField, TextField } from '../../ui/field.tsx';
import { PlaceCard } from '../../ui/marks.tsx';
import { Note } from '../../ui/notice.tsx';
import { commonWords } from '../../words/common.ts';
import { questionWords } from '../../words/press-questions.ts';
import { Became, QuestionMark } from './question-row.tsx';

type Act = 'saring' | 'tertulis' | 'ditunda' | 'tolak';
type Crew = Pick<CrewMember, 'id' | 'name' | 'label'>;
export const QUESTIONS_CHANGED = ['/api/conferences/:id/questions', '/api/press-answers/owed'];

/** What may be done now. Who only owes an answer gives it, and no more. */
export function actsFor({ state, oral, answeredBy }: DeskQuestion, leads: boolean, over: boolean): Act[] {
  if (!leads) return state === 'ditunda' ? ['tertulis'] : [];
  // Nobody is given the floor any more.
  if (state === 'diajukan') return [...(over ? [] : (['saring'] as const)), 'tertulis', 'ditunda', 'tolak'];
  if (state === 'disaring') return ['tertulis', 'ditunda', 'tolak'];
  if (state === 'ditunda' || (state === 'dijawab' && oral === true && answeredBy.length === 0)) return ['tertulis', 'ditunda'];
  return [];
}

type Props = {
  question: DeskQuestion;
  conferenceId: string;
  zone: Zone;
  crew: readonly Crew[];
  leads: boolean;
  over: boolean;
  more?: ReactNode;
  onClose: () => void;
};

export function QuestionDetail({ question, conferenceId, zone, crew, leads, over, more, onClose }: Props) {
  const w = useWords(questionWords);
  const acts = actsFor(question, leads, over);
  return (
    <Dialog title={question.topic} onClose={onClose} side>
      <div className="stack">
        <QuestionMark question={question} />
        <p className="question-whole">{question.text}</p>
        <section className="question-part">
          <h3>{w.asker}</h3>
          <PlaceCard name={question.name} position={question.outlet} />
        </section>
        <Became question={question} zone={zone} whole />
        {question.state === 'giliran' && <Note>{w.onFloor}</Note>}
        {more}
        {acts.length > 0 && <Decide acts={acts} question={question} conferenceId={conferenceId} zone={zone} crew={crew} onDone={onClose} />}
      </div>
    </Dialog>
  );
}

type DecideProps = { acts: readonly Act[]; question: DeskQuestion; conferenceId: string; zone: Zone; crew: readonly Crew[]; onDone: () => void };

function Decide({ acts, question, conferenceId, zone, crew, onDone }: DecideProps) {
  const w = useWords(questionWords);
  const c = useWords(commonWords);
  const [act, setAct] = useState<Act>(acts[0] ?? 'tertulis');
  const [text, setText] = useState('');
  const [by, setBy] = useState<readonly string[]>([]);
  const [dueOn, setDueOn] = useState(question.dueOn ?? '');
  const [owes, setOwes] = useState('');
  const screen = useWrite<typeof postScreening>('POST', '/api/conferences/:id/questions/:question/screening', QUESTIONS_CHANGED);
  const answer = useWrite<typeof postAnswer>('POST', '/api/conferences/:id/questions/:question/answer', QUESTIONS_CHANGED);
  const write = act === 'saring' || act === 'tolak' ? screen : answer;
  const params = { id: conferenceId, question: question.id };

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const note = text.trim() === '' ? null : text;
    const done =
      act === 'saring'
        ? await screen.run({ params, body: { act } })
        : act === 'tolak'
          ? await screen.run({ params, body: { act, reason: text } })
          : act === 'tertulis'
            ? await answer.run({ params, body: { kind: act, text, by: [...by] } })
            : await answer.run({ params, body: { kind: act, dueOn, by: owes === '' ? null : owes, note } });
    if (done) onDone();
  }
  function choose(next: Act): void {
    setAct(next);
    setText('');
  }
  const failure = write.failure;

  return (
    <form className="stack decide question-decide" onSubmit={(event) => void submit(event)}>
      {acts.length > 1 && (
        <Segmented
          label={w.act}
          value={act}
          onValue={choose}
          choices={acts.map((value) => ({ value, label: value === 'ditunda' && question.state === 'ditunda' ? w.actsAgain : w.acts[value] }))}
          tone={(value) => (value === 'tolak' ? 'alarm' : undefined)}
        />
      )}
      {act === 'saring' && <p>{w.screenText}</p>}
      {act === 'tertulis' && (
        <>
          <Words label={w.answer} hint={w.answerHint} rows={8} max={5000} value={text} onValue={setText} error={fieldFailure(failure, 'text')} />
          {crew.length > 0 && <Who crew={crew} chosen={by} onChoose={setBy} />}
        </>
      )}
      {act === 'ditunda' && (
        <>
          <TextField
            label={w.dueOn}
            hint={w.dueHint}
            type="date"
            required
            min={dayIn(zone)}
            value={dueOn}
            onValue={setDueOn}
            error={fieldFailure(failure, 'dueOn')}
          />
          <SelectField
            label={w.owes}
            value={owes}
            onValue={setOwes}
            choices={[{ value: '', label: w.nobody }, ...crew.map((one) => ({ value: one.id, label: nameOf(one) }))]}
          />
          <TextField label={w.putNote} optional maxLength={300} value={text} onValue={setText} autoComplete="off" error={fieldFailure(failure, 'note')} />
        </>
      )}
      {act === 'tolak' && (
        <Words label={w.refusal} hint={w.refusalHint} rows={3} max={300} value={text} onValue={setText} error={fieldFailure(failure, 'reason')} />
      )}
      {failure && failure.fields.length === 0 && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      <div className="row row-end">
        <Button onClick={onDone}>{c.cancel}</Button>
        <Button type="submit" kind={act === 'tolak' ? 'alarm' : 'main'} busy={write.busy}>
          {w.do[act]}
        </Button>
      </div>
    </form>
  );
}

const nameOf = ({ name, label }: Crew): string => (label === null ? name : `${name}, ${label}`);

type WordsProps = { label: string; hint: string; rows: number; max: number; value: string; onValue: (text: string) => void; error: string | undefined };

const Words = ({ label, hint, rows, max, value, onValue, error }: WordsProps) => (
  <Field label={label} hint={hint} error={error}>
    {(props) => <textarea {...props} rows={rows} required maxLength={max} value={value} onChange={(event) => onValue(event.target.value)} />}
  </Field>
);

function Who({ crew, chosen, onChoose }: { crew: readonly Crew[]; chosen: readonly string[]; onChoose: (ids: readonly string[]) => void }) {
  const w = useWords(questionWords);
  return (
    <fieldset className="question-who">
      <legend className="legend">{w.who}</legend>
      {crew.map((one) => (
        <label key={one.id} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(one.id)}
            onChange={(event) => onChoose(event.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
          />
          <span>{nameOf(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}
