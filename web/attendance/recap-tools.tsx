// Which OPD and which month: two selects, and a step to either side.
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { ReactNode } from 'react';
import { dayIn } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useLanguage, useWords } from '../platform/words.ts';
import { Field, SelectField } from '../ui/field.tsx';
import { recapWords } from '../words/recap.ts';

export const monthAfter = (month: string, n: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + n, 1)).toISOString().slice(0, 7);
};
export function useMonthName(): (month: string) => string {
  const language = useLanguage();
  return (month) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${month}-15T12:00:00Z`),
    );
}

const MONTHS = 13;
type Choice = { value: string; label: string };
type Props = {
  opds: readonly Choice[];
  opdId: string | undefined;
  month: string;
  onOpd: (id: string) => void;
  onMonth: (month: string) => void;
  children?: ReactNode;
};

export function MonthTools({ opds, opdId, month, onOpd, onMonth, children }: Props) {
  const w = useWords(recapWords);
  const name = useMonthName();
  const today = dayIn(useZone()).slice(0, 7);
  const months = Array.from({ length: MONTHS }, (_, n) => monthAfter(today, -n));
  return (
    <div className="tools">
      {opds.length > 1 && <SelectField label={w.opd} value={opdId ?? ''} onValue={onOpd} choices={opds} />}
      <Field label={w.month} className="short">
        {(props) => (
          <div className="with-button">
            <button type="button" className="btn btn-plain btn-icon" aria-label={w.before} onClick={() => onMonth(monthAfter(month, -1))}>
              <ChevronLeft aria-hidden />
            </button>
            <select {...props} value={month} onChange={(event) => onMonth(event.target.value)}>
              {(months.includes(month) ? months : [month, ...months]).map((one) => (
                <option key={one} value={one}>
                  {name(one)}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="btn btn-plain btn-icon"
              aria-label={w.after}
              disabled={month >= today}
              onClick={() => onMonth(monthAfter(month, 1))}
            >
              <ChevronRight aria-hidden />
            </button>
          </div>
        )}
      </Field>
      {children}
    </div>
  );
}
