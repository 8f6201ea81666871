// Which OPD, and which day or month.
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { Opd } from '../../shared/people.ts';
import { dayAfter, dayIn } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useLanguage, useWords } from '../platform/words.ts';
import { Field, Segmented, SelectField } from '../ui/field.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { confirmationWords } from '../words/confirmations.ts';

export type Span = { from: string; to: string };
/** The whole month of `2026-11`. */
export function monthOf(month: string): Span {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) };
}

type Props = {
  opds: readonly Opd[];
  opdId: string | undefined;
  span: Span;
  onOpd: (id: string) => void;
  onSpan: (asked: { tanggal: string } | { bulan: string }) => void;
};
const MONTHS = 13;

export function SpanTools({ opds, opdId, span, onOpd, onSpan }: Props) {
  const w = useWords(confirmationWords);
  const a = useWords(attendanceWords);
  const language = useLanguage();
  const today = dayIn(useZone());
  const kind = span.from === span.to ? 'day' : 'month';
  const month = span.from.slice(0, 7);
  const [year = 0, number = 1] = today.split('-').map(Number);
  const months = Array.from({ length: MONTHS }, (_, n) => new Date(Date.UTC(year, number - 1 - n, 1)).toISOString().slice(0, 7));
  const name = (one: string): string =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${one}-01T12:00:00Z`));
  return (
    <div className="tools">
      {opds.length > 1 && (
        <SelectField label={a.unit} value={opdId ?? ''} onValue={onOpd} choices={opds.map((unit) => ({ value: unit.id, label: unit.name }))} />
      )}
      <Segmented
        label={w.span}
        value={kind}
        onValue={(next) => onSpan(next === 'month' ? { bulan: month } : { tanggal: today < span.to ? dayAfter(today, -1) : span.to })}
        choices={[
          { value: 'day', label: w.day },
          { value: 'month', label: w.month },
        ]}
      />
      {kind === 'month' ? (
        <SelectField
          label={w.month}
          value={month}
          onValue={(one) => onSpan({ bulan: one })}
          choices={(months.includes(month) ? months : [month, ...months]).map((value) => ({ value, label: name(value) }))}
        />
      ) : (
        <Field label={a.date} className="short">
          {(props) => (
            <div className="with-button">
              <button type="button" className="btn btn-plain btn-icon" aria-label={a.before} onClick={() => onSpan({ tanggal: dayAfter(span.from, -1) })}>
                <ChevronLeft aria-hidden />
              </button>
              <input
                {...props}
                type="date"
                value={span.from}
                required
                onChange={(event) => event.target.value !== '' && onSpan({ tanggal: event.target.value })}
              />
              <button type="button" className="btn btn-plain btn-icon" aria-label={a.after} onClick={() => onSpan({ tanggal: dayAfter(span.from, 1) })}>
                <ChevronRight aria-hidden />
              </button>
            </div>
          )}
        </Field>
      )}
    </div>
  );
}
