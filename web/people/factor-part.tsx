// The second factors of a person; the administrator takes them away when they are lost.
import { useState, type FormEvent } from 'react';
import type { PersonCard } from '../../shared/people.ts';
import type { getPersonFactors, postFactorsAway } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { peopleWords } from '../words/people.ts';

export function FactorPart({ person }: { person: PersonCard }) {
  const w = useWords(peopleWords);
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const params = { id: person.id };
  const factors = useRead<typeof getPersonFactors>('/api/people/:id/factors', { params });
  const away = useWrite<typeof postFactorsAway>('POST', '/api/people/:id/factors/away', ['/api/people/:id/factors']);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!(await away.run({ params, body: { reason } }))) return;
    setAsking(false);
    setReason('');
  }
  return (
    <section className="stack" aria-label={w.factors}>
      <h3>{w.factors}</h3>
      <Loaded from={factors} skeleton={<Bones rows={1} />}>
        {({ totp, passkeys }) => (
          <div className="row">
            <span className="quiet">{w.factorsNow(totp, passkeys)}</span>
            {(totp || passkeys > 0) && person.id !== me.id && <Button onClick={() => setAsking(true)}>{w.factorsAway}</Button>}
          </div>
        )}
      </Loaded>
      {asking && (
        <Dialog title={w.factorsAwayTitle(person.name)} onClose={() => setAsking(false)}>
          <form className="stack" onSubmit={(event) => void submit(event)}>
            <p>{w.factorsAwayText}</p>
            <TextField label={w.factorsAwayReason} value={reason} onValue={setReason} error={away.failure?.message} required maxLength={300} />
            <div className="row row-end">
              <Button onClick={() => setAsking(false)}>{w.factorsKeep}</Button>
              <Button type="submit" kind="alarm" busy={away.busy}>
                {w.factorsAway}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}
