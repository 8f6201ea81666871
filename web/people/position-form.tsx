// A new position in a unit.
import { useState, type FormEvent } from 'react';
import type { Level, Opd, postPosition } from '../../shared/people.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';

const levels: readonly Level[] = ['kepala_opd', 'sekretaris', 'kabid', 'kasi', 'fungsional', 'staf'];

export function PositionForm({ unit, onClose }: { unit: Opd; onClose: () => void }) {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const [title, setTitle] = useState('');
  const [level, setLevel] = useState<Level>(unit.kind === 'opd' ? 'staf' : unit.kind === 'bidang' ? 'kabid' : 'kasi');
  const add = useWrite<typeof postPosition>('POST', '/api/positions', ['/api/positions']);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await add.run({ body: { opdId: unit.id, title, level } })) onClose();
  }
  return (
    <Dialog title={`${w.addPosition}: ${unit.name}`} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={w.positionTitle}
          value={title}
          onValue={setTitle}
          error={fieldFailure(add.failure, 'title')}
          required
          maxLength={160}
          autoComplete="off"
        />
        <SelectField label={w.level} value={level} onValue={setLevel} choices={levels.map((value) => ({ value, label: c.levels[value] }))} />
        {add.failure && (
          <Note tone="alarm" alert>
            {add.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={add.busy}>
            {c.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
