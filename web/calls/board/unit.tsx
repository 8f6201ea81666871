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

type Props = { board: CallBoard; now: number };

export function Unit({ unit, board, now }: Props & { unit: BoardUnit }) {
  const w = useWords(callWords);
  const [only] = unit.seats;
  // One post of a unit is its own heading.
  const heading = unit.seats.length === 1 && only ? titleOf(only) : unit.name;
  return (
    <section className="board-unit" aria-label={unit.name} data-present={unit.present}>
      <header>
        <h2>
          {heading}
          {!heading.includes(unit.name) && <small> {unit.name}</small>}
        </h2>
        {unit.seats.length === 1 && only ? (
          <Presence present={only.present} />
        ) : (
          <Mark shape={unit.present ? 'full' : 'ring'} tone={unit.present ? 'good' : 'quiet'}>
            {unit.present ? w.unitIn : w.unitOut}
          </Mark>
        )}
      </header>
      <ul>
        {unit.seats.map((seat) => (
          <Seat key={seat.id} seat={seat} titled={titleOf(seat) !== heading && !isByName(seat)} board={board} now={now} />
        ))}
      </ul>
    </section>
  );
}

/** By name: the person is the seat. */
const isByName = (seat: BoardSeat): boolean => seat.rung[0]?.as === 'nama';
const titleOf = (seat: BoardSeat): string => (isByName(seat) ? seat.unitName : seat.title);

function Presence({ present }: Pick<BoardSeat, 'present'>) {
  const w = useWords(callWords);
  if (present === null)
    return (
      <Mark shape="ring" tone="quiet">
        {w.unitOut}
      </Mark>
    );
  return (
    <Mark shape={present === 'hadir' ? 'full' : 'half'} tone="good">
      {w.present[present]}
    </Mark>
  );
}

function Seat({ seat, titled, board, now }: Props & { seat: BoardSeat; titled: boolean }) {
  const w = useWords(callWords);
  return (
    <li className="board-seat">
      {titled && (
        <p className="seat-title">
          <span>{seat.title}</span>
          <Presence present={seat.present} />
        </p>
      )}
      {seat.rung.length === 0 && seat.next === null && <p className="s quiet">{w.seatNobody}</p>}
      <ol>
        {seat.rung.map((callee) => (
          <CalleeRow key={callee.id} callee={callee} board={board} now={now} settled={seat.present !== null} />
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
      <p className="s">{left === null ? w.nextHand(who) : left > 0 ? w.nextIn(who, f.lasting(left + 999)) : w.nextSoon(who)}</p>
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
