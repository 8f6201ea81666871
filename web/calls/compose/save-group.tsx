// Keeps the choice under a name, to be called again with one tap.
import { useState } from 'react';
import type { CallDesk, postGroup } from '../../../shared/calls.ts';
import { useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { callWords } from '../../words/calls.ts';
import { toKeep, type Whom } from './whom.ts';

export function SaveGroup({ whom, desk }: { whom: Whom; desk: CallDesk }) {
  const w = useWords(callWords);
  const [name, setName] = useState('');
  const [saved, setSaved] = useState<string>();
  const save = useWrite<typeof postGroup>('POST', '/api/calls/groups', ['/api/calls/desk']);
  const choice = toKeep(whom, desk);
  if (choice.positions.length + choice.units.length + choice.people.length === 0) return null;

  async function keep(): Promise<void> {
    const done = await save.run({ body: { name, choice } });
    if (!done) return;
    setSaved(done.reply.name);
    setName('');
  }

  return (
    <div className="save-group">
      <TextField
        label={w.groupName}
        hint={w.groupHint}
        error={save.failure?.message}
        value={name}
        onValue={setName}
        maxLength={60}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // It stands inside the form of the call: Enter must not place one.
          event.preventDefault();
          if (name.trim() !== '') void keep();
        }}
      />
      <Button busy={save.busy} disabled={name.trim() === ''} onClick={() => void keep()}>
        {w.saveGroup}
      </Button>
      <p role="status" className="s">
        {saved !== undefined && w.groupSaved(saved)}
      </p>
    </div>
  );
}
