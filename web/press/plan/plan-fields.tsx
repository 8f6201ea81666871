// The fields of a plan. What has a sensible value stands closed, with that value in its line.
import type { Opd, Zone } from '../../../shared/people.ts';
import { fieldFailure, type Write } from '../../platform/api.ts';
import { zoneName } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Field, SelectField, TextField } from '../../ui/field.tsx';
import { pressWords } from '../../words/press.ts';
import { LASTING, type Form } from './form.ts';

type Props = { form: Form; onForm: (form: Form) => void; opds: readonly Opd[]; zone: Zone; failure: Write<never>['failure']; open?: boolean };

export function PlanFields({ form, onForm, opds, zone, failure, open = false }: Props) {
  const w = useWords(pressWords);
  const set = (field: keyof Form) => (value: string) => onForm({ ...form, [field]: value });
  const error = (path: string) => fieldFailure(failure, path);
  const lasting = [...new Set([...LASTING, form.lasts])].toSorted((a, b) => Number(a) - Number(b));
  return (
    <div className="press-fields">
      <TextField label={w.about} value={form.title} onValue={set('title')} error={error('title')} required maxLength={160} autoComplete="off" />
      <Field label={w.summary} hint={w.summaryHint} error={error('summary')}>
        {(props) => (
          <textarea {...props} rows={4} required maxLength={2000} value={form.summary} onChange={(event) => onForm({ ...form, summary: event.target.value })} />
        )}
      </Field>
      <Field label={w.opd} error={error('opdId')}>
        {(props) => (
          <select {...props} required value={form.opdId} onChange={(event) => onForm({ ...form, opdId: event.target.value })}>
            <option value="">{w.chooseOpd}</option>
            {opds.map((opd) => (
              <option key={opd.id} value={opd.id}>
                {opd.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="press-time">
        <TextField label={w.day} type="date" value={form.day} onValue={set('day')} error={error('startsAt')} required />
        <TextField label={`${w.starts} (${zoneName(zone)})`} type="time" value={form.time} onValue={set('time')} required />
        <SelectField
          label={w.lasts}
          value={form.lasts}
          onValue={set('lasts')}
          error={error('endsAt')}
          choices={lasting.map((value) => ({ value, label: w.lasting[value as (typeof LASTING)[number]] ?? w.minutes(Number(value) * 60) }))}
        />
      </div>
      <TextField
        label={w.place}
        hint={w.placeHint}
        value={form.place}
        onValue={set('place')}
        error={error('place')}
        required
        maxLength={160}
        autoComplete="off"
      />
      <details className="press-more" open={open}>
        <summary>
          {w.more} <small>{w.moreSummary(form.floorLimit, w.minutes(Number(form.turnSeconds)), form.viewerLimit)}</small>
        </summary>
        <div className="stack">
          <SelectField
            label={w.floorLimit}
            value={form.floorLimit}
            onValue={set('floorLimit')}
            choices={['1', '2', '3', '4'].map((value) => ({ value, label: value }))}
          />
          <div className="two">
            <TextField
              label={w.turnLength}
              hint={w.secondsHint}
              type="number"
              min={15}
              max={900}
              value={form.turnSeconds}
              onValue={set('turnSeconds')}
              error={error('turnSeconds')}
              required
            />
            <TextField
              label={w.followUpLength}
              hint={w.secondsHint}
              type="number"
              min={15}
              max={600}
              value={form.followUpSeconds}
              onValue={set('followUpSeconds')}
              error={error('followUpSeconds')}
              required
            />
          </div>
          <label className="check">
            <input type="checkbox" checked={form.floorCamera} onChange={() => onForm({ ...form, floorCamera: !form.floorCamera })} />
            {w.camera}: {form.floorCamera ? w.cameraOn : w.cameraOff}
          </label>
          <TextField
            label={w.viewerLimit}
            hint={w.viewerHint}
            type="number"
            min={10}
            max={5000}
            value={form.viewerLimit}
            onValue={set('viewerLimit')}
            error={error('viewerLimit')}
            required
          />
          <div className="two">
            <TextField
              label={w.registrationUntil}
              hint={w.registrationHint}
              type="date"
              value={form.registrationDay}
              onValue={set('registrationDay')}
              error={error('registrationUntil')}
            />
            {form.registrationDay !== '' && (
              <TextField
                label={`${w.registrationUntil} (${zoneName(zone)})`}
                type="time"
                value={form.registrationTime}
                onValue={set('registrationTime')}
                required
              />
            )}
          </div>
        </div>
      </details>
    </div>
  );
}
