// Between a password and a session: show a factor, replace a first password, or set a factor up.
import { useState, type FormEvent } from 'react';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { getStep, postSessionCode, postSessionPassword } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import type { Me } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { factorWords } from '../words/factors.ts';
import { CodeForm } from './code-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SetUpApp } from './set-up-app.tsx';

type Props = { onIn: (me: Me) => void; onBack: () => void };
type StepProps = Props & { step: ReplyOf<typeof getStep>; again: () => void };

export default function SecondStep(props: Props) {
  const w = useWords(factorWords);
  const step = useRead<typeof getStep>('/api/session/step', {});
  if (step.failure?.code === 'session.step_over') {
    return (
      <Page title={w.stepTitle}>
        <Note tone="wait" alert>
          {step.failure.message}
        </Note>
        <Back {...props} />
      </Page>
    );
  }
  return (
    <Loaded from={step} skeleton={<Bones rows={3} tall />}>
      {(now) => {
        const At = { factor: Show, password: Replace, set_up: SetUp }[now.step];
        return <At {...props} step={now} again={step.again} />;
      }}
    </Loaded>
  );
}

function Back({ onBack }: Pick<Props, 'onBack'>) {
  const w = useWords(factorWords);
  return (
    <Button kind="quiet" onClick={onBack}>
      {w.back}
    </Button>
  );
}

function Show({ step, onIn, onBack, again }: StepProps) {
  const w = useWords(factorWords);
  const put = useWrite<typeof postSessionCode>('POST', '/api/session/code');
  const failure = put.failure?.code === 'session.second_step' ? undefined : put.failure;
  async function go(code: string): Promise<void> {
    const done = await put.run({ body: { code } });
    if (done) onIn(done.reply);
    else again();
  }
  return (
    <Page title={w.stepTitle} under={w.stepUnder(step.name)}>
      <div className="stack">
        <CodeForm hint={w.codeHint} yes={w.go} busy={put.busy} failure={failure} onCode={(code) => void go(code)}>
          <Back onBack={onBack} />
        </CodeForm>
        <p className="quiet s">{w.lost}</p>
      </div>
    </Page>
  );
}

function Replace({ onIn, onBack, again }: StepProps) {
  const w = useWords(factorWords);
  const [next, setNext] = useState('');
  const put = useWrite<typeof postSessionPassword>('POST', '/api/session/password');
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await put.run({ body: { next } });
    if (done) onIn(done.reply);
    else again();
  }
  return (
    <Page title={w.passwordTitle} under={w.passwordUnder}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <PasswordField
          label={w.newPassword}
          hint={w.passwordHint}
          value={next}
          onValue={setNext}
          autoComplete="new-password"
          minLength={10}
          error={put.failure && put.failure.code !== 'session.second_step' ? put.failure.message : undefined}
        />
        <div className="row">
          <Button type="submit" kind="main" busy={put.busy}>
            {w.go}
          </Button>
          <Back onBack={onBack} />
        </div>
      </form>
    </Page>
  );
}

function SetUp({ onIn, onBack }: StepProps) {
  const w = useWords(factorWords);
  const [made, setMade] = useState<{ codes: readonly string[]; me: Me }>();
  return (
    <Page title={w.setUpTitle} under={w.setUpUnder}>
      {made ? (
        <RecoveryCodes codes={made.codes} onKept={() => onIn(made.me)} />
      ) : (
        <div className="stack">
          <SetUpApp main onMade={({ recoveryCodes, me }) => me && setMade({ codes: recoveryCodes, me })} />
          <div>
            <Back onBack={onBack} />
          </div>
        </div>
      )}
    </Page>
  );
}
