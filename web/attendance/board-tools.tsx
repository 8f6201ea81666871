// Which OPD and which day: a select, a native date, and a step to either side.
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { Opd } from '../../shared/people.ts';
import { dayAfter } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Field, SelectField } from '../ui/field.tsx';
import { attendanceWords } from '../words/attendance.ts';

type Props = { opds: readonly Opd[]; opdId: string | undefined; date: string; onOpd: (id: string) => void; onDate: (day: string) => void };

export function BoardTools({ opds, opdId, date, onOpd, onDate }: Props) {
  const w = useWords(attendanceWords);
  return (
    <div className="tools">
      {opds.length > 1 && (
        <SelectField label={w.unit} value={opdId ?? ''} onValue={onOpd} choices={opds.map((unit) => ({ value: unit.id, label: unit.name }))} />
      )}
      <Field label={w.date} className="short">
        {(props) => (
          <div className="with-button">
            <button type="button" className="btn btn-plain btn-icon" aria-label={w.before} onClick={() => onDate(dayAfter(date, -1))}>
              <ChevronLeft aria-hidden />
            </button>
            <input {...props} type="date" value={date} required onChange={(event) => event.target.value !== '' && onDate(event.target.value)} />
            <button type="button" className="btn btn-plain btn-icon" aria-label={w.after} onClick={() => onDate(dayAfter(date, 1))}>
              <ChevronRight aria-hidden />
            </button>
          </div>
        )}
      </Field>
    </div>
  );
}
