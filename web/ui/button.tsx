// Things to press. `main` once a screen; `alarm` for what cannot be undone; `quiet` where a rule would be noise.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';

export type ButtonKind = 'main' | 'plain' | 'quiet' | 'alarm';
type Look = { kind?: ButtonKind; large?: boolean; icon?: ReactNode; busy?: boolean };

const classOf = ({ kind = 'plain', large }: Look): string => `btn btn-${kind}${large ? ' btn-large' : ''}`;

export function Button({
  kind,
  large,
  icon,
  busy = false,
  children,
  type = 'button',
  className = '',
  disabled,
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button {...rest} type={type} className={`${classOf({ kind, large })} ${className}`} aria-busy={busy || undefined} disabled={disabled || busy}>
      {icon}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** A link that looks like a button. `outside`: another page of the portal (the room, a file), not a screen of the office. */
export function ButtonLink({
  to,
  outside = false,
  kind,
  large,
  icon,
  children,
  ...rest
}: Look & { to: string; outside?: boolean; children: ReactNode; download?: boolean; target?: string; rel?: string }) {
  const inside = (
    <>
      {icon}
      <span>{children}</span>
    </>
  );
  if (outside) {
    return (
      <a {...rest} href={to} className={classOf({ kind, large })}>
        {inside}
      </a>
    );
  }
  return (
    <Link href={to} className={classOf({ kind, large })}>
      {inside}
    </Link>
  );
}
