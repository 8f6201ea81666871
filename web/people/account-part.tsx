// The account of a person, for whoever keeps the staff: a new first password, disable, enable.
import { useState } from 'react';
import type { PersonCard, postPersonDisabled, postPersonPassword } from '../../shared/people.ts';
import { useWrite } from '../platform/api.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Note } from '../ui/notice.tsx';
import { peopleWords } from '../words/people.ts';
import { FirstPassword } from './first-password.tsx';
import { STAFF_CHANGED } from './holding-line.tsx';

export function AccountPart({ person }: { person: PersonCard }) {
  const w = useWords(peopleWords);
  const me = useMe();
  const [asking, setAsking] = useState<'password' | 'disable'>();
  const params = { id: person.id };
  const password = useWrite<typeof postPersonPassword>('POST', '/api/people/:id/password');
  const disabling = useWrite<typeof postPersonDisabled>('POST', '/api/people/:id/disabled', STAFF_CHANGED);
  async function reset(): Promise<void> {
    if (await password.run({ params })) setAsking(undefined);
  }
  async function setDisabled(disabled: boolean): Promise<void> {
    if (await disabling.run({ params, body: { disabled } })) setAsking(undefined);
  }
  return (
    <section className="stack" aria-label={w.account}>
      <h3>{w.account}</h3>
      {password.reply && <FirstPassword name={person.name} password={password.reply.firstPassword} />}
      <div className="row">
        <Button onClick={() => setAsking('password')}>{w.resetPassword}</Button>
        {person.id !== me.id && !person.disabled && <Button onClick={() => setAsking('disable')}>{w.disable}</Button>}
        {person.disabled && (
          <Button busy={disabling.busy} onClick={() => void setDisabled(false)}>
            {w.enable}
          </Button>
        )}
      </div>
      {disabling.failure && asking === undefined && (
        <Note tone="alarm" alert>
          {disabling.failure.message}
        </Note>
      )}
      {asking === 'password' && (
        <Ask
          title={w.resetTitle(person.name)}
          text={w.resetText}
          yes={w.resetYes}
          busy={password.busy}
          failure={password.failure?.message}
          onYes={() => void reset()}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'disable' && (
        <Ask
          title={w.disableTitle(person.name)}
          text={w.disableText}
          yes={w.disableYes}
          busy={disabling.busy}
          failure={disabling.failure?.message}
          onYes={() => void setDisabled(true)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </section>
  );
}
