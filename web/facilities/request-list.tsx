// Requests, each with what was asked and what came of it.
import type { FacilityItem, FacilityRequest, RequestState } from '../../shared/facilities.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { facilityWords } from '../words/facilities.ts';

const looks: Record<RequestState, [MarkShape, Tone]> = {
  menunggu: ['ring', 'wait'],
  disetujui: ['full', 'good'],
  sebagian: ['half', 'good'],
  ditolak: ['dash', 'alarm'],
  dibatalkan: ['dash', 'quiet'],
};

export function FacilityState({ state }: { state: RequestState }) {
  const w = useWords(facilityWords);
  return (
    <Mark shape={looks[state][0]} tone={looks[state][1]}>
      {w.states[state]}
    </Mark>
  );
}

type Acts = { onDecide?: (request: FacilityRequest) => void; onCancel?: (request: FacilityRequest) => void; marked?: string | null; bare?: boolean };

export function RequestList({ requests, onDecide, onCancel, marked = null, bare = false }: Acts & { requests: readonly FacilityRequest[] }) {
  const w = useWords(facilityWords);
  const f = useFormats();
  return (
    <ul className="facility-list">
      {requests.map((request) => (
        <li key={request.id} data-marked={request.id === marked || undefined}>
          <div className="facility-head">
            <div className="place">
              {!bare && <span className="place-name">{request.title}</span>}
              <span className="place-position">
                {f.dayOf(request.startsAt, request.zone)}, {f.span(request.startsAt, request.endsAt, request.zone)}
                {!bare && ` · ${request.opdName}`}
              </span>
              <span className="place-more">{w.askedBy(request.askedBy, f.shortDayOf(request.askedAt, request.zone))}</span>
            </div>
            <FacilityState state={request.state} />
          </div>
          {request.note && <p className="facility-note">{request.note}</p>}
          <ul className="facility-items">
            {request.items.map((item) => (
              <li key={item.id}>
                <Item item={item} request={request} />
              </li>
            ))}
          </ul>
          <div className="row">
            {request.may.decide && onDecide && (
              <Button kind={request.state === 'menunggu' ? 'main' : 'plain'} onClick={() => onDecide(request)}>
                {w.decide}
                <span className="sr-only"> {request.title}</span>
              </Button>
            )}
            {request.meetingId !== null && !bare && (
              <ButtonLink kind="quiet" to={`/rapat/${request.meetingId}`}>
                {w.toMeeting}
              </ButtonLink>
            )}
            {request.may.cancel && onCancel && (
              <Button kind="quiet" onClick={() => onCancel(request)}>
                {w.cancel}
                <span className="sr-only"> {request.title}</span>
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Item({ item, request }: { item: FacilityItem; request: FacilityRequest }) {
  const w = useWords(facilityWords);
  const f = useFormats();
  const own = item.startsAt !== request.startsAt || item.endsAt !== request.endsAt;
  return (
    <>
      <FacilityState state={item.state} />
      <span>
        {w.kinds[item.kind]}
        {item.given && item.state === 'disetujui' && (
          <>
            : <strong>{item.given.name}</strong>
          </>
        )}
        {own && <span className="quiet"> · {f.span(item.startsAt, item.endsAt, request.zone)}</span>}
        {item.note && <span className="quiet"> · {item.note}</span>}
      </span>
    </>
  );
}
