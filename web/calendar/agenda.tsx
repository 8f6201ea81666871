// What comes, day by day; days with nothing in them are left out, unless they are holidays.
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { calendarWords } from '../words/calendar.ts';
import { commonWords } from '../words/common.ts';
import { DayList, DayMarks } from './entry.tsx';
import type { Sight } from './sight.ts';

export default function Agenda({ sight }: { sight: Sight }) {
  const w = useWords(calendarWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const days = sight.days.filter((day) => sight.of(day).length > 0 || sight.holiday(day) !== undefined);
  if (!days.some((day) => sight.of(day).length > 0)) return <p className="cal-nothing">{w.nothing}</p>;
  return (
    <div className="cal-agenda">
      {days.map((day) => {
        const code = sight.code(day);
        return (
          <section key={day} aria-labelledby={`hari-${day}`} data-today={day === sight.today || undefined}>
            <h3 id={`hari-${day}`}>
              {f.day(day)}
              {day === sight.today && <small> {w.today}</small>} <DayMarks holiday={sight.holiday(day)} code={code} codeName={code && c.codes[code]} />
            </h3>
            <DayList entries={sight.of(day)} zone={sight.zone} onOpen={sight.open} onMove={sight.move} />
          </section>
        );
      })}
    </div>
  );
}
