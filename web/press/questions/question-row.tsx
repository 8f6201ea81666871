// One question as a line: who asks, what, and what became of it.
import type { ReactNode } from 'react';
import type { Zone } from '../../../shared/people.ts';
import type { DeskQuestion } from '../../../shared/press-floor.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Mark, type MarkShape, type Tone } from '../../ui/marks.tsx';
import { questionWords } from '../../words/press-questions.ts';

type State = DeskQuestion['state'] | 'advance' | 'overdue';
const LOOK: Record<State, readonly [MarkShape, Tone]> = {
  diajukan: ['ring', 'wait'],
  advance: ['ring', 'quiet'],
  disaring: ['half', 'accent'],
  giliran: ['full', 'alarm'],
  dijawab: ['full', 'good'],
  ditunda: ['half', 'wait'],
  overdue: ['dash', 'alarm'],
  ditolak: ['dash', 'quiet'],
  ditarik: ['dots', 'quiet'],
};
const stateOf = ({ state, advance, overdue }: DeskQuestion): State => (overdue ? 'overdue' : advance && state === 'diajukan' ? 'advance' : state);

export function QuestionMark({ question }: { question: DeskQuestion }) {
  const w = useWords(questionWords);
  const state = stateOf(question);
  const [shape, tone] = LOOK[state];
  return (
    <Mark shape={shape} tone={tone}>
      {w.states[state]}
    </Mark>
  );
}

type Props = { question: DeskQuestion; under: ReactNode; zone: Zone; children: ReactNode };
/** `under`: below the journalist's name. */
export function QuestionRow({ question, under, zone, children }: Props) {
  const { outlet, name, topic, text } = question;
  return (
    <li>
      <p className="place">
        <strong className="place-name">{outlet}</strong>
        <span className="place-position">{name}</span>
        <span className="place-more num">{under}</span>
      </p>
      <div>
        <h3>{topic}</h3>
        <p className="question-text">{text}</p>
        <Became question={question} zone={zone} />
      </div>
      <div className="question-end">
        <QuestionMark question={question} />
        {children}
      </div>
    </li>
  );
}

/** What became of it, as far as there is anything to say. */
export function Became({ question: q, zone, whole = false }: { question: DeskQuestion; zone: Zone; whole?: boolean }) {
  const w = useWords(questionWords);
  const f = useFormats();
  if (q.state === 'dijawab') {
    const how = q.oral
      ? q.atSecond === null
        ? w.oral
        : w.oralAt(f.lasting(q.atSecond * 1000))
      : w.written(q.answeredAt === null ? '' : `${f.shortDayOf(q.answeredAt, zone)}, ${f.time(q.answeredAt, zone)}`);
    return (
      <div className="question-became">
        <p>
          {how}
          {q.answeredBy.length > 0 ? ` ${w.by(q.answeredBy.join('; '))}.` : `. ${w.nobodyNamed}`}
        </p>
        {q.answer !== null && <p className={whole ? 'question-whole' : 'question-text'}>{q.answer}</p>}
      </div>
    );
  }
  if (q.state === 'ditunda' && q.dueOn !== null)
    return (
      <div className="question-became">
        <p>
          {w.dueText(f.day(q.dueOn))}
          {q.owedBy === null ? `. ${w.nobodyOwes}` : `, ${w.from(q.owedBy)}.`}
        </p>
        {q.reason !== null && <p>{w.note(q.reason)}</p>}
      </div>
    );
  return q.state === 'ditolak' && q.reason !== null ? <p className="question-became">{w.reason(q.reason)}</p> : null;
}
