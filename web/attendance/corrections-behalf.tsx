// For somebody of the own OPD who cannot file alone: the admin signs the request, somebody else the decision.
import { useState } from 'react';
import type { getPeople } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { correctionWords } from '../words/corrections.ts';
import { ObjectDialog } from './corrections-object.tsx';

export function ObjectForOther({ onClose }: { onClose: () => void }) {
  const w = useWords(correctionWords);
  const me = useMe();
  const [id, setId] = useState('');
  const people = useRead<typeof getPeople>('/api/people', { query: { ...(me.opd && { opd: me.opd.id }) } });
  const person = people.value?.find((one) => one.id === id);
  if (person) return <ObjectDialog to={{ person: { id: person.id, name: person.name } }} onClose={onClose} />;
  return (
    <Dialog title={w.objectFor} onClose={onClose}>
      <Loaded from={people} skeleton={<Bones rows={1} />}>
        {(staff) => (
          <SelectField
            label={w.person}
            value={id}
            onValue={setId}
            choices={[
              { value: '', label: w.choosePerson },
              ...staff.filter((one) => one.id !== me.id && !one.disabled).map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        )}
      </Loaded>
    </Dialog>
  );
}
