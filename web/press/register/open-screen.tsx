// /pers/masuk#token: the link of the mail. The token stays in the fragment, goes to the portal once, and leaves the address.
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { postPass } from '../../../shared/press-desk.ts';
import { useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Bones, Note } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { registerWords } from '../../words/press-register.ts';
import { MailAgain } from './mail-again.tsx';
import './register.css';

const isSlug = (text: string | null): text is string => text !== null && /^[a-z0-9-]{3,120}$/.test(text);

export default function OpenScreen() {
  const w = useWords(registerWords);
  const [search] = useSearchParams();
  const to = search.get('ke');
  const [token] = useState(() => window.location.hash.slice(1));
  const asked = useRef(false);
  const open = useWrite<typeof postPass>('POST', '/api/press/pass');
  const slug = isSlug(to) ? to : null;
  const next = slug === null ? '/pers' : `/pers/${slug}/daftar`;

  async function enter(): Promise<void> {
    if ((await open.run({ body: { token } })) && slug !== null) window.location.replace(next);
  }
  useEffect(() => {
    if (asked.current || token === '') return;
    asked.current = true;
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    void enter();
  });

  const failed = token === '' || open.failure !== undefined;
  return (
    <Page title={failed ? w.openFailed : open.reply ? w.opened : w.opening}>
      {failed ? (
        <div className="stack-l">
          <Note tone="wait" alert>
            {open.failure?.message ?? w.openMissing}
          </Note>
          <MailAgain slug={slug} />
          <div>
            <ButtonLink to={slug === null ? '/pers' : `/pers/${slug}`} outside kind="quiet">
              {slug === null ? w.schedule : w.page}
            </ButtonLink>
          </div>
        </div>
      ) : open.reply ? (
        <div className="stack">
          <p>{w.openedText(open.reply.name, open.reply.outlet)}</p>
          <div>
            <ButtonLink to={next} outside kind="main" large>
              {slug === null ? w.schedule : w.goOn}
            </ButtonLink>
          </div>
        </div>
      ) : (
        <div aria-busy="true">
          <p className="quiet">{w.openingText}</p>
          <Bones rows={2} />
        </div>
      )}
    </Page>
  );
}
