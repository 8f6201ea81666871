// Asks for the factor once more before a dangerous act; then the act goes on.
import { useEffect, useState } from 'react';
import type { getFactors, postFresh, postFreshPasskey, postFreshPasskeyStart } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { fresh } from '../platform/fresh.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { factorWords } from '../words/factors.ts';
import { CodeForm, codeHint } from './code-form.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';

export default function FreshDialog() {
  const w = useWords(factorWords);
  const [asked, setAsked] = useState<{ answer: (shown: boolean) => void }>();
  const put = useWrite<typeof postFresh>('POST', '/api/me/fresh');
  const start = useWrite<typeof postFreshPasskeyStart>('POST', '/api/me/fresh/passkey/start');
  const show = useWrite<typeof postFreshPasskey>('POST', '/api/me/fresh/passkey');
  const factors = useRead<typeof getFactors>('/api/factors', {}, { enabled: asked !== undefined });
  useEffect(() => {
    fresh.ask = () => new Promise((answer) => setAsked({ answer }));
    return () => {
      fresh.ask = null;
    };
  }, []);
  if (!asked) return null;
  function end(shown: boolean): void {
    asked?.answer(shown);
    setAsked(undefined);
    for (const one of [put, start, show]) one.forget();
  }
  async function showCode(code: string): Promise<void> {
    if (await put.run({ body: { code } })) end(true);
  }
  return (
    <Dialog title={w.freshTitle} onClose={() => end(false)}>
      <div className="stack">
        <p>{w.freshText}</p>
        <Loaded from={factors} skeleton={<Bones rows={2} />}>
          {({ ways }) => (
            <div className="stack-l">
              {ways.includes('passkey') && (
                <PasskeyButton
                  label={w.showPasskey}
                  main
                  start={start}
                  busy={show.busy}
                  failure={show.failure}
                  onShown={async (body) => {
                    if (await show.run({ body })) end(true);
                  }}
                />
              )}
              {(ways.includes('totp') || ways.includes('recovery')) && (
                <section className="stack" aria-label={w.orCode}>
                  {ways.includes('passkey') && <h3 className="factor-or">{w.orCode}</h3>}
                  <CodeForm
                    hint={codeHint(w, ways)}
                    yes={w.go}
                    second={ways.includes('passkey')}
                    busy={put.busy}
                    failure={put.failure}
                    onCode={(code) => void showCode(code)}
                  />
                </section>
              )}
            </div>
          )}
        </Loaded>
        <div className="row row-end">
          <Button onClick={() => end(false)}>{w.cancel}</Button>
        </div>
      </div>
    </Dialog>
  );
}
