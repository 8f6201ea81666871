// Masuk: one form, then back to where the person wanted to go.
import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { postSession } from '../../shared/people.ts';
import { useWrite } from '../platform/api.ts';
import { ownPath } from '../platform/own-path.ts';
import { useEnter, type Me } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { entryWords } from '../words/entry.ts';

type Props = {
  /** What comes between a password and being in. */
  next: (steps: { onIn: (me: Me) => void; onBack: () => void }) => ReactNode;
  /** Ways beside a password. */
  others: (to: { wish: string | null; onIn: (me: Me) => void }) => ReactNode;
};

export default function SignInScreen({ next, others }: Props) {
  const w = useWords(entryWords);
  const [search] = useSearchParams();
  const [, go] = useLocation();
  const enter = useEnter();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useWrite<typeof postSession>('POST', '/api/session');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await signIn.run({ body: { login, password } });
    if (done) arrive(done.reply);
  }

  function arrive(me: Me): void {
    enter(me);
    const to = ownPath(search.get('ke'));
    // The room is a page of its own.
    if (to.startsWith('/r/')) location.assign(to);
    else go(to, { replace: true });
  }

  if (signIn.failure?.code === 'session.second_step') return next({ onIn: arrive, onBack: () => (setPassword(''), signIn.forget()) });
  return (
    <Page title={w.signIn} under={w.signInUnder}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField label={w.login} value={login} onValue={setLogin} autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={200} />
        <PasswordField label={w.password} value={password} onValue={setPassword} autoComplete="current-password" />
        {signIn.failure && (
          <Note tone="alarm" alert>
            {signIn.failure.message}
          </Note>
        )}
        <Button type="submit" kind="main" large busy={signIn.busy}>
          {w.signIn}
        </Button>
        {others({ wish: search.get('ke'), onIn: arrive })}
        <p className="quiet s">{w.forgot}</p>
        <p className="quiet s">{w.guest}</p>
        <p>
          <Link href="/v" className="s tap">
            {w.verify}
          </Link>
        </p>
      </form>
    </Page>
  );
}
