// Who will be rung for each post, why this person, and whether anything reaches them; who follows is folded.
import type { Candidate, postCallPreview, SeatPreview } from '../../../shared/calls.ts';
import type { ReplyOf } from '../../../shared/endpoint.ts';
import { useWords } from '../../platform/words.ts';
import { Note } from '../../ui/notice.tsx';
import { callWords } from '../../words/calls.ts';
import { ReachLine } from '../reach-line.tsx';

export type Preview = ReplyOf<typeof postCallPreview>;

export function PreviewList({ preview }: { preview: Preview }) {
  const w = useWords(callWords);
  return (
    <>
      {preview.unreachable > 0 ? (
        <Note tone="wait">
          <strong>{w.unreachable(preview.unreachable)}</strong> {w.unreachableDo}
        </Note>
      ) : (
        preview.people > 0 && <p className="quiet s preview-fine">{w.allReachable}</p>
      )}
      <ul className="seats">
        {preview.seats.map((seat, n) => (
          <Seat key={`${seat.positionId ?? 'nama'}/${seat.chain[0]?.personId ?? n}/${seat.title}`} seat={seat} />
        ))}
      </ul>
    </>
  );
}

function Seat({ seat }: { seat: SeatPreview }) {
  const w = useWords(callWords);
  const [first, ...rest] = seat.chain;
  // A post is called; a person by name is only called by name.
  const byName = seat.positionId === null && first !== undefined;
  const unit = seat.title.includes(seat.unitName) || seat.unitName === '' ? null : seat.unitName;
  return (
    <li className="seat-preview">
      <div>
        <p className="place-name">{byName ? first.name : seat.title}</p>
        {first === undefined && <p className="s">{w.nobodyHolds}</p>}
        {first && <p className="s">{byName ? first.label : <Who one={first} />}</p>}
        <p className="place-more">{[first?.why, unit].filter(Boolean).join(' · ')}</p>
      </div>
      {first && <ReachLine reach={first.reach} />}
      {rest.length > 0 && (
        <details className="chain">
          <summary>{w.thenChain(rest.length)}</summary>
          <ol>
            {rest.map((one) => (
              <li key={one.personId}>
                <p className="s">
                  <Who one={one} />
                </p>
                <p className="place-more">{one.why}</p>
                <ReachLine reach={one.reach} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

function Who({ one }: { one: Candidate }) {
  const w = useWords(callWords);
  return (
    <>
      {one.as !== 'definitif' && one.as !== 'nama' && <strong className="as">{w.as[one.as]} </strong>}
      {one.name}
    </>
  );
}
