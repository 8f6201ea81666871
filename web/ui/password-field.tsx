// A password, hidden until its owner wants to read it.
import { useState } from 'react';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';
import { Field } from './field.tsx';

type Props = {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: string;
  onValue: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  minLength?: number;
};

export function PasswordField({ label, hint, error, value, onValue, ...rest }: Props) {
  const w = useWords(commonWords);
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(props) => (
        <div className="with-button">
          <input
            {...rest}
            {...props}
            type={shown ? 'text' : 'password'}
            value={value}
            required
            maxLength={200}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onValue(event.target.value)}
          />
          <button type="button" className="btn btn-quiet" aria-pressed={shown} aria-controls={props.id} onClick={() => setShown(!shown)}>
            <span>{shown ? w.hide : w.show}</span>
            <span className="sr-only"> {label}</span>
          </button>
        </div>
      )}
    </Field>
  );
}
