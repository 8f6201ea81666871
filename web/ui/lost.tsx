// Where nothing is, and where something broke: both say what is safe and what to do.
import { Component, type ReactNode } from 'react';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';
import { shellWords } from '../words/shell.ts';
import { Button, ButtonLink } from './button.tsx';
import { Page } from './page.tsx';

export function NotFound() {
  const w = useWords(shellWords);
  const c = useWords(commonWords);
  return (
    <Page title={w.notFoundTitle}>
      <div className="empty">
        <p>{w.notFoundText}</p>
        <ButtonLink to="/" kind="main">
          {c.home}
        </ButtonLink>
      </div>
    </Page>
  );
}

function Broken() {
  const w = useWords(shellWords);
  return (
    <div className="page">
      <div className="empty" role="alert">
        <h1>{w.brokenTitle}</h1>
        <p>{w.brokenText}</p>
        <Button kind="main" onClick={() => window.location.reload()}>
          {w.reload}
        </Button>
      </div>
    </div>
  );
}

/** Also catches code that could not be loaded: after an update, the old pieces are gone and a reload brings the new ones. */
export class Catch extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
