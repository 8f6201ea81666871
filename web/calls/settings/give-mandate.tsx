// A head of agency lets somebody of the same OPD call: whom, between which days, on what letter.
import { useState, type FormEvent } from 'react';
import type { CallDesk, postMandate } from '../../../shared/calls.ts';
import type { getPeople } from '../../../shared/people.ts';
import { fieldFailure, useRead, useWrite } from '../../platform/api.ts';
import { dayIn } from '../../platform/format.ts';
import { useMe, useZone } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Field, SelectField, TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { commonWords } from '../../words/common.ts';
import { callWords } from '../../words/calls.ts';

export function GiveMandate({ opds, onClose }: { opds: CallDesk['as']; onClose: () => void }) {
  const w = useWords(callWords);
  const c = useWords(commonWords);
  const me = useMe();
  const [form, setForm] = useState({ opdId: opds[0]?.opdId ?? '', holderId: '', from: dayIn(useZone()), until: '', basis: '' });
  const people = useRead<typeof getPeople>('/api/people', { query: { opd: form.opdId } });
  const give = useWrite<typeof postMandate>('POST', '/api/mandates', ['/api/mandates']);
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value, ...(field === 'opdId' && { holderId: '' }) });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await give.run({ body: { ...form, until: form.until === '' ? null : form.until } })) onClose();
  }

  return (
    <form className="stack inset" onSubmit={(event) => void submit(event)} aria-label={w.give}>
      {opds.length > 1 && (
        <SelectField label={w.opd} value={form.opdId} onValue={set('opdId')} choices={opds.map((one) => ({ value: one.opdId, label: one.opdName }))} />
      )}
      <Field label={w.holder} error={fieldFailure(give.failure, 'holderId')}>
        {(props) => (
          <select {...props} value={form.holderId} required onChange={(event) => set('holderId')(event.target.value)}>
            <option value="">{w.chooseHolder}</option>
            {(people.value ?? [])
              .filter((person) => !person.disabled && person.id !== me.id)
              .map((person) => (
                <option key={person.id} value={person.id}>
                  {[person.name, person.positions[0]?.label].filter(Boolean).join(', ')}
                </option>
              ))}
          </select>
        )}
      </Field>
      <div className="two">
        <TextField label={w.from} type="date" value={form.from} onValue={set('from')} error={fieldFailure(give.failure, 'from')} required />
        <TextField
          label={w.until}
          hint={w.untilHint}
          type="date"
          min={form.from}
          value={form.until}
          onValue={set('until')}
          error={fieldFailure(give.failure, 'until')}
        />
      </div>
      <TextField
        label={w.basis}
        hint={w.mandateBasisHint}
        value={form.basis}
        onValue={set('basis')}
        error={fieldFailure(give.failure, 'basis')}
        required
        maxLength={200}
        autoComplete="off"
      />
      {give.failure && (
        <Note tone="alarm" alert>
          {give.failure.message}
        </Note>
      )}
      <div className="row row-end">
        <Button onClick={onClose}>{c.cancel}</Button>
        <Button type="submit" kind="main" busy={give.busy}>
          {w.giveYes}
        </Button>
      </div>
    </form>
  );
}
