// One thing in a calendar: how it is written in a cell, in words for a reader, and opened.
import type { CSSProperties, KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats, zoneName } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { calendarWords } from '../words/calendar.ts';
import { isMovable } from './days.ts';

export function useEntryWords(zone: Zone) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const title = (e: CalendarEntry): string => e.title ?? w.busy;
  const span = (e: CalendarEntry): string => f.span(e.startsAt, e.endsAt, zone);
  const officeSpan = (e: CalendarEntry): string | null => (e.zone === zone ? null : w.officeTime(f.span(e.startsAt, e.endsAt, e.zone)));
  const state = (e: CalendarEntry): string | null => (e.state === 'terjadwal' || e.title === null ? null : w.states[e.state]);
  /** All of it, for somebody who does not see where it stands. */
  const whole = (e: CalendarEntry): string =>
    [span(e), officeSpan(e), e.kind === 'rapat' ? null : w.kinds[e.kind], title(e), e.place, state(e), e.series ? w.series : null].filter(Boolean).join(', ');
  return { title, span, officeSpan, state, whole };
}

type Hear = { onOpen: (entry: CalendarEntry) => void; onMove: (entry: CalendarEntry) => void };
type Props = Hear & {
  entry: CalendarEntry;
  zone: Zone;
  /** Reached by Tab: those of the day one is in. */
  reachable: boolean;
  className: string;
  style?: CSSProperties;
  onGrab?: ((event: PointerEvent<HTMLButtonElement>) => void) | undefined;
  children?: ReactNode;
};

/** Enter (or a press) opens it, M moves it. */
export function EntryButton({ entry, zone, reachable, className, style, onOpen, onMove, onGrab, children }: Props) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const say = useEntryWords(zone);
  const movable = isMovable(entry);
  function press(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey || !movable) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(entry);
  }
  return (
    <button
      type="button"
      className={`cal-entry ${className}`}
      data-entry={entry.id}
      data-kind={entry.kind}
      data-state={entry.title === null ? 'sibuk' : entry.state}
      data-movable={movable || undefined}
      tabIndex={reachable ? 0 : -1}
      aria-label={say.whole(entry)}
      aria-keyshortcuts={movable ? 'M' : undefined}
      style={style}
      onClick={() => onOpen(entry)}
      onKeyDown={press}
      onPointerDown={movable ? onGrab : undefined}
    >
      <span className="cal-hour">
        {f.clock(entry.startsAt, zone)}
        {entry.zone !== zone && (
          <small>
            {' '}
            {f.clock(entry.startsAt, entry.zone)} {zoneName(entry.zone)}
          </small>
        )}
      </span>{' '}
      <span className="cal-title">
        {w.short[entry.kind] !== '' && <em>{w.short[entry.kind]} </em>}
        {say.title(entry)}
      </span>
      {children}
    </button>
  );
}

/** Everything of one day, one line each. */
export function DayList({ entries, zone, onOpen, onMove }: Hear & { entries: readonly CalendarEntry[]; zone: Zone }) {
  const f = useFormats();
  const say = useEntryWords(zone);
  return (
    <ul className="cal-list">
      {entries.map((entry) => (
        <li key={entry.id}>
          <span className="cal-when">
            <span className="num">{f.span(entry.startsAt, entry.endsAt, zone)}</span>
            {entry.zone !== zone && <small>{say.officeSpan(entry)}</small>}
          </span>
          <div>
            <EntryButton entry={entry} zone={zone} reachable className="cal-line" onOpen={onOpen} onMove={onMove} />
            <p className="cal-more">
              {[entry.place, entry.title === null ? null : entry.opdName, say.state(entry)].filter(Boolean).map((part) => (
                <span key={part}>{part}</span>
              ))}
            </p>
          </div>
          {entry.kind === 'rapat' && entry.state === 'berlangsung' && entry.path !== null && <JoinNow entry={entry} />}
        </li>
      ))}
    </ul>
  );
}

function JoinNow({ entry }: { entry: CalendarEntry }) {
  const w = useWords(calendarWords);
  return (
    <ButtonLink outside to={`/r/${entry.id}`} kind="main">
      {w.join}
      <span className="sr-only"> {entry.title}</span>
    </ButtonLink>
  );
}

/** A quiet line above a day: what holiday it is, which code one has. */
export function DayMarks({ holiday, code, codeName }: { holiday: string | undefined; code: string | undefined; codeName: string | undefined }) {
  return (
    <>
      {code !== undefined && (
        <abbr className="cal-code" data-code={code} title={codeName}>
          {code}
        </abbr>
      )}
      {holiday !== undefined && <span className="cal-holiday">{holiday}</span>}
    </>
  );
}
