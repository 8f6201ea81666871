// Places a legal hold: on a person found by name, on a meeting by its address, or on a class.
import { useDeferredValue, useState, type FormEvent } from 'react';
import type { getPeople } from '../../shared/people.ts';
import type { Hold, postHold, RetentionClass } from '../../shared/privacy.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented, SelectField, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { privacyWords } from '../words/privacy.ts';
import { useClassName } from './class-name.ts';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

export function HoldForm({ classes, onClose }: { classes: readonly RetentionClass[]; onClose: () => void }) {
  const w = useWords(privacyWords);
  const c = useWords(commonWords);
  const nameOf = useClassName();
  const [kind, setKind] = useState<Hold['kind']>('person');
  const [target, setTarget] = useState({ person: '', meeting: '', class: classes[0]?.key ?? '' });
  const [words, setWords] = useState({ reason: '', basis: '' });
  const place = useWrite<typeof postHold>('POST', '/api/retention/holds', ['/api/retention']);
  const meeting = ID.exec(target.meeting)?.[0] ?? '';
  const chosen = kind === 'meeting' ? meeting : target[kind];
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await place.run({ body: { kind, target: chosen, ...words } })) onClose();
  }
  return (
    <Dialog title={w.addHold} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Segmented
          label={w.holdKind}
          value={kind}
          onValue={setKind}
          choices={(['person', 'meeting', 'class'] as const).map((value) => ({ value, label: w.holdKinds[value] }))}
        />
        {kind === 'person' && <PersonChoice value={target.person} onValue={(person) => setTarget({ ...target, person })} />}
        {kind === 'meeting' && (
          <TextField
            label={w.meeting}
            hint={w.meetingHint}
            error={target.meeting !== '' && meeting === '' ? w.meetingWrong : undefined}
            value={target.meeting}
            onValue={(text) => setTarget({ ...target, meeting: text })}
            required
            autoComplete="off"
          />
        )}
        {kind === 'class' && (
          <SelectField
            label={w.class}
            value={target.class}
            onValue={(key) => setTarget({ ...target, class: key })}
            choices={classes.map((row) => ({ value: row.key, label: nameOf(row) }))}
          />
        )}
        <TextField
          label={w.reason}
          value={words.reason}
          onValue={(reason) => setWords({ ...words, reason })}
          error={fieldFailure(place.failure, 'reason')}
          required
          maxLength={500}
        />
        <TextField
          label={w.holdBasis}
          hint={w.holdBasisHint}
          value={words.basis}
          onValue={(basis) => setWords({ ...words, basis })}
          error={fieldFailure(place.failure, 'basis')}
          required
          maxLength={300}
        />
        {place.failure && (
          <Note tone="alarm" alert>
            {place.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={place.busy} disabled={chosen === ''}>
            {w.addHold}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function PersonChoice({ value, onValue }: { value: string; onValue: (id: string) => void }) {
  const w = useWords(privacyWords);
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const found = useRead<typeof getPeople>('/api/people', { query: { q } }, { enabled: q.length >= 3, keepWhileAsking: true });
  const people = q.length >= 3 ? (found.value ?? []).slice(0, 20) : [];
  const first = q.length >= 3 && found.value?.length === 0 ? w.nobodyFound : w.pickPerson;
  return (
    <>
      <TextField label={w.person} hint={w.personHint} value={text} onValue={setText} autoComplete="off" />
      {q.length >= 3 && (
        <SelectField
          label={w.pickPerson}
          value={people.some((p) => p.id === value) ? value : ''}
          onValue={onValue}
          choices={[
            { value: '', label: first },
            ...people.map((p) => ({ value: p.id, label: [p.name, p.positions[0]?.label ?? p.opd?.abbreviation].filter(Boolean).join(', ') })),
          ]}
        />
      )}
    </>
  );
}
