// Siapkan: the first administrator, by the one-time link. The token is in the fragment, which no server log sees.
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { postSetup } from '../../shared/people.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useEnter } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Empty, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { entryWords } from '../words/entry.ts';

export default function SetupScreen() {
  const w = useWords(entryWords);
  const token = location.hash.slice(1);
  const [, go] = useLocation();
  const enter = useEnter();
  const [form, setForm] = useState({ region: '', name: '', email: '', password: '' });
  const setup = useWrite<typeof postSetup>('POST', '/api/setup');
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await setup.run({ body: { token, ...form } });
    if (!done) return;
    enter(done.reply);
    go('/', { replace: true });
  }

  if (token === '') {
    return (
      <Page title={w.setup}>
        <Empty title={w.noTokenTitle}>{w.noToken}</Empty>
      </Page>
    );
  }
  return (
    <Page title={w.setup} under={w.setupUnder}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={w.region}
          hint={w.regionHint}
          value={form.region}
          onValue={set('region')}
          error={fieldFailure(setup.failure, 'region')}
          required
          maxLength={120}
        />
        <TextField
          label={w.name}
          value={form.name}
          onValue={set('name')}
          error={fieldFailure(setup.failure, 'name')}
          autoComplete="name"
          required
          maxLength={120}
        />
        <TextField
          label={w.email}
          type="email"
          value={form.email}
          onValue={set('email')}
          error={fieldFailure(setup.failure, 'email')}
          autoComplete="username"
          required
          maxLength={200}
        />
        <PasswordField
          label={w.newPassword}
          hint={w.passwordHint}
          value={form.password}
          onValue={set('password')}
          error={fieldFailure(setup.failure, 'password')}
          autoComplete="new-password"
          minLength={10}
        />
        {setup.failure && (
          <Note tone="alarm" alert>
            {setup.failure.message}
          </Note>
        )}
        <Button type="submit" kind="main" large busy={setup.busy}>
          {w.create}
        </Button>
      </form>
    </Page>
  );
}
