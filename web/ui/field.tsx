// A labelled field: the label is always written, the hint and the error are read with it.
import { useId, type ReactNode } from 'react';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';

export type FieldProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };
type Labelled = { label: string; hint?: ReactNode; error?: string | undefined; optional?: boolean; className?: string };

export function Field({ label, hint, error, optional = false, className = '', children }: Labelled & { children: (props: FieldProps) => ReactNode }) {
  const w = useWords(commonWords);
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>
        {label}
        {optional && <small> {w.optional}</small>}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error === undefined ? undefined : true })}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

type Native = Omit<React.InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange' | 'value'>;

export function TextField({
  label,
  hint,
  error,
  optional,
  className,
  onValue,
  value,
  ...rest
}: Labelled & Native & { value: string; onValue: (value: string) => void }) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} className={className}>
      {(props) => <input {...rest} {...props} value={value} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  );
}

type Choice<V extends string> = { value: V; label: string };

export function SelectField<V extends string>({
  label,
  hint,
  error,
  className,
  value,
  onValue,
  choices,
  disabled,
}: Labelled & { value: V; onValue: (value: V) => void; choices: readonly Choice<V>[]; disabled?: boolean }) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(props) => (
        <select {...props} value={value} disabled={disabled} onChange={(event) => onValue(event.target.value as V)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A few choices side by side; native radios underneath, so that arrows and readers work. */
export function Segmented<V extends string>({
  label,
  value,
  onValue,
  choices,
  tone,
}: {
  label: string;
  value: V;
  onValue: (value: V) => void;
  choices: readonly Choice<V>[];
  tone?: (value: V) => string | undefined;
}) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend>{label}</legend>
      <div>
        {choices.map((choice) => (
          <label key={choice.value} data-tone={tone?.(choice.value)}>
            <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onValue(choice.value)} />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
