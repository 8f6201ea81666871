// Adds somebody to the crew: as what, and from the office or from outside.
import { useState, type FormEvent } from 'react';
import type { BodyOf } from '../../../shared/endpoint.ts';
import type { Conference, CrewRole, postCrew } from '../../../shared/press.ts';
import { useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented, SelectField } from '../../ui/field.tsx';
import { Bones, Loaded, Note } from '../../ui/notice.tsx';
import { isNobody, nobody, type Choice } from '../../whom/choice.ts';
import { Chosen } from '../../whom/chosen.tsx';
import { Picker } from '../../whom/picker.tsx';
import { useDirectory } from '../../whom/use-directory.ts';
import { commonWords } from '../../words/common.ts';
import { pressWords } from '../../words/press.ts';
import { GuestFields, NO_GUEST, type GuestForm } from '../guest-fields.tsx';

const ROLES: readonly CrewRole[] = ['narasumber', 'moderator', 'jbi', 'operator'];
const OPEN_TO_GUESTS = new Set<CrewRole>(['narasumber', 'jbi']);
type Who = BodyOf<typeof postCrew>['who'];

export function AddCrew({ conference, onClose }: { conference: Conference; onClose: () => void }) {
  const w = useWords(pressWords);
  const c = useWords(commonWords);
  const known = useDirectory();
  const [role, setRole] = useState<CrewRole>('narasumber');
  const [from, setFrom] = useState<'office' | 'guest'>('office');
  const [choice, setChoice] = useState<Choice>(nobody);
  const [guest, setGuest] = useState<GuestForm>(NO_GUEST);
  const add = useWrite<typeof postCrew>('POST', '/api/conferences/:id/crew', ['/api/conferences', '/api/conferences/:id', '/api/conferences/:id/checks']);
  const asGuest = from === 'guest' && OPEN_TO_GUESTS.has(role);

  /** One after the other; who was added is not asked for again. */
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const chosen: Who[] = asGuest
      ? [{ kind: 'guest', name: guest.name, institution: guest.institution, email: guest.email || null }]
      : [...choice.positions.map((id): Who => ({ kind: 'position', id })), ...choice.people.map(({ id }): Who => ({ kind: 'person', id }))];
    for (const who of chosen) {
      if (!(await add.run({ params: { id: conference.id }, body: { role, who } }))) return;
      if (who.kind !== 'guest')
        setChoice((all) => ({ ...all, positions: all.positions.filter((id) => id !== who.id), people: all.people.filter((one) => one.id !== who.id) }));
    }
    onClose();
  }

  const ready = asGuest ? guest.name.trim() !== '' && guest.institution.trim() !== '' : !isNobody(choice);
  return (
    <Dialog title={w.addCrew} onClose={onClose} side>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <SelectField label={w.addAs} value={role} onValue={setRole} choices={ROLES.map((value) => ({ value, label: w.roles[value] }))} />
        {OPEN_TO_GUESTS.has(role) && (
          <Segmented
            label={w.from}
            value={from}
            onValue={setFrom}
            choices={[
              { value: 'office', label: w.fromOffice },
              { value: 'guest', label: w.fromGuest },
            ]}
          />
        )}
        {asGuest ? (
          <>
            <GuestFields value={guest} onValue={setGuest} required />
            <p className="hint">{w.guestLink}</p>
          </>
        ) : (
          <Loaded from={known} skeleton={<Bones rows={8} />}>
            {(directory) => <Picker choice={choice} onChoice={setChoice} known={directory} vacant oneByOne />}
          </Loaded>
        )}
        <div className="press-dialog-foot">
          {!asGuest && known.value && <Chosen choice={choice} onChoice={setChoice} known={known.value} oneByOne />}
          {add.failure && (
            <Note tone="alarm" alert>
              {add.failure.message}
            </Note>
          )}
          <div className="row row-end">
            <Button onClick={onClose}>{c.cancel}</Button>
            <Button type="submit" kind="main" busy={add.busy} disabled={!ready}>
              {w.addYes}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}
