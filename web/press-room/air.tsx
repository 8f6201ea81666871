// Where the show stands, in a word that can be read from across a desk: green room, the five seconds, on air.
import { useEffect, useState } from 'react';
import { serverNow } from '../platform/server-time.ts';
import { useWords } from '../platform/words.ts';
import { pressRoomWords } from '../words/press-room.ts';
import type { Room } from './visit.ts';

const TICK_MS = 200;

export function Air({ conference: { state, liveAt } }: Pick<Room, 'conference'>) {
  const words = useWords(pressRoomWords);
  const at = liveAt === null ? null : Date.parse(liveAt);
  const left = useSecondsTo(at);
  if (state === 'selesai' || state === 'arsip') return <p className="air">{words.ended}</p>;
  if (at === null)
    return (
      <p className="air" data-air="green">
        {words.green}
      </p>
    );
  return (
    <p className="air" data-air={left > 0 ? 'soon' : 'live'} role="status">
      {left > 0 ? words.liveIn(left) : words.live}
    </p>
  );
}

/** Whole seconds until then by the server's clock; 0 from then on. */
function useSecondsTo(at: number | null): number {
  const [, tick] = useState(0);
  const left = at === null ? 0 : Math.max(0, Math.ceil((at - serverNow()) / 1000));
  const waits = left > 0;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = window.setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => window.clearInterval(timer);
  }, [waits]);
  return left;
}
