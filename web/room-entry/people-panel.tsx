import type { RoomPerson } from '../../shared/meetings.ts';
import type { Question } from './ask.tsx';
import { Panel } from './panel.tsx';
import type { ModerationSnapshot } from './moderation/use-moderation.ts';
import { lineOf, listOf, rolesOf } from './people.ts';
import { HostActions } from './host-actions.tsx';
import type { HostSnapshot } from './use-host.ts';
import type { Room } from './portal.ts';
import { useWords } from './use-words.ts';

type Props = {
  view: Room;
  host: HostSnapshot;
  moderation: ModerationSnapshot;
  /** For those who lead or serve. */
  onModerate?: () => void;
  onAsk: (question: Question) => void;
  onClose: () => void;
};

export function PeoplePanel({ view, host, moderation, onModerate, onAsk, onClose }: Props) {
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
        <p className="card-line">{[...rolesOf(view, person.member).map((role) => words.roles[role]), lineOf(person)].filter(Boolean).join(' · ')}</p>
      </div>
      {number !== null && host.lowerHand && (
        <button type="button" className="button" onClick={() => host.lowerHand?.(person.member)}>
          {text.lowerHand}
        </button>
      )}
      {number === null && <HostActions person={person} host={host} moderation={moderation} own={person.member === view.you.member} onAsk={onAsk} />}
    </li>
  );
  return (
    <Panel title={text.title} onClose={onClose}>
      <div className="people" role="region" aria-label={text.title} tabIndex={0}>
        {onModerate && (
          <button type="button" className="button people-moderate narrow-only" onClick={onModerate}>
            {words.moderateTitle}
          </button>
        )}
        {moderation.notice && (
          <p className="strip-line" role="status">
            {moderation.notice}
          </p>
        )}
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
