// A week by the hour. On a phone its head is a strip of days, and the chosen one is drawn alone.
import { useFormats, localIn } from '../platform/format.ts';
import { useServerNow } from '../platform/server-clock.ts';
import { useWords } from '../platform/words.ts';
import { calendarWords } from '../words/calendar.ts';
import { commonWords } from '../words/common.ts';
import { hoursShown, inLanes, type Placed } from './days.ts';
import { DayMarks, EntryButton } from './entry.tsx';
import type { Sight } from './sight.ts';

/** Pixels of a minute. */
const MINUTE_PX = 0.9;

export default function Week({ sight }: { sight: Sight }) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const { days, day, zone } = sight;
  const placed = new Map(days.map((one) => [one, inLanes(sight.of(one), one, zone)]));
  const hours = hoursShown([...placed.values()].flat());
  const names = Array.from({ length: hours.to - hours.from }, (_, n) => hours.from + n);
  const height = (hours.to - hours.from) * 60 * MINUTE_PX;
  return (
    <div className="cal-week" role="grid" tabIndex={-1} aria-label={`${w.title}, ${f.days(days[0] ?? day, days.at(-1) ?? day)}`} onKeyDown={sight.onKey}>
      <div className="cal-week-head" role="row">
        <span className="cal-gutter" role="presentation" />
        {days.map((one) => (
          <Head key={one} one={one} sight={sight} />
        ))}
      </div>
      <div className="cal-week-body" role="row">
        <div className="cal-gutter" aria-hidden="true" style={{ height }}>
          {names.map((hour) => (
            <span key={hour} style={{ top: (hour - hours.from) * 60 * MINUTE_PX }}>
              {f.hour(hour)}
            </span>
          ))}
        </div>
        {days.map((one) => (
          <Column key={one} one={one} placed={placed.get(one) ?? []} fromMinute={hours.from * 60} height={height} sight={sight} />
        ))}
      </div>
    </div>
  );
}

function Head({ one, sight }: { one: string; sight: Sight }) {
  const c = useWords(commonWords);
  const f = useFormats();
  const code = sight.code(one);
  return (
    <div
      role="columnheader"
      className="cal-day-head"
      data-chosen={one === sight.day || undefined}
      data-today={one === sight.today || undefined}
      data-holiday={sight.holiday(one) !== undefined || undefined}
    >
      {/* On a phone the head chooses the day; by keyboard the columns do. */}
      <button type="button" tabIndex={-1} aria-label={f.day(one)} aria-pressed={one === sight.day} onClick={() => sight.choose(one)}>
        <span className="cal-weekday">{f.weekday(one)}</span> <span className="cal-date">{Number(one.slice(8))}</span>
      </button>
      <DayMarks holiday={sight.holiday(one)} code={code} codeName={code && c.codes[code]} />
    </div>
  );
}

function Column({ one, placed, fromMinute, height, sight }: { one: string; placed: readonly Placed[]; fromMinute: number; height: number; sight: Sight }) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const chosen = one === sight.day;
  const { ghost, zone } = sight;
  const at = (minute: number): number => (minute - fromMinute) * MINUTE_PX;
  const holiday = sight.holiday(one);
  const shadow = ghost && localIn(ghost.times.startsAt, zone).slice(0, 10) === one ? inLanes([{ ...ghost.entry, ...ghost.times }], one, zone)[0] : undefined;
  return (
    <div
      role="gridcell"
      className="cal-column"
      tabIndex={chosen ? 0 : -1}
      data-day={one}
      data-from-minute={fromMinute}
      data-minute-px={MINUTE_PX}
      data-chosen={chosen || undefined}
      data-holiday={holiday !== undefined || undefined}
      aria-selected={chosen}
      aria-current={one === sight.today ? 'date' : undefined}
      aria-label={[f.day(one), holiday === undefined ? null : w.holiday(holiday), w.entries(placed.length)].filter(Boolean).join(', ')}
      style={{ height, backgroundSize: `100% ${60 * MINUTE_PX}px` }}
      onFocus={() => sight.choose(one)}
    >
      {placed.map(({ entry, from, to, lane, lanes }) => (
        <EntryButton
          key={entry.id}
          entry={entry}
          zone={zone}
          reachable={chosen}
          className="cal-block"
          style={{ top: at(from), height: (to - from) * MINUTE_PX, left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%` }}
          onOpen={sight.open}
          onMove={sight.move}
          onGrab={(event) => sight.grab(event, entry, (event.target as HTMLElement).dataset['grip'] === 'end' ? 'end' : 'whole')}
        >
          <span className="cal-grip" data-grip="end" aria-hidden="true" />
        </EntryButton>
      ))}
      {shadow && (
        <div className="cal-ghost" aria-hidden="true" style={{ top: at(shadow.from), height: (shadow.to - shadow.from) * MINUTE_PX }}>
          {f.span(shadow.entry.startsAt, shadow.entry.endsAt, zone)}
        </div>
      )}
      {one === sight.today && <NowLine serverTime={sight.serverTime} fromMinute={fromMinute} height={height} zone={zone} />}
    </div>
  );
}

function NowLine({ serverTime, fromMinute, height, zone }: Pick<Sight, 'serverTime' | 'zone'> & { fromMinute: number; height: number }) {
  const now = localIn(new Date(useServerNow(serverTime)).toISOString(), zone);
  const top = (Number(now.slice(11, 13)) * 60 + Number(now.slice(14)) - fromMinute) * MINUTE_PX;
  return top < 0 || top > height ? null : <span className="cal-now" aria-hidden="true" style={{ top }} />;
}
