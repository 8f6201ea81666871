// Polls as they came out, the first one first.
import type { Zone } from '../../shared/people.ts';
import type { getPolls, Poll } from '../../shared/polls.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { recordWords } from '../words/record.ts';
import { bones, isNotOurs, type Of } from './parts.tsx';

export function PollsPart({ meeting }: Of) {
  const w = useWords(recordWords);
  const read = useRead<typeof getPolls>('/api/meetings/:id/polls', { params: { id: meeting.id } });
  if (!read.value && isNotOurs(read.failure?.code)) return null;
  return (
    <Loaded from={read} skeleton={bones(w.pollSection)}>
      {({ polls }) =>
        polls.some(({ result }) => result !== null) ? (
          <Section title={w.pollSection}>
            <ol className="poll-list">
              {polls
                .filter(({ result }) => result !== null)
                .toReversed()
                .map((poll) => (
                  <PollLine key={poll.id} of={poll} zone={meeting.zone} />
                ))}
            </ol>
          </Section>
        ) : null
      }
    </Loaded>
  );
}

function PollLine({ of, zone }: { of: Poll; zone: Zone }) {
  const w = useWords(recordWords);
  const f = useFormats();
  const { kind, no, secret, voters, question, result, closedAt } = of;
  if (!result) return null;
  return (
    <li>
      <p className="quiet s">
        {[w.pollNo(w.kinds[kind], no), secret ? w.secretMark : w.namedMark, w.voters[voters], closedAt && w.closedAt(f.time(closedAt, zone))]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>
        <strong>{question}</strong>
      </p>
      <table className="poll-table">
        <tbody>
          {result.choices.map(({ id, text, votes, who }) => (
            <tr key={id}>
              <th scope="row">{text}</th>
              <td className="num">{w.votes(votes)}</td>
              <td className="s">{who?.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet s">
        {w.voted(result.turnout.voted, result.turnout.of)}:{' '}
        {result.turnout.units.map(({ unitName, voted, of: all }) => `${unitName} ${w.turnoutOf(voted, all)}`).join('; ')}
      </p>
    </li>
  );
}
