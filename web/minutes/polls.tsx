// Polls that were closed, as the record has them: read, not written.
import type { Minutes } from '../../shared/minutes.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { recordWords } from '../words/record.ts';

export function Polls({ minutes }: { minutes: Minutes }) {
  const w = useWords(recordWords);
  const f = useFormats();
  return minutes.polls.map(({ id, kind, no, secret, voters, question, closedAt, result }) => {
    const head = w.pollNo(w.kinds[kind], no);
    return (
      <section key={id} className="minutes-part" aria-label={head}>
        <h2>
          {head}{' '}
          <small>{[secret ? w.secretMark : w.namedMark, closedAt && w.closedAt(f.time(closedAt, minutes.facts.zone))].filter(Boolean).join(' · ')}</small>
        </h2>
        <p>{question}</p>
        <dl className="facts">
          {result.choices.map(({ id: choice, text, votes, who }) => (
            <div key={choice}>
              <dt>{text}</dt>
              <dd>
                {w.votes(votes)}
                {who && `: ${who.join(', ')}`}
              </dd>
            </div>
          ))}
        </dl>
        <p className="quiet s">
          {w.voted(result.turnout.voted, result.turnout.of)} ({w.voters[voters]})
        </p>
      </section>
    );
  });
}
