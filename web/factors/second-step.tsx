// Between a password and a session: show a factor, replace a first password, or set a factor up.
import { useState, type FormEvent } from 'react';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { getStep, postSessionCode, postSessionPassword, postStepPasskey, postStepPasskeyStart } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import type { Refused } from '../platform/call.ts';
import type { Me } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { factorWords } from '../words/factors.ts';
import { CodeForm, codeHint } from './code-form.tsx';
import { MakePasskey } from './make-passkey.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SetUpApp, type Made } from './set-up-app.tsx';

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
  const start = useWrite<typeof postStepPasskeyStart>('POST', '/api/session/step/passkey/start');
  const show = useWrite<typeof postStepPasskey>('POST', '/api/session/step/passkey');
  // The next step is not a failure: the page draws it.
  const failureOf = (failure: Refused | undefined) => (failure?.code === 'session.second_step' ? undefined : failure);
  const byPasskey = step.ways.includes('passkey');
  const byCode = step.ways.includes('totp') || step.ways.includes('recovery');
  function goOn(done: { reply: Me } | undefined): void {
    if (done) onIn(done.reply);
    else again();
  }
  return (
    <Page title={w.stepTitle} under={w.stepUnder(step.name)}>
      <div className="stack-l">
        {byPasskey && (
          <PasskeyButton
            label={w.showPasskey}
            main
            start={start}
            busy={show.busy}
            failure={failureOf(show.failure)}
            onShown={async (body) => goOn(await show.run({ body }))}
          />
        )}
        {byCode && (
          <section className="stack" aria-label={w.orCode}>
            {byPasskey && <h2 className="factor-or">{w.orCode}</h2>}
            <CodeForm
              hint={codeHint(w, step.ways)}
              yes={w.go}
              second={byPasskey}
              busy={put.busy}
              failure={failureOf(put.failure)}
              onCode={(code) => void put.run({ body: { code } }).then(goOn)}
            />
          </section>
        )}
        <div className="stack">
          <p className="quiet s">{w.lost}</p>
          <div>
            <Back onBack={onBack} />
          </div>
        </div>
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
  const onMade = ({ recoveryCodes, me }: Made): void => void (me && setMade({ codes: recoveryCodes, me }));
  return (
    <Page title={w.setUpTitle} under={w.setUpUnder}>
      {made ? (
        <RecoveryCodes codes={made.codes} onKept={() => onIn(made.me)} />
      ) : (
        <div className="stack-l">
          <p className="section-note">{w.setUpChoice}</p>
          <section className="stack" aria-label={w.passkey}>
            <h2 className="factor-or">{w.passkey}</h2>
            <p className="quiet s">{w.passkeyWhat}</p>
            <MakePasskey main onMade={onMade} />
          </section>
          <section className="stack" aria-label={w.app}>
            <h2 className="factor-or">{w.app}</h2>
            <p className="quiet s">{w.appWhat}</p>
            <SetUpApp onMade={onMade} />
          </section>
          <div>
            <Back onBack={onBack} />
          </div>
        </div>
      )}
    </Page>
  );
}
