// Polls in the panel: the one that is open first, then how the others came out; asked by who leads.
import { useId, useState } from 'react';
import type { Zone } from '../../../shared/people.ts';
import { useServerNow } from '../../platform/server-clock.ts';
import { clock } from '../../platform/time.ts';
import * as portal from './portal.ts';
import { PollForm } from './poll-form.tsx';
import type { PollsStore, PollsState } from './polls-store.ts';
import { useRecordWords } from './words.ts';

type Props = { state: PollsState; store: PollsStore; meetingId: string; zone: Zone };

export function PollsPart({ state, store, meetingId, zone }: Props) {
  const words = useRecordWords();
  const [asking, setAsking] = useState(false);
  const { now, busy, failure } = state;
  if (!now) return <p className="messages-empty record-part">{words.loading}</p>;
  const { polls, you } = now;
  return (
    <div className="record-part">
      {you.mayAsk && !asking && (
        <button type="button" className="button" onClick={() => setAsking(true)}>
          {words.pollNew}
        </button>
      )}
      {asking && (
        <PollForm
          busy={busy}
          onCancel={() => setAsking(false)}
          onAsk={async (given) => {
            if (await store.act(portal.ask(meetingId, given))) setAsking(false);
          }}
        />
      )}
      {failure !== null && (
        <p className="strip-line" role="alert">
          {failure}
        </p>
      )}
      {polls.length === 0 && !asking && (
        <p className="messages-empty">
          {words.pollNone} {you.mayAsk ? words.pollNoneDo : words.pollNoneRead}
        </p>
      )}
      <ol className="polls">
        {polls.map((poll) => (
          <PollOne key={poll.id} poll={poll} serverTime={now.serverTime} leads={you.mayAsk} busy={busy} store={store} meetingId={meetingId} zone={zone} />
        ))}
      </ol>
    </div>
  );
}

type OneProps = { poll: portal.Poll; serverTime: string; leads: boolean; busy: boolean; store: PollsStore; meetingId: string; zone: Zone };

function PollOne({ poll, serverTime, leads, busy, store, meetingId, zone }: OneProps) {
  const words = useRecordWords();
  const { id, no, kind, question, state, secret, voters, you, voted, of, deadline, closedAt, result } = poll;
  const open = state === 'dibuka';
  const at = useServerNow(serverTime, open && deadline !== null);
  const left = deadline === null ? null : Date.parse(deadline) - at;
  return (
    <li className="poll" data-state={state} data-poll={id}>
      <p className="decision-head">
        <strong>{words.pollNo(words.kinds[kind], no)}</strong>
        <span className="decision-state">
          {words.states[state]} · {secret ? words.secretMark : words.namedMark}
        </span>
      </p>
      <p className="decision-text">{question}</p>
      <p className="quiet">
        {words.voters[voters]}
        {open && ` · ${words.voted(voted, of)}`}
        {left !== null && open && ` · ${words.closesIn(lasting(left, words.minutes))}`}
        {closedAt !== null && ` · ${words.closedAt(clock(closedAt, zone))}`}
      </p>
      {open && <Ballot poll={poll} busy={busy} onVote={(choices) => void store.act(portal.vote(meetingId, id, choices))} />}
      {open && !you.mayVote && !you.voted && <p className="quiet">{you.seat === null ? words.noSeat : words.seatOf(you.seat)}</p>}
      {result && <Result result={result} />}
      {leads && (state === 'disiapkan' || open) && (
        <p className="message-acts">
          {state === 'disiapkan' && (
            <button type="button" className="button button-main" disabled={busy} onClick={() => void store.act(portal.openPoll(meetingId, id))}>
              {words.open}
            </button>
          )}
          <button type="button" className="button" disabled={busy} onClick={() => void store.act(portal.closePoll(meetingId, id))}>
            {open ? words.close : words.withdraw}
          </button>
        </p>
      )}
    </li>
  );
}

function Ballot({ poll, busy, onVote }: { poll: portal.Poll; busy: boolean; onVote: (choices: number[]) => void }) {
  const words = useRecordWords();
  const name = useId();
  const { choices, multiple, you, secret, voters, question } = poll;
  const [chosen, setChosen] = useState<readonly number[]>(you.choices);
  if (!you.mayVote) return null;
  const toggle = (id: number): void => setChosen((all) => (multiple ? (all.includes(id) ? all.filter((one) => one !== id) : [...all, id]) : [id]));
  return (
    <form
      className="ballot"
      onSubmit={(event) => {
        event.preventDefault();
        onVote([...chosen]);
      }}
    >
      {voters !== 'hadir' && you.seat !== null && <p className="quiet">{words.seatOf(you.seat)}</p>}
      <fieldset className="choices">
        <legend className="for-readers">{question}</legend>
        {choices.map(({ id, text }) => (
          <label key={id}>
            <input type={multiple ? 'checkbox' : 'radio'} name={name} checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" className="button button-main" disabled={busy || chosen.length === 0}>
        {you.voted ? words.voteAgain : words.vote}
      </button>
      {you.voted && (
        <p className="quiet" role="status">
          {secret ? words.votedSecret : words.votedNamed}
        </p>
      )}
    </form>
  );
}

function Result({ result }: { result: NonNullable<portal.Poll['result']> }) {
  const words = useRecordWords();
  const most = Math.max(1, ...result.choices.map(({ votes }) => votes));
  return (
    <div className="poll-result">
      <ul>
        {result.choices.map(({ id, text, votes, who }) => (
          <li key={id}>
            <span className="poll-choice">
              <span>{text}</span> <strong>{words.votes(votes)}</strong>
            </span>
            <meter min={0} max={most} value={votes} aria-hidden="true" />
            {who && <small>{who.join(', ')}</small>}
          </li>
        ))}
      </ul>
      <details>
        <summary>
          {words.turnout}: {words.turnoutOf(result.turnout.voted, result.turnout.of)}
        </summary>
        <ul>
          {result.turnout.units.map(({ unitName, voted, of }) => (
            <li key={unitName} className="poll-choice">
              <span>{unitName}</span> <span>{words.turnoutOf(voted, of)}</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

const lasting = (ms: number, minutes: (n: number) => string): string =>
  ms >= 60_000 ? minutes(Math.ceil(ms / 60_000)) : `${Math.max(0, Math.ceil(ms / 1000))} s`;
