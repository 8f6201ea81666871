// One code: of the app, or for recovery.
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Way } from '../../shared/sign-in.ts';
import type { Refused } from '../platform/call.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { factorWords } from '../words/factors.ts';

type Props = {
  label?: string;
  hint?: string | undefined;
  yes: string;
  busy: boolean;
  failure: Refused | undefined;
  onCode: (code: string) => void;
  /** Not the first thing to press here. */
  second?: boolean;
  children?: ReactNode;
};

export function CodeForm({ label, hint, yes, busy, failure, onCode, second = false, children }: Props) {
  const w = useWords(factorWords);
  const [code, setCode] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    onCode(code);
    setCode('');
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label={label ?? w.code}
        hint={hint}
        value={code}
        onValue={setCode}
        error={failure?.message}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        minLength={6}
        maxLength={40}
      />
      <div className="row">
        <Button type="submit" kind={second ? 'plain' : 'main'} busy={busy}>
          {yes}
        </Button>
        {children}
      </div>
    </form>
  );
}

/** What may be typed, by what the person has. */
export function codeHint(w: Record<'codeHint' | 'codeHintApp' | 'codeHintRecovery', string>, ways: readonly Way[]): string {
  if (!ways.includes('totp')) return w.codeHintRecovery;
  return ways.includes('recovery') ? w.codeHint : w.codeHintApp;
}
