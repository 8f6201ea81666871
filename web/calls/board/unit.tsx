// One unit: is it in yet; its posts; and for each post the people rung, in order, and who comes next.
import type { BoardSeat, CallBoard, getCallBoard, postSeatNext } from '../../../shared/calls.ts';
import { useKnown, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { callWords } from '../../words/calls.ts';
import { CalleeRow } from './callee-row.tsx';
import { overAt, type BoardUnit } from './standing.ts';

export function Unit({ unit, board, now }: { unit: BoardUnit; board: CallBoard; now: number }) {
  const w = useWords(callWords);
  return (
    <section className="board-unit" aria-label={unit.name} data-present={unit.present}>
      <header>
        <h2>{unit.name}</h2>
        <Mark shape={unit.present ? 'full' : 'ring'} tone={unit.present ? 'good' : 'quiet'}>
          {unit.present ? w.unitIn : w.unitOut}
        </Mark>
      </header>
      <ul>
        {unit.seats.map((seat) => (
          <Seat key={seat.id} seat={seat} unitName={unit.name} board={board} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Seat({ seat, unitName, board, now }: { seat: BoardSeat; unitName: string; board: CallBoard; now: number }) {
  const w = useWords(callWords);
  // By name: the person is the seat, and stands in the row below.
  const byName = seat.rung.length === 1 && seat.rung[0]?.as === 'nama' && seat.next === null;
  return (
    <li className="board-seat">
      {!byName && (
        <p className="seat-title">
          <span>{seat.title === unitName ? '' : seat.title}</span>
          {seat.present !== null && (
            <Mark shape={seat.present === 'hadir' ? 'full' : 'half'} tone="good">
              {w.present[seat.present]}
            </Mark>
          )}
        </p>
      )}
      {seat.rung.length === 0 && seat.next === null && <p className="s quiet">{w.seatNobody}</p>}
      <ol>
        {seat.rung.map((callee) => (
          <CalleeRow key={callee.id} callee={callee} board={board} now={now} />
        ))}
      </ol>
      {seat.next !== null && seat.present === null && overAt(board) === null && <Next seat={seat} next={seat.next} board={board} now={now} />}
    </li>
  );
}

function Next({ seat, next, board, now }: { seat: BoardSeat; next: NonNullable<BoardSeat['next']>; board: CallBoard; now: number }) {
  const w = useWords(callWords);
  const f = useFormats();
  const know = useKnown<typeof getCallBoard>('/api/calls/:id');
  const ring = useWrite<typeof postSeatNext>('POST', '/api/calls/:id/seats/:seat/next', []);
  const left = next.dueAt === null ? null : Date.parse(next.dueAt) - now;
  const who = next.as === 'nama' || next.as === 'definitif' ? next.name : `${w.as[next.as]} ${next.name}`;
  async function press(): Promise<void> {
    const done = await ring.run({ params: { id: board.id, seat: seat.id } });
    if (done) know({ params: { id: board.id } }, done.reply);
  }
  return (
    <div className="board-next">
      <p className="s num">{left === null ? w.nextHand(who) : left > 0 ? w.nextIn(who, f.lasting(left + 999)) : w.nextSoon(who)}</p>
      {board.mayAct && (
        <Button kind="quiet" busy={ring.busy} onClick={() => void press()}>
          {w.nextNow}
          <span className="sr-only">{w.againOf(seat.title)}</span>
        </Button>
      )}
      {ring.failure && (
        <p className="error" role="alert">
          {ring.failure.message}
        </p>
      )}
    </div>
  );
}
