// Beside the password: a passkey, the office's own account.
import { useState } from 'react';
import type { getWays, postOidcStart, postPasskey, postPasskeyStart } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { factorWords } from '../words/factors.ts';
import type { Me } from '../platform/session.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { keepWish } from './wish.ts';

/** `wish`: where the person wanted to go. */
export default function OtherWays({ wish, onIn }: { wish: string | null; onIn: (me: Me) => void }) {
  const w = useWords(factorWords);
  const [going, setGoing] = useState(false);
  const ways = useRead<typeof getWays>('/api/session/ways', {});
  const start = useWrite<typeof postOidcStart>('POST', '/api/session/oidc/start', ['/api/session/ways']);
  const startKey = useWrite<typeof postPasskeyStart>('POST', '/api/session/passkey/start');
  const showKey = useWrite<typeof postPasskey>('POST', '/api/session/passkey');
  if (!ways.value) return null;
  const { oidc, passkeys, passkeysAt } = ways.value;
  // A browser that knows none is not told so here: nobody asked.
  const offersKey = passkeysAt !== null || (passkeys && window.PublicKeyCredential !== undefined);
  const byKey = offersKey && (
    <PasskeyButton
      label={w.usePasskey}
      large
      start={startKey}
      busy={showKey.busy}
      failure={showKey.failure}
      onShown={async (body) => {
        const done = await showKey.run({ body });
        if (done) onIn(done.reply);
      }}
    />
  );
  if (oidc === null) return byKey || null;
  async function go(): Promise<void> {
    const done = await start.run({});
    if (!done) return;
    setGoing(true);
    keepWish(wish);
    location.assign(done.reply.url);
  }
  return (
    <div className="stack">
      {byKey}
      <Button large busy={start.busy || going} onClick={() => void go()}>
        {w.officeAccount(oidc.name)}
      </Button>
      {(start.failure ?? oidc.down) && (
        <Note tone="wait" alert={start.failure !== undefined}>
          {start.failure?.message ?? w.officeDown}
        </Note>
      )}
    </div>
  );
}
