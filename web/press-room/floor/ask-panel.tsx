// A journalist's panel: asking, the own place in the queue and why one waits, and what became of the own questions.
import { useEffect, useId, useRef, type FormEvent } from 'react';
import type { Zone } from '../../../shared/people.ts';
import type { PressYou } from '../../../shared/press-room.ts';
import type { z } from 'zod';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { floorWords } from '../../words/press-floor.ts';
import { useDraft } from './draft.ts';
import * as portal from './portal.ts';
import { QueueList } from './queue-list.tsx';
import { ownPlace } from './queue.ts';
import type { FloorSnapshot } from './use-floor.ts';
import './floor.css';

const TOPIC_LIMIT = 120;
const TEXT_LIMIT = 2000;

type You = z.output<typeof PressYou>;
type Props = {
  floor: FloorSnapshot;
  slug: string;
  zone: Zone;
  you: You;
  /** Accepted while watching: the way to where one may ask. */ onEnter?: () => void;
};

export function AskPanel({ floor, slug, zone, you, onEnter }: Props) {
  const words = useWords(floorWords);
  const { view } = floor;
  const box = useRef<HTMLDivElement>(null);
  const waiting = view !== null && ownPlace(view.queue) !== null;
  useEffect(() => {
    // What was asked stands at the top.
    if (box.current) box.current.scrollTop = 0;
  }, [waiting]);
  if (!view) return <p className="floor-loading">{words.loading}</p>;
  const speaking = view.turns.some((turn) => turn.mine);
  const asks = you.registration === 'diterima';
  const visits = you.kind === 'penonton' || you.kind === 'jurnalis';
  return (
    <div className="floor-panel" ref={box} role="region" aria-label={words.title} tabIndex={0}>
      {onEnter && (
        <section className="floor-notice">
          <p>{words.accepted}</p>
          <button type="button" className="button button-main" onClick={onEnter}>
            {words.enterAsJournalist}
          </button>
        </section>
      )}
      {visits && !asks && <NotAccredited slug={slug} registration={you.registration} />}
      {asks && waiting && <Place floor={floor} view={view} zone={zone} />}
      {asks && !onEnter && !waiting && !speaking && <AskForm floor={floor} view={view} slug={slug} />}
      {floor.failure !== null && (
        <p className="strip-line" role="alert">
          {floor.failure}
        </p>
      )}
      <OwnQuestions floor={floor} view={view} />
      <QueueList queue={view.queue} zone={zone} />
    </div>
  );
}

function NotAccredited({ slug, registration }: { slug: string; registration: You['registration'] }) {
  const words = useWords(floorWords);
  const said = registration === null || registration === 'diterima' ? words.needPass : words.registration[registration];
  return (
    <section className="floor-notice">
      <h3>{said.title}</h3>
      <p>{said.text}</p>
      <a className={registration === null ? 'button button-main' : 'button'} href={`/pers/${slug}/daftar`} target="_blank" rel="noreferrer">
        {registration === null ? words.needPass.act : words.registrationSee}
      </a>
    </section>
  );
}

type Known = { floor: FloorSnapshot; view: portal.FloorView };

function AskForm({ floor, view, slug }: Known & { slug: string }) {
  const words = useWords(floorWords);
  const id = useId();
  const { draft, write, clear } = useDraft(slug);
  const topic = draft.topic.trim();
  const text = draft.text.trim();
  const closed = !view.mayRaise;
  // Done, though the answer was lost: the same words stand among the own ones.
  const arrived = topic !== '' && view.own.some((one) => one.topic === topic && one.text === text && !one.advance);
  useEffect(() => {
    if (arrived) clear();
  });
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (topic === '' || text === '' || text.length > TEXT_LIMIT) return;
    if ((await floor.act((slug) => portal.raise(slug, { topic, text, key: draft.key }))) === null) clear();
  }
  return (
    <form className="ask-form" onSubmit={(event) => void send(event)}>
      <h3>{words.ask}</h3>
      {closed && <p className="floor-wait">{words.notOpen}</p>}
      <div className="floor-field">
        <label htmlFor={`${id}-topic`}>{words.topic}</label>
        <input
          id={`${id}-topic`}
          value={draft.topic}
          maxLength={TOPIC_LIMIT}
          autoComplete="off"
          enterKeyHint="next"
          aria-describedby={`${id}-topic-hint`}
          onChange={(event) => write({ topic: event.target.value })}
        />
        <p className="quiet" id={`${id}-topic-hint`}>
          {words.topicHint}
        </p>
      </div>
      <div className="floor-field">
        <label htmlFor={`${id}-text`}>{words.text}</label>
        <textarea
          id={`${id}-text`}
          rows={4}
          value={draft.text}
          aria-describedby={`${id}-text-hint`}
          aria-invalid={text.length > TEXT_LIMIT || undefined}
          onChange={(event) => write({ text: event.target.value })}
        />
        <p className="quiet" id={`${id}-text-hint`}>
          {text.length > TEXT_LIMIT ? words.tooLong(text.length, TEXT_LIMIT) : words.textHint}
        </p>
      </div>
      <button type="submit" className="button button-main" disabled={floor.busy || closed || topic === '' || text === '' || text.length > TEXT_LIMIT}>
        {floor.busy ? words.sending : words.send}
      </button>
      {floor.failure !== null && draft.text !== '' && <p className="quiet">{words.keptDraft}</p>}
    </form>
  );
}

function Place({ floor, view, zone }: Known & { zone: Zone }) {
  const words = useWords(floorWords);
  const { clock } = useFormats();
  const own = ownPlace(view.queue);
  if (!own) return null;
  const { mine, of, fewer, moved, earlier } = own;
  return (
    <section className="own-place">
      <p className="own-place-line" role="status">
        <strong>{words.place(mine.place, of)}</strong>; {words.outletTurns(mine.turnsHad)}
      </p>
      <p className="own-place-topic">{mine.topic}</p>
      {mine.text !== null && <p className="question-text">{mine.text}</p>}
      {mine.place === 1 && <p>{words.next}</p>}
      {!mine.inside && <p className="floor-wait">{words.notInside}</p>}
      {mine.moved && <p className="moved">{words.moved(mine.moved.byName, clock(mine.moved.at, zone), mine.moved.reason)}</p>}
      <details className="why">
        <summary>{words.why}</summary>
        <p>{words.fair}</p>
        <ul>
          {fewer > 0 && <li>{words.fewerAhead(fewer)}</li>}
          {earlier > 0 && <li>{words.earlierAhead(earlier)}</li>}
          {moved > 0 && <li>{words.movedAhead(moved)}</li>}
        </ul>
      </details>
      <button type="button" className="button" disabled={floor.busy} onClick={() => void floor.act((slug) => portal.withdraw(slug, mine.id))}>
        {words.withdraw}
      </button>
    </section>
  );
}

function OwnQuestions({ floor, view }: Known) {
  const words = useWords(floorWords);
  if (view.own.length === 0) return null;
  return (
    <section>
      <h3>{words.own}</h3>
      <ul className="own-questions">
        {view.own.map((one) => {
          const waits = one.advance && (one.state === 'diajukan' || one.state === 'disaring');
          return (
            <li key={one.id}>
              <p className="queue-topic">
                {one.topic} <span className="queue-state">{waits ? words.advance : words.state[one.state]}</span>
              </p>
              <p className="question-text">{one.text}</p>
              <Outcome one={one} />
              {waits && (
                <button
                  type="button"
                  className="button"
                  disabled={floor.busy || !view.mayRaise}
                  onClick={() => void floor.act((slug) => portal.raiseAdvance(slug, one.id))}
                >
                  {words.raiseNow}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Outcome({ one }: { one: portal.OwnQuestion }) {
  const words = useWords(floorWords);
  const { day } = useFormats();
  if (one.state === 'ditunda') return <p>{[one.dueOn && words.due(day(one.dueOn)), one.reason].filter(Boolean).join(' ')}</p>;
  if (one.state === 'ditolak') return <p>{words.refusedWhy(one.reason ?? '–')}</p>;
  if (one.state === 'ditarik') return <p>{words.withdrawn}</p>;
  if (one.state === 'dijawab') return <p>{one.answer === null ? words.answered : words.answeredBy(one.answer)}</p>;
  return null;
}
