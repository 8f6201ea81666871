// Disposisi: an officer of the own OPD, an instruction, and a number where the office keeps its own register.
import { useState } from 'react';
import type { postDisposisi } from '../../shared/invitations.ts';
import type { getPeople } from '../../shared/people.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { invitationWords } from '../words/invitations.ts';
import { CHANGED } from './changed.ts';

const SHOWN = 8;

export function Delegate({ meetingId, opdId, ownMember, onClose }: { meetingId: string; opdId: string; ownMember: string; onClose: () => void }) {
  const w = useWords(invitationWords);
  const [find, setFind] = useState('');
  const [to, setTo] = useState<string>();
  const [instruction, setInstruction] = useState('');
  const [number, setNumber] = useState('');
  const staff = useRead<typeof getPeople>('/api/people', { query: { opd: opdId } });
  const send = useWrite<typeof postDisposisi>('POST', '/api/meetings/:id/disposisi', CHANGED);
  const ready = to !== undefined && instruction.trim() !== '';

  async function go(): Promise<void> {
    if (to === undefined) return;
    const body = { to, instruction, ...(number.trim() !== '' && { number }) };
    if (await send.run({ params: { id: meetingId }, body })) onClose();
  }

  return (
    <Dialog title={w.delegateTitle} side onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <p>{w.delegateText}</p>
        <TextField label={w.find} type="search" value={find} onValue={setFind} autoComplete="off" />
        <Loaded from={staff} skeleton={<Bones rows={5} tall />}>
          {(people) => {
            const words = find.toLocaleLowerCase('id').split(/\s+/);
            const fits = people.filter((one) => {
              const text = `${one.name} ${one.positions.map((p) => p.label).join(' ')}`.toLocaleLowerCase('id');
              return !one.disabled && `p_${one.id}` !== ownMember && words.every((word) => text.includes(word));
            });
            const shown = fits.filter((one, n) => n < SHOWN || one.id === to);
            return (
              <fieldset className="delegates">
                <legend>{w.to}</legend>
                {shown.length === 0 && <p className="quiet">{w.nobodyFound}</p>}
                {shown.map((one) => (
                  <label key={one.id} className="delegate">
                    <input type="radio" name="to" checked={to === one.id} onChange={() => setTo(one.id)} />
                    <PlaceCard name={one.name} position={one.positions[0]?.label} />
                  </label>
                ))}
              </fieldset>
            );
          }}
        </Loaded>
        <Field label={w.instruction} error={fieldFailure(send.failure, 'instruction')}>
          {(props) => (
            <textarea
              {...props}
              rows={3}
              maxLength={500}
              placeholder={w.instructionExample}
              value={instruction}
              onChange={(event) => setInstruction(event.target.value)}
            />
          )}
        </Field>
        <TextField label={w.number} hint={w.numberHint} optional value={number} onValue={setNumber} maxLength={60} autoComplete="off" />
        {send.failure && (
          <Note tone="alarm" alert>
            {send.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button type="submit" kind="main" busy={send.busy} disabled={!ready}>
            {w.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
