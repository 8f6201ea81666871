// A new person with a first password that is shown once.
import { useState, type FormEvent } from 'react';
import type { Opd, postPerson } from '../../shared/people.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { holds, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';
import { FirstPassword } from './first-password.tsx';
import { unitOptions } from './unit-options.ts';

export function NewPerson({ opds, onClose }: { opds: readonly Opd[]; onClose: () => void }) {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const me = useMe();
  const choices = unitOptions(opds, true).filter((unit) => holds(me) || me.managesOpds.includes(unit.value));
  const [form, setForm] = useState({ name: '', nip: '', email: '', phone: '', opdId: me.opd?.id ?? choices[0]?.value ?? '' });
  const add = useWrite<typeof postPerson>('POST', '/api/people', ['/api/people']);
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value });
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await add.run({ body: { name: form.name, nip: orNull(form.nip), email: orNull(form.email), phone: orNull(form.phone), opdId: orNull(form.opdId) } });
  }

  if (add.reply) {
    return (
      <Dialog title={w.newTitle} onClose={onClose}>
        <div className="stack">
          <p>{w.created(add.reply.person.name)}</p>
          <FirstPassword name={add.reply.person.name} password={add.reply.firstPassword} />
          <Button kind="main" onClick={onClose}>
            {w.done}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={w.newTitle} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={w.name}
          value={form.name}
          onValue={set('name')}
          error={fieldFailure(add.failure, 'name')}
          required
          maxLength={120}
          autoComplete="off"
        />
        <TextField
          label={w.nip}
          hint={w.nipHint}
          optional
          inputMode="numeric"
          value={form.nip}
          onValue={set('nip')}
          error={fieldFailure(add.failure, 'nip')}
          maxLength={24}
          autoComplete="off"
        />
        <TextField
          label={w.email}
          optional
          type="email"
          value={form.email}
          onValue={set('email')}
          error={fieldFailure(add.failure, 'email')}
          maxLength={200}
          autoComplete="off"
        />
        <TextField
          label={w.phone}
          optional
          type="tel"
          value={form.phone}
          onValue={set('phone')}
          error={fieldFailure(add.failure, 'phone')}
          maxLength={30}
          autoComplete="off"
        />
        <SelectField
          label="OPD"
          value={form.opdId}
          onValue={set('opdId')}
          error={fieldFailure(add.failure, 'opdId')}
          choices={choices.length > 0 ? choices : [{ value: '', label: w.chooseOpd }]}
        />
        {add.failure && (
          <Note tone="alarm" alert>
            {add.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={add.busy}>
            {w.createYes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
