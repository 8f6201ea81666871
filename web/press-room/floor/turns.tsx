// Who has the floor, for everybody; for the one who has it, the way to give it back. Word and shape change with the colour.
import type { Zone } from '../../../shared/people.ts';
import { countdown, minutesText } from '../../platform/countdown.ts';
import { useFormats } from '../../platform/format.ts';
import { useServerNow } from '../../platform/server-clock.ts';
import { useLanguage, useWords } from '../../platform/words.ts';
import type { OwnSnapshot } from '../../room/stage-room.tsx';
import { floorWords } from '../../words/press-floor.ts';
import * as portal from './portal.ts';
import { lastMove } from './queue.ts';
import type { FloorSnapshot } from './use-floor.ts';
import './floor.css';

type Own = Pick<OwnSnapshot, 'on' | 'toggleMicrophone'>;

export function Turns({ floor, own, zone }: { floor: FloorSnapshot; own: Own; zone: Zone }) {
  const { view } = floor;
  const words = useWords(floorWords);
  if (!view || view.turns.length === 0) return null;
  return (
    <section className="turns" aria-label={words.floorOf}>
      {view.turns.map((turn) =>
        turn.mine ? (
          <OwnTurn key={turn.id} turn={turn} floor={floor} serverTime={view.serverTime} own={own} />
        ) : (
          <div key={turn.id} className="turn" data-away={turn.awaySince !== null}>
            <p className="turn-who">
              {words.hasFloor(turn.outlet, turn.name)}
              <TurnNote turn={turn} />
            </p>
            <p className="turn-topic">{turn.topic}</p>
            <Clock turn={turn} serverTime={view.serverTime} />
            <OutOfOrder turn={turn} zone={zone} />
          </div>
        ),
      )}
    </section>
  );
}

function OwnTurn({ turn, floor, serverTime, own }: { turn: portal.Turn; floor: FloorSnapshot; serverTime: string; own: Own }) {
  const words = useWords(floorWords);
  const now = useServerNow(serverTime);
  const { phase } = countdown(timesOf(turn, now));
  // What the portal gave is not yet what others hear: the page says its own microphone, too.
  const open = turn.applied && own.on.microphone;
  const title = open ? words.yourMicOpen : turn.applied && own.toggleMicrophone ? words.yourMicOff : words.yourMicComing;
  return (
    <div className="turn turn-own" data-phase={phase}>
      <p className="turn-who" role="status">
        {title}
        {turn.followUp && <small> {words.followUp}</small>}
      </p>
      <Clock turn={turn} serverTime={serverTime} />
      <p className="turn-note" role="status">
        {phase === 'over' ? words.overNote : phase === 'ending' ? <span className="for-readers">{words.sayEnding}</span> : null}
      </p>
      <div className="turn-acts">
        {own.toggleMicrophone && turn.applied && !open && (
          <button type="button" className="button" onClick={own.toggleMicrophone}>
            {words.micOn}
          </button>
        )}
        <button type="button" className="button button-main" disabled={floor.busy} onClick={() => void floor.act((slug) => portal.giveBack(slug))}>
          {words.done}
        </button>
      </div>
      {floor.failure !== null && (
        <p className="strip-line" role="alert">
          {floor.failure}
        </p>
      )}
    </div>
  );
}

/** Given before others who stood first: everybody reads by whom, and why. */
export function OutOfOrder({ turn: { outOfOrder }, zone }: { turn: portal.Turn; zone: Zone }) {
  const words = useWords(floorWords);
  const { clock } = useFormats();
  if (outOfOrder === null) return null;
  return <p className="moved floor-why">{words.outOfOrder(outOfOrder.byName, clock(outOfOrder.at, zone), outOfOrder.reason)}</p>;
}

/** The order is not only the fair one: the last move, in a line; every move stands in the queue itself. */
export function Moved({ queue, zone }: { queue: readonly portal.QueuePlace[]; zone: Zone }) {
  const words = useWords(floorWords);
  const { clock } = useFormats();
  const move = lastMove(queue);
  if (move === null) return null;
  return <p className="moved floor-why">{words.movedOne(move.outlet, move.byName, clock(move.at, zone), move.reason)}</p>;
}

export function TurnNote({ turn }: { turn: portal.Turn }) {
  const words = useWords(floorWords);
  const note = turn.awaySince !== null ? words.away : turn.applied ? (turn.followUp ? words.followUp : null) : words.preparing;
  return note === null ? null : <small className="turn-state">{note}</small>;
}

export function Clock({ turn, serverTime }: { turn: portal.Turn; serverTime: string }) {
  const words = useWords(floorWords);
  const language = useLanguage();
  const now = useServerNow(serverTime);
  const { phase, seconds, share } = countdown(timesOf(turn, now));
  const time = minutesText(seconds, language === 'en' ? ':' : '.');
  const text = phase === 'over' ? words.over(time) : phase === 'ending' ? words.ending(time) : words.left(time);
  return (
    <p className="turn-clock" data-phase={phase} role="timer">
      <span className="turn-shape" aria-hidden="true" />
      {text}
      <span className="turn-share" aria-hidden="true" style={{ transform: `scaleX(${share})` }} />
    </p>
  );
}

const timesOf = ({ givenAt, until }: portal.Turn, now: number) => ({ givenAt: Date.parse(givenAt), until: Date.parse(until), now });
