// Change the own password; every other session ends.
import { useState, type FormEvent } from 'react';
import type { putPassword } from '../../shared/people.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { accountWords } from '../words/account.ts';

export function PasswordForm() {
  const w = useWords(accountWords);
  const me = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [changed, setChanged] = useState(false);
  const put = useWrite<typeof putPassword>('PUT', '/api/me/password', ['/api/me', '/api/sessions']);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChanged(false);
    if (!(await put.run({ body: { current, next } }))) return;
    setCurrent('');
    setNext('');
    setChanged(true);
  }
  return (
    <form className="stack password-form" onSubmit={(event) => void submit(event)}>
      {me.mustChangePassword && <Note tone="wait">{w.first}</Note>}
      {/* For password managers: whose password this is. */}
      <input type="text" autoComplete="username" value={me.email ?? me.name} readOnly hidden />
      <PasswordField
        label={w.current}
        value={current}
        onValue={setCurrent}
        autoComplete="current-password"
        error={put.failure?.code === 'password.wrong' ? put.failure.message : undefined}
      />
      <PasswordField
        label={w.next}
        hint={w.hint}
        value={next}
        onValue={setNext}
        autoComplete="new-password"
        minLength={10}
        error={put.failure?.code === 'password.weak' ? put.failure.message : fieldFailure(put.failure, 'next')}
      />
      {put.failure && !put.failure.code.startsWith('password.') && (
        <Note tone="alarm" alert>
          {put.failure.message}
        </Note>
      )}
      <div role="status">{changed && <Note tone="good">{w.changed}</Note>}</div>
      <div>
        <Button type="submit" kind="main" busy={put.busy}>
          {w.change}
        </Button>
      </div>
    </form>
  );
}
