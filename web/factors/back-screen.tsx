// /masuk/oidc: back from the identity provider.
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { postOidc } from '../../shared/sign-in.ts';
import { useWrite } from '../platform/api.ts';
import { ownPath } from '../platform/own-path.ts';
import { useEnter, type Me } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Bones, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { factorWords } from '../words/factors.ts';
import SecondStep from './second-step.tsx';
import { takeWish } from './wish.ts';

export default function BackScreen() {
  const w = useWords(factorWords);
  const [, go] = useLocation();
  const enter = useEnter();
  const once = useRef(false);
  const [wish] = useState(takeWish);
  const { run, failure } = useWrite<typeof postOidc>('POST', '/api/session/oidc');
  function arrive(me: Me): void {
    enter(me);
    const to = ownPath(wish);
    if (to.startsWith('/r/')) location.assign(to);
    else go(to, { replace: true });
  }
  useEffect(() => {
    if (once.current) return;
    once.current = true;
    const { search } = location;
    // The code does not stay in the history.
    history.replaceState(null, '', '/masuk/oidc');
    void run({ body: { search: search === '' ? '?' : search } }).then((done) => done && arrive(done.reply));
  });
  if (failure?.code === 'session.second_step') return <SecondStep onIn={arrive} onBack={() => go('/masuk', { replace: true })} />;
  return (
    <Page title={w.backTitle}>
      {failure ? (
        <div className="stack">
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
          <div>
            <ButtonLink to="/masuk" kind="main">
              {w.toSignIn}
            </ButtonLink>
          </div>
        </div>
      ) : (
        <Bones rows={3} />
      )}
    </Page>
  );
}
