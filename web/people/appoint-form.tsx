// Appoint somebody: definitively, as Plt or as Plh, between days, on a letter.
import { useState, type FormEvent } from 'react';
import type { getOpds, HoldingKind, PersonCard, Position, postHolding } from '../../shared/people.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { dayIn } from '../platform/format.ts';
import { holds, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Field, SelectField, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';
import { STAFF_CHANGED } from './holding-line.tsx';
import { topUnit } from './unit-options.ts';

export function AppointForm({ person, positions, onClose }: { person: PersonCard; positions: readonly Position[]; onClose: () => void }) {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const me = useMe();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const [form, setForm] = useState({ position: '', kind: 'definitif' as HoldingKind, from: dayIn(useZone()), until: '', basis: '' });
  const appoint = useWrite<typeof postHolding>('POST', '/api/positions/:id/holdings', STAFF_CHANGED);
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { position, kind, from, until, basis } = form;
    if (await appoint.run({ params: { id: position }, body: { personId: person.id, kind, from, until: until === '' ? null : until, basis } })) onClose();
  }

  const all = opds.value ?? [];
  const mine = (id: string): boolean => holds(me) || me.managesOpds.includes(topUnit(all, id));
  const units = all.filter((unit) => mine(unit.id) && positions.some((position) => position.opdId === unit.id));
  return (
    <form className="stack inset" onSubmit={(event) => void submit(event)} aria-label={w.appoint}>
      <Field label={w.position}>
        {(props) => (
          <select {...props} value={form.position} required onChange={(event) => set('position')(event.target.value)}>
            <option value="">{w.choosePosition}</option>
            {units.map((unit) => (
              <optgroup key={unit.id} label={unit.name}>
                {positions
                  .filter((position) => position.opdId === unit.id)
                  .map((position) => (
                    <option key={position.id} value={position.id}>
                      {position.title} ({position.holderNow ? w.heldBy(position.holderNow.name) : w.vacant})
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <SelectField
        label={w.kind}
        value={form.kind}
        onValue={set('kind')}
        choices={(['definitif', 'plt', 'plh'] as const).map((value) => ({ value, label: c.holdingLong[value] }))}
        hint={form.kind === 'plt' ? w.pltHint : undefined}
      />
      <div className="two">
        <TextField label={w.fromDay} type="date" value={form.from} onValue={set('from')} error={fieldFailure(appoint.failure, 'from')} required />
        <TextField
          label={w.untilDay}
          hint={form.kind === 'definitif' ? w.untilHint : undefined}
          type="date"
          value={form.until}
          min={form.from}
          onValue={set('until')}
          error={fieldFailure(appoint.failure, 'until')}
          required={form.kind !== 'definitif'}
        />
      </div>
      <TextField
        label={w.basis}
        hint={w.basisHint}
        value={form.basis}
        onValue={set('basis')}
        error={fieldFailure(appoint.failure, 'basis')}
        required
        maxLength={200}
        autoComplete="off"
      />
      {appoint.failure && (
        <Note tone="alarm" alert>
          {appoint.failure.message}
        </Note>
      )}
      <div className="row row-end">
        <Button onClick={onClose}>{c.cancel}</Button>
        <Button type="submit" kind="main" busy={appoint.busy}>
          {w.appointYes}
        </Button>
      </div>
    </form>
  );
}
