// The question log: who asked for which outlet, what, and what became of it.
import type { LogQuestion } from '../../../shared/press-floor.ts';
import type { Language } from '../../platform/refusal.ts';
import { sinceStart } from '../amounts.ts';
import { plainDay } from './when.ts';
import { words } from './words.ts';

export function LogPart({ log, language }: { log: readonly LogQuestion[]; language: Language }) {
  const w = words[language];
  return (
    <section id="tanya-jawab">
      <h2>{w.log}</h2>
      {log.length === 0 ? (
        <p className="quiet">{w.logEmpty}</p>
      ) : (
        <>
          <p className="quiet">{w.logLead}</p>
          <ol className="pers-log">
            {log.map((question) => (
              <Asked key={question.id} question={question} language={language} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Asked({ question: q, language }: { question: LogQuestion; language: Language }) {
  const w = words[language];
  return (
    <li>
      <p className="pers-outlet">{q.outlet}</p>
      <h3>{q.topic}</h3>
      {q.text !== '' && <p className="pers-question">{q.text}</p>}
      <p className="pers-answered">{standing(q, language)}</p>
      {q.answer && (
        <div className="pers-text pers-answer">
          {q.answer.split(/\n+/).map((part, n) => (
            <p key={`${n} ${part.length}`}>{part}</p>
          ))}
        </div>
      )}
      {q.reason && (
        <p className="s">
          {q.state === 'ditunda' ? w.note : w.reason}: {q.reason}
        </p>
      )}
    </li>
  );
}

/** `Dijawab lisan · menit 12:30 · oleh …`. */
function standing(q: LogQuestion, language: Language): string {
  const w = words[language];
  const by = q.answeredBy.length > 0 ? w.answeredBy(q.answeredBy.join(', ')) : null;
  const parts =
    q.state === 'dijawab'
      ? [q.oral === false ? w.answered.written : w.answered.oral, q.oral !== false && q.atSecond !== null ? w.atMinute(sinceStart(q.atSecond)) : null, by]
      : q.state === 'ditunda'
        ? [w.answered.owed, q.dueOn === null ? null : w.owedUntil(plainDay(q.dueOn, language))]
        : [q.state === 'ditolak' ? w.answered.refused : w.answered.unanswered];
  return parts.filter((part) => part !== null).join(' · ');
}
