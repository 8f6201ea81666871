import type { RoomPerson } from '../../shared/meetings.ts';
import type { Question } from './ask.tsx';
import { Panel } from './panel.tsx';
import { lineOf, listOf } from './people.ts';
import { HostActions } from './host-actions.tsx';
import type { HostSnapshot } from './use-host.ts';
import type { Room } from './portal.ts';
import { useWords } from './use-words.ts';

type Props = {
  view: Room;
  host: HostSnapshot;
  onAsk: (question: Question) => void;
  onClose: () => void;
};

export function PeoplePanel({ view, host, onAsk, onClose }: Props) {
  const words = useWords();
  const text = words.peoplePanel;
  const { hands, inside, invited } = listOf(view);
  const out = host.removed;
  const expected = invited.filter((person) => !out.some((one) => one.member === person.member));
  const row = (person: RoomPerson, number: number | null) => (
    <li key={person.member} className="person">
      {number !== null && <span className="person-number">{number}</span>}
      <div className="person-card">
        <p className="card-name">
          {person.name}
          {person.member === view.you.member && <span className="card-you"> ({words.you})</span>}
          {person.badge && <span className="badge">{person.badge === 'Tamu' ? words.guest : words.press}</span>}
        </p>
        <p className="card-line">{[person.chair && words.chair, lineOf(person)].filter(Boolean).join(' · ')}</p>
      </div>
      {number !== null && host.lowerHand && (
        <button type="button" className="button" onClick={() => host.lowerHand?.(person.member)}>
          {text.lowerHand}
        </button>
      )}
      {number === null && person.member !== view.you.member && <HostActions person={person} host={host} onAsk={onAsk} />}
    </li>
  );
  return (
    <Panel title={text.title} onClose={onClose}>
      <div className="people" role="region" aria-label={text.title} tabIndex={0}>
        {hands.length > 0 && (
          <section>
            <h3>{text.hands}</h3>
            <ol>{hands.map((person, i) => row(person, i + 1))}</ol>
          </section>
        )}
        <section>
          <h3>{text.inside(inside.length)}</h3>
          <ul>{inside.map((person) => row(person, null))}</ul>
        </section>
        {expected.length > 0 && (
          <section>
            <h3>{text.invited(expected.length)}</h3>
            <ul>{expected.map((person) => row(person, null))}</ul>
          </section>
        )}
        {out.length > 0 && (
          <section>
            <h3>{text.out}</h3>
            <ul>
              {out.map((person) => (
                <li key={person.member} className="person">
                  <div className="person-card">
                    <p className="card-name">{person.name}</p>
                    <p className="card-line">{lineOf(person)}</p>
                  </div>
                  {host.letIn && (
                    <button type="button" className="button" onClick={() => host.letIn?.(person.member)}>
                      {text.letIn}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
        {host.notice && (
          <p className="strip-line" role="status">
            {host.notice}
          </p>
        )}
      </div>
    </Panel>
  );
}
