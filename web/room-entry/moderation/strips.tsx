// Below the head of the room: whose turn it is and how long, and that nobody leads. Word and shape change with the colour.
import { useState } from 'react';
import type { SpeakingTurn } from '../../../shared/moderation.ts';
import { countdown, minutesText } from '../../platform/countdown.ts';
import { useServerNow } from '../../platform/server-clock.ts';
import type { OwnSnapshot } from '../../room/stage-room.tsx';
import { useLanguage } from '../use-words.ts';
import type { HandSnapshot } from '../use-hand.ts';
import { TakeOver } from './take-over.tsx';
import type { ModerationSnapshot } from './use-moderation.ts';
import { useModerationWords } from './words.ts';
import './moderation.css';

type Props = { moderation: ModerationSnapshot; own: OwnSnapshot; hand: HandSnapshot };

export function ModerationStrips({ moderation, own, hand }: Props) {
  const words = useModerationWords();
  const { held, serverTime, you } = moderation;
  const silenced = own.silenced && held?.turn?.member !== you;
  const locked = held?.you.locks.includes('mikrofon') ?? false;
  // Who leads and reads this is here, whether or not the portal was told already.
  const vacancy = held?.you.moderates ? null : held?.vacancy;
  if (!held || (!held.turn && !vacancy && !silenced && !locked)) return null;
  return (
    <div className="held">
      {held.turn &&
        (held.turn.member === you ? (
          <OwnTurn turn={held.turn} serverTime={serverTime} moderation={moderation} own={own} />
        ) : (
          <Turn turn={held.turn} moderation={moderation} />
        ))}
      {locked && (
        <p className="held-line" role="status">
          {hand.number === null ? words.micLockedAsk : words.asked(hand.number)}
        </p>
      )}
      {silenced && !locked && (
        <p className="held-line" role="status">
          {words.silenced}
        </p>
      )}
      {vacancy && <Vacant vacancy={vacancy} moderation={moderation} />}
    </div>
  );
}

function OwnTurn({ turn, serverTime, moderation, own }: { turn: SpeakingTurn; serverTime: string; moderation: ModerationSnapshot; own: OwnSnapshot }) {
  const words = useModerationWords();
  const { phase } = countdown(timesOf(turn, useServerNow(serverTime)));
  const title =
    own.on.microphone && own.may.microphone ? words.yourTurn : own.may.microphone && !own.pending.microphone ? words.yourTurnOff : words.yourTurnComing;
  return (
    <section className="turn turn-own" data-phase={phase}>
      <p className="turn-who" role="status">
        {title}
      </p>
      <Clock turn={turn} serverTime={serverTime} />
      <div className="turn-acts">
        {own.may.microphone && !own.on.microphone && own.toggleMicrophone && (
          <button type="button" className="button" onClick={own.toggleMicrophone}>
            {words.micOn}
          </button>
        )}
        {moderation.endTurn && (
          <button type="button" className="button button-main" disabled={moderation.busy} onClick={moderation.endTurn}>
            {words.done}
          </button>
        )}
      </div>
    </section>
  );
}

function Turn({ turn, moderation }: { turn: SpeakingTurn; moderation: ModerationSnapshot }) {
  const words = useModerationWords();
  return (
    <section className="turn" data-away={turn.awaySince !== null}>
      <p className="turn-who">
        {words.turnOf(moderation.nameOf(turn.member))}
        {turn.awaySince !== null && <small> ({words.away})</small>}
      </p>
      <Clock turn={turn} serverTime={moderation.serverTime} />
      {moderation.endTurn && (
        <div className="turn-acts">
          <button type="button" className="button" disabled={moderation.busy} onClick={moderation.endTurn}>
            {words.endTurn}
          </button>
        </div>
      )}
    </section>
  );
}

function Clock({ turn, serverTime }: { turn: SpeakingTurn; serverTime: string }) {
  const words = useModerationWords();
  const { phase, seconds, share } = countdown(timesOf(turn, useServerNow(serverTime)));
  const time = minutesText(seconds, useLanguage() === 'en' ? ':' : '.');
  return (
    <p className="turn-clock" data-phase={phase} role="timer">
      <span className="turn-shape" aria-hidden="true" />
      {phase === 'over' ? words.over : phase === 'ending' ? words.ending(time) : words.left(time)}
      <span className="turn-share" aria-hidden="true" style={{ transform: `scaleX(${share})` }} />
    </p>
  );
}

function Vacant({ vacancy, moderation }: { vacancy: { from: string; name: string | null }; moderation: ModerationSnapshot }) {
  const words = useModerationWords();
  const [asking, setAsking] = useState(false);
  const left = Math.ceil((Date.parse(vacancy.from) - useServerNow(moderation.serverTime)) / 1000);
  return (
    <section className="held-line held-vacant">
      <p role="status">
        {words.vacant} {words.vacantGoesOn} {left <= 0 && vacancy.name !== null && !moderation.takeOver && words.vacantName(vacancy.name)}
        {left > 0 && <span aria-hidden="true">{words.takeOverIn(left)}</span>}
      </p>
      {moderation.takeOver && (
        <button type="button" className="button button-main" onClick={() => setAsking(true)}>
          {words.takeOver}
        </button>
      )}
      {moderation.notice && moderation.takeOver && <p role="alert">{moderation.notice}</p>}
      {asking && moderation.takeOver && <TakeOver onTake={moderation.takeOver} onDone={() => setAsking(false)} />}
    </section>
  );
}

const timesOf = ({ givenAt, until }: SpeakingTurn, now: number) => ({ givenAt: Date.parse(givenAt), until: Date.parse(until), now });
