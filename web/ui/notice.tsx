// What a screen says when it has nothing, cannot, or may not show. Each says what happened, what is safe, what to do.
import type { ReactNode } from 'react';
import type { Remote } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';
import { Button, ButtonLink } from './button.tsx';

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}

export function Note({ tone = 'plain', children, alert = false }: { tone?: 'plain' | 'wait' | 'alarm' | 'good'; children: ReactNode; alert?: boolean }) {
  return (
    <div className={`note note-${tone}`} role={alert ? 'alert' : undefined}>
      {children}
    </div>
  );
}

function Failed({ failure, again, asking }: { failure: NonNullable<Remote<unknown>['failure']>; again: () => void; asking: boolean }) {
  const w = useWords(commonWords);
  if (failure.code === 'not_found' || failure.code === 'input.invalid') {
    return (
      <Empty title={w.notFoundTitle} action={<ButtonLink to="/">{w.home}</ButtonLink>}>
        {w.notFoundText}
      </Empty>
    );
  }
  if (failure.code === 'role.missing' || failure.code === 'meeting.not_chair') {
    return (
      <Empty title={w.noRightTitle} action={<ButtonLink to="/">{w.home}</ButtonLink>}>
        {w.noRightText}
      </Empty>
    );
  }
  return (
    <div className="empty" role="alert">
      <p className="empty-title">{failure.code === 'offline' ? w.offlineTitle : w.failedTitle}</p>
      <p>{failure.code === 'offline' ? w.offlineText : `${failure.message} ${w.failedSafe}`}</p>
      <Button busy={asking} onClick={again}>
        {w.again}
      </Button>
    </div>
  );
}

/** Draws what was asked for: its skeleton while it comes, the reason when it does not, the last known with a line when it is old. */
export function Loaded<T>({ from, skeleton, children }: { from: Remote<T>; skeleton: ReactNode; children: (value: T) => ReactNode }) {
  const w = useWords(commonWords);
  const { value, failure, again, asking } = from;
  if (value === undefined && failure) return <Failed failure={failure} again={again} asking={asking} />;
  if (value === undefined) {
    return (
      <div aria-busy="true">
        <span className="sr-only">{w.loading}</span>
        {skeleton}
      </div>
    );
  }
  return (
    <>
      {failure && (
        <Note tone="wait">
          <strong>{w.staleTitle}.</strong> {failure.message}{' '}
          <button type="button" className="link" onClick={again}>
            {w.again}
          </button>
        </Note>
      )}
      {children(value)}
    </>
  );
}

/** Lines in the shape of a list that is on its way. */
export function Bones({ rows = 5, tall = false }: { rows?: number; tall?: boolean }) {
  return (
    <div className={tall ? 'bones bones-tall' : 'bones'} aria-hidden="true">
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} data-long={i % 3} />
      ))}
    </div>
  );
}
