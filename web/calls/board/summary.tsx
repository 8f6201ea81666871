// The three numbers a caller looks for: seconds since the call, units in, and how the people called stand.
import type { CallBoard } from '../../../shared/calls.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { callWords } from '../../words/calls.ts';
import { counts, overAt } from './standing.ts';

const tones = { belum_menjawab: 'alarm', tak_terjangkau: 'alarm', bergabung: 'good', menyusul: 'wait' } as const;
const toneOf = (word: string): string | undefined => (tones as Record<string, string>)[word];

export function Summary({ board, now }: { board: CallBoard; now: number }) {
  const w = useWords(callWords);
  const f = useFormats();
  const { needed, present, units, reachedAt } = board.quorum;
  const placed = Date.parse(board.placedAt);
  const over = overAt(board);
  const lit = reachedAt !== null;
  const until = over === null ? now : Date.parse(over);
  return (
    <section className="board-head" data-lit={lit}>
      <div className="quorum">
        <p className="light" aria-live="polite">
          <span aria-hidden className="lamp" />
          {lit ? w.quorumLit : w.quorumNot}
        </p>
        <p className="board-figure num">
          <strong>{present}</strong>/{needed} <small>{w.units}</small>
        </p>
        <p className="quiet s">
          {w.quorumNeeds(needed, units)}
          {lit && ` · ${w.quorumIn(f.lasting(Date.parse(reachedAt) - placed))}`}
        </p>
      </div>
      <div>
        <p className="quiet s">{w.since}</p>
        <p className="board-figure num" role="timer">
          <strong>{f.lasting(until - placed)}</strong>
        </p>
      </div>
      <ul className="board-counts" aria-live="polite">
        {counts(board.seats, now).map(({ word, n }) => (
          <li key={word} data-tone={toneOf(word)}>
            <strong className="num">{n}</strong> {w.count[word]}
          </li>
        ))}
      </ul>
    </section>
  );
}
