// A month as a printed wall calendar: whole weeks, a few lines a day. One day is reached by Tab, the others by arrows.
// On a phone a day is its number and a dot for each thing; the day one is in is written out below.
import type { CalendarEntry } from '../../shared/calendar.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { calendarWords } from '../words/calendar.ts';
import { commonWords } from '../words/common.ts';
import { DayMarks, EntryButton } from './entry.tsx';
import type { Sight } from './sight.ts';

const LINES = 3;
const DOTS = 3;

export default function Month({ sight }: { sight: Sight }) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const { days, day } = sight;
  const weeks = Array.from({ length: days.length / 7 }, (_, n) => days.slice(n * 7, n * 7 + 7));
  return (
    <div className="cal-month" role="grid" tabIndex={-1} aria-label={`${w.title}, ${f.month(day)}`} onKeyDown={sight.onKey}>
      <div role="row">
        {days.slice(0, 7).map((one) => (
          <span key={one} role="columnheader">
            {f.weekday(one)}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row">
          {week.map((one) => (
            <Cell key={one} one={one} sight={sight} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Cell({ one, sight }: { one: string; sight: Sight }) {
  const w = useWords(calendarWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const { day, today, zone, ghost } = sight;
  const entries = sight.of(one);
  const holiday = sight.holiday(one);
  const code = sight.code(one);
  const chosen = one === day;
  const hidden = entries.length > LINES ? entries.length - LINES + 1 : 0;
  const shown: readonly CalendarEntry[] = hidden > 0 ? entries.slice(0, LINES - 1) : entries;
  const words = [
    f.day(one),
    one === today ? w.today : null,
    holiday === undefined ? null : w.holiday(holiday),
    code === undefined ? null : c.codes[code],
    w.entries(entries.length),
  ];
  return (
    <div
      role="gridcell"
      tabIndex={chosen ? 0 : -1}
      data-day={one}
      data-outside={one.slice(0, 7) !== day.slice(0, 7) || undefined}
      data-over={ghost?.day === one || undefined}
      data-holiday={holiday !== undefined || undefined}
      aria-selected={chosen}
      aria-current={one === today ? 'date' : undefined}
      aria-label={words.filter(Boolean).join(', ')}
      onFocus={() => sight.choose(one)}
    >
      <span className="cal-head">
        <span className="cal-date">{Number(one.slice(8))}</span>
        <DayMarks holiday={holiday} code={code} codeName={code && c.codes[code]} />
      </span>
      <span className="cal-dots" aria-hidden="true">
        {entries.slice(0, DOTS).map((entry) => (
          <i key={entry.id} data-kind={entry.kind} data-state={entry.title === null ? 'sibuk' : entry.state} />
        ))}
        {entries.length > DOTS && <b>+</b>}
      </span>
      <span className="cal-chips">
        {shown.map((entry) => (
          <EntryButton
            key={entry.id}
            entry={entry}
            zone={zone}
            reachable={chosen}
            className="cal-chip"
            onOpen={sight.open}
            onMove={sight.move}
            onGrab={(event) => sight.grab(event, entry, 'whole')}
          />
        ))}
        {hidden > 0 && (
          <button type="button" className="cal-rest" tabIndex={chosen ? 0 : -1} aria-label={w.moreOf(hidden, f.day(one))} onClick={() => sight.openDay(one)}>
            {w.more(hidden)}
          </button>
        )}
      </span>
    </div>
  );
}
