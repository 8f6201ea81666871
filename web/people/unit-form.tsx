// A unit: new, or changed.
import { useState, type FormEvent } from 'react';
import type { Opd, postOpd, putOpd, Zone } from '../../shared/people.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';

const zones: readonly Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];
const below = { opd: 'bidang', bidang: 'seksi', seksi: 'seksi' } as const;
const CHANGED = ['/api/opds', '/api/people', '/api/me'];

export function UnitForm({ parent, unit, onClose }: { parent: Opd | null; unit?: Opd; onClose: () => void }) {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const zone = useZone();
  const [form, setForm] = useState({
    name: unit?.name ?? '',
    abbreviation: unit?.abbreviation ?? '',
    aliases: unit?.aliases.join(', ') ?? '',
    kind: unit?.kind ?? (parent ? below[parent.kind] : 'opd'),
    zone: unit?.zone ?? parent?.zone ?? zone,
  });
  const add = useWrite<typeof postOpd>('POST', '/api/opds', CHANGED);
  const change = useWrite<typeof putOpd>('PUT', '/api/opds/:id', CHANGED);
  const failure = add.failure ?? change.failure;
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const aliases = form.aliases
      .split(',')
      .map((alias) => alias.trim())
      .filter((alias) => alias !== '');
    const body = { ...form, aliases, parentId: parent?.id ?? null };
    const done = unit ? await change.run({ params: { id: unit.id }, body }) : await add.run({ body });
    if (done) onClose();
  }

  return (
    <Dialog title={unit ? `${w.editUnit}: ${unit.name}` : parent ? `${w.addSub}: ${parent.name}` : w.addUnit} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={w.unitName}
          value={form.name}
          onValue={set('name')}
          error={fieldFailure(failure, 'name')}
          required
          maxLength={160}
          autoComplete="off"
        />
        <div className="two">
          <TextField
            label={w.abbreviation}
            value={form.abbreviation}
            onValue={set('abbreviation')}
            error={fieldFailure(failure, 'abbreviation')}
            required
            maxLength={40}
            autoComplete="off"
          />
          <SelectField label={w.zone} value={form.zone} onValue={set('zone')} choices={zones.map((value) => ({ value, label: w.zones[value] }))} />
        </div>
        {parent && (
          <SelectField
            label={w.unitKind}
            value={form.kind}
            onValue={set('kind')}
            choices={(['bidang', 'seksi'] as const).map((value) => ({ value, label: w.kinds[value] }))}
          />
        )}
        <TextField
          label={w.aliases}
          hint={w.aliasesHint}
          optional
          value={form.aliases}
          onValue={set('aliases')}
          error={fieldFailure(failure, 'aliases')}
          autoComplete="off"
        />
        {failure && (
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={add.busy || change.busy}>
            {c.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
