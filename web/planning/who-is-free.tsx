// Before it is sent: on which days it falls, which holidays it meets, and who is not free, by name. A warning, never a no.
import type { BodyOf, ReplyOf } from '../../shared/endpoint.ts';
import type { Conflict, postConflicts } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import { useAsk, type Remote } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Note } from '../ui/notice.tsx';
import { planningWords } from '../words/planning.ts';
import { useSettled } from './use-settled.ts';

type Reply = ReplyOf<typeof postConflicts>;
const SHOWN = 8;
const DAYS_SHOWN = 6;

/** `asked` null: nothing to ask yet. */
export function useConflicts(asked: BodyOf<typeof postConflicts> | null): Remote<Reply> {
  const settled = useSettled(asked);
  const nothing = { invite: { people: [], positions: [], units: [], guests: [] }, startsAt: '', endsAt: null, repeat: null };
  return useAsk<typeof postConflicts>('/api/planning/conflicts', { body: settled ?? nothing }, { enabled: settled !== null, keepWhileAsking: true });
}

export const peopleIn = (conflicts: readonly Conflict[]): number => new Set(conflicts.map((one) => one.personId)).size;

export function WhoIsFree({ from, zone, repeats }: { from: Remote<Reply>; zone: Zone; repeats: boolean }) {
  const w = useWords(planningWords);
  const { value, failure, asking } = from;
  if (failure && !value) return failure.fields.length > 0 ? null : <Note tone="wait">{failure.message}</Note>;
  if (!value) return asking ? <p className="quiet s">{w.conflictChecking}</p> : null;
  const away = peopleIn(value.conflicts.filter((one) => one.kind !== 'piket'));
  const verdict = (
    <span className="plan-verdict" data-tone={value.conflicts.length > 0 ? 'wait' : 'good'} role="status">
      {away === 0 ? w.conflictNone(value.asked) : w.conflictSome(away, value.asked)}
    </span>
  );
  const met = value.occurrences.some((one) => one.holiday !== null);
  if (!repeats && !met && value.conflicts.length === 0) return <p className="plan-free">{verdict}</p>;
  return (
    <details className="more plan-free" aria-busy={asking || undefined} open={wide()}>
      <summary>{verdict}</summary>
      <div className="stack">
        {value.conflicts.length > 0 && <ConflictList conflicts={value.conflicts} zone={zone} withDay={repeats} />}
        <Holidays reply={value} zone={zone} />
        {repeats && <Days reply={value} zone={zone} />}
      </div>
    </details>
  );
}

/** On a phone it stands in the bar at the foot: one line until it is opened. */
const wide = (): boolean => window.matchMedia('(min-width: 60.01rem)').matches;

function Days({ reply, zone }: { reply: Reply; zone: Zone }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const held = reply.occurrences.filter((one) => !one.skipped);
  const skipped = reply.occurrences.filter((one) => one.skipped);
  return (
    <div>
      <p className="legend">
        {w.occurrencesAre}: {w.occurrences(held.length)}
      </p>
      <p className="s">
        {held
          .slice(0, DAYS_SHOWN)
          .map((one) => f.shortDayOf(one.startsAt, zone))
          .join(' · ')}
        {held.length > DAYS_SHOWN && ` … ${f.shortDayOf(held.at(-1)?.startsAt ?? '', zone)}`}
      </p>
      {skipped.map((one) => (
        <p key={one.startsAt} className="quiet s">
          {f.shortDayOf(one.startsAt, zone)}, {w.skippedFor(one.holiday?.name ?? '')}
        </p>
      ))}
    </div>
  );
}

function Holidays({ reply, zone }: { reply: Reply; zone: Zone }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const met = reply.occurrences.filter((one) => one.holiday !== null && !one.skipped);
  if (met.length === 0) return null;
  return (
    <Note tone="wait">
      {met.slice(0, DAYS_SHOWN).map((one) => (
        <p key={one.startsAt}>{w.onHoliday(f.dayOf(one.startsAt, zone), one.holiday?.name ?? '')}</p>
      ))}
    </Note>
  );
}

/** The reason, as far as this viewer may know it. */
function useReason(zone: Zone): (one: Conflict) => string {
  const w = useWords(planningWords);
  const f = useFormats();
  return ({ kind, title, from, to }) =>
    [title === null ? w.kind[kind] : w.titled(w.kind[kind], title), from !== null && f.span(from, to, zone)].filter(Boolean).join(', ');
}

export function ConflictList({ conflicts, zone, withDay = false }: { conflicts: readonly Conflict[]; zone: Zone; withDay?: boolean }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const reason = useReason(zone);
  return (
    <ul className="plan-conflicts">
      {conflicts.slice(0, SHOWN).map((one) => (
        <li key={`${one.personId} ${one.startsAt} ${one.kind} ${one.from}`}>
          <strong>{one.name}</strong>{' '}
          <span className="quiet">
            {withDay && `${f.shortDayOf(one.startsAt, zone)}: `}
            {reason(one)}
          </span>
        </li>
      ))}
      {conflicts.length > SHOWN && <li className="quiet">{w.more(conflicts.length - SHOWN)}</li>}
    </ul>
  );
}
