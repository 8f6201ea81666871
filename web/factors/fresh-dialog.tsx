// Asks for the factor once more before a dangerous act; then the act goes on.
import { useEffect, useState } from 'react';
import type { postFresh } from '../../shared/sign-in.ts';
import { useWrite } from '../platform/api.ts';
import { fresh } from '../platform/fresh.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { factorWords } from '../words/factors.ts';
import { CodeForm } from './code-form.tsx';

export default function FreshDialog() {
  const w = useWords(factorWords);
  const [asked, setAsked] = useState<{ answer: (shown: boolean) => void }>();
  const put = useWrite<typeof postFresh>('POST', '/api/me/fresh');
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
    put.forget();
  }
  async function show(code: string): Promise<void> {
    if (await put.run({ body: { code } })) end(true);
  }
  return (
    <Dialog title={w.freshTitle} onClose={() => end(false)}>
      <div className="stack">
        <p>{w.freshText}</p>
        <CodeForm hint={w.codeHint} yes={w.go} busy={put.busy} failure={put.failure} onCode={(code) => void show(code)}>
          <Button onClick={() => end(false)}>{w.cancel}</Button>
        </CodeForm>
      </div>
    </Dialog>
  );
}
