// The recap where a month of days does not fit beside each other: person by person, and the days of whoever is opened as a calendar.
import type { DayCode } from '../../shared/roster.ts';
import { DayCode as Codes } from '../../shared/roster.ts';
import type { JadwalRecap } from '../../shared/rota-recap.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { PlaceCard } from '../ui/marks.tsx';
import { commonWords } from '../words/common.ts';
import { rotaRecapWords } from '../words/rota-recap.ts';

export const LETTER: Record<DayCode, string> = { WFO: 'O', WFH: 'H', PIKET: 'P', DL: 'D', CUTI: 'C', SAKIT: 'S', LIBUR: '–' };
type Row = JadwalRecap['rows'][number];
type Days = JadwalRecap['days'];

export function RecapPeople({ recap: { days, rows, sums } }: { recap: JadwalRecap }) {
  const w = useWords(rotaRecapWords);
  return (
    <>
      <ul className="recap-people">
        {rows.map((row) => (
          <li key={row.personId}>
            <details>
              <summary>
                <PlaceCard name={row.name} position={row.position} more={row.nip} />
                <span className="s recap-counts">{counted(row.sums)}</span>
              </summary>
              <Month days={days} row={row} />
            </details>
          </li>
        ))}
      </ul>
      <p className="s">
        <strong>{w.sum}</strong>: {counted(sums)}
      </p>
      <p className="quiet s">{w.legend}</p>
    </>
  );
}

const counted = (sums: readonly number[]): string => Codes.options.flatMap((code, n) => ((sums[n] ?? 0) > 0 ? [`${code} ${sums[n]}`] : [])).join(' · ');

/** Weeks begin on Monday. */
function Month({ days, row }: { days: Days; row: Row }) {
  const c = useWords(commonWords);
  const f = useFormats();
  const first = days[0]?.weekday ?? 1;
  return (
    <ol className="recap-month" style={{ '--first': first } as React.CSSProperties}>
      {days.map(({ date, kind, name }, n) => {
        const cell = row.cells[n];
        return (
          <li key={date} className="recap-day" data-code={cell?.code} data-off={kind === 'kerja' ? undefined : true}>
            <span aria-hidden className="recap-date">
              {Number(date.slice(8))}
            </span>
            <span className="sr-only">{[f.day(date), name].filter(Boolean).join(', ')}: </span>
            {cell && (
              <>
                <span aria-hidden>{LETTER[cell.code]}</span>
                <span className="sr-only">{c.codes[cell.code]}</span>
              </>
            )}
            {cell?.shift && <span className="recap-shift">{cell.shift}</span>}
          </li>
        );
      })}
    </ol>
  );
}
