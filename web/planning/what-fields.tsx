// What the meeting is about, and where.
import { fieldFailure } from '../platform/api.ts';
import type { Refused } from '../platform/call.ts';
import { useWords } from '../platform/words.ts';
import { Field, Segmented, TextField } from '../ui/field.tsx';
import { commonWords } from '../words/common.ts';
import { planningWords } from '../words/planning.ts';
import { PLACES, type Form } from './form.ts';

type Props = { form: Form; onForm: (form: Form) => void; failure: Refused | undefined };
const TONE = { biasa: undefined, segera: 'wait', sangat_segera: 'alarm' } as const;

export function TitleFields({ form, onForm, failure }: Props) {
  const w = useWords(planningWords);
  const c = useWords(commonWords);
  return (
    <>
      <TextField
        label={w.title}
        value={form.title}
        onValue={(title) => onForm({ ...form, title })}
        error={fieldFailure(failure, 'title')}
        required
        maxLength={160}
        autoComplete="off"
      />
      <Segmented
        label={w.sifat}
        value={form.sifat}
        onValue={(sifat) => onForm({ ...form, sifat })}
        tone={(value) => TONE[value]}
        choices={(['biasa', 'segera', 'sangat_segera'] as const).map((value) => ({ value, label: c.sifat[value] }))}
      />
    </>
  );
}

export function PlaceFields({ form, onForm, failure }: Props) {
  const w = useWords(planningWords);
  return (
    <>
      <Segmented
        label={w.place}
        value={form.place}
        onValue={(place) => onForm({ ...form, place })}
        choices={PLACES.map((value) => ({ value, label: w.placeKind[value] }))}
      />
      {form.place !== 'daring' && (
        <TextField
          label={w.room}
          hint={w.roomHint}
          value={form.room}
          onValue={(room) => onForm({ ...form, room })}
          error={fieldFailure(failure, 'place')}
          required
          maxLength={140}
          autoComplete="off"
        />
      )}
      <Field label={w.description} hint={w.descriptionHint} error={fieldFailure(failure, 'description')} optional>
        {(props) => (
          <textarea {...props} rows={4} maxLength={4000} value={form.description} onChange={(event) => onForm({ ...form, description: event.target.value })} />
        )}
      </Field>
    </>
  );
}
