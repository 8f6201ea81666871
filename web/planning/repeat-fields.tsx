// How a meeting repeats. On which days it falls, the portal says (who-is-free.tsx): nothing is counted here.
import type { Refused } from '../platform/call.ts';
import { fieldFailure } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Segmented, SelectField, TextField } from '../ui/field.tsx';
import { planningWords } from '../words/planning.ts';
import { nthOf, REPEATS, WEEKDAYS, weekdayOf, type RepeatForm } from './form.ts';

type Props = { repeat: RepeatForm; onRepeat: (repeat: RepeatForm) => void; day: string; failure: Refused | undefined };

export function RepeatFields({ repeat, onRepeat, day, failure }: Props) {
  const w = useWords(planningWords);
  const set =
    <K extends keyof RepeatForm>(key: K) =>
    (value: RepeatForm[K]) =>
      onRepeat({ ...repeat, [key]: value });
  const known = day !== '';
  return (
    <div className="stack">
      <SelectField
        label={w.repeat}
        value={repeat.kind}
        onValue={set('kind')}
        choices={REPEATS.map((value) => ({ value, label: w.repeats[value] }))}
        error={fieldFailure(failure, 'repeat')}
      />
      {repeat.kind === 'mingguan' && known && <Weekdays repeat={repeat} onRepeat={onRepeat} day={day} />}
      {repeat.kind === 'bulanan_tanggal' && known && (
        <p>
          {w.onDate(String(Number(day.slice(8, 10))))}. {Number(day.slice(8, 10)) > 28 && w.onDateNote}
        </p>
      )}
      {repeat.kind === 'bulanan_hari' && known && <p>{w.onNth(w.nth[String(nthOf(day)) as '1'], w.weekday[weekdayOf(day)])}.</p>}
      {repeat.kind !== 'tidak' && (
        <>
          <div className="plan-repeat">
            {repeat.kind !== 'hari_kerja' && (
              <TextField
                label={repeat.kind === 'mingguan' ? w.everyWeeks : w.everyMonths}
                type="number"
                min={1}
                max={12}
                value={repeat.every}
                onValue={set('every')}
              />
            )}
            {repeat.ends === 'kali' ? (
              <TextField
                label={w.times}
                type="number"
                min={1}
                max={60}
                value={repeat.times}
                onValue={set('times')}
                error={fieldFailure(failure, 'times')}
                required
              />
            ) : (
              <TextField
                label={w.until}
                type="date"
                min={day}
                value={repeat.until}
                onValue={set('until')}
                error={fieldFailure(failure, 'repeat.ends.day')}
                required
              />
            )}
          </div>
          <Segmented
            label={w.ends}
            value={repeat.ends}
            onValue={set('ends')}
            choices={(['kali', 'sampai'] as const).map((value) => ({ value, label: w.endsBy[value] }))}
          />
          <label className="check">
            <input type="checkbox" checked={repeat.skipHolidays} onChange={() => onRepeat({ ...repeat, skipHolidays: !repeat.skipHolidays })} />
            {w.skipHolidays}
          </label>
        </>
      )}
    </div>
  );
}

function Weekdays({ repeat, onRepeat, day }: Pick<Props, 'repeat' | 'onRepeat' | 'day'>) {
  const w = useWords(planningWords);
  const chosen = repeat.days.length === 0 ? [weekdayOf(day)] : repeat.days;
  return (
    <fieldset className="plan-days">
      <legend className="legend">{w.weekdays}</legend>
      <div className="row">
        {WEEKDAYS.map((one) => (
          <label key={one} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              // One stays.
              disabled={chosen.length === 1 && chosen[0] === one}
              onChange={() => onRepeat({ ...repeat, days: WEEKDAYS.filter((other) => (other === one) !== chosen.includes(other)) })}
            />
            {w.weekday[one]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
