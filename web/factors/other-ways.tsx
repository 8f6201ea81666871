// Beside the password: the office's own account.
import { useState } from 'react';
import type { getWays, postOidcStart } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { factorWords } from '../words/factors.ts';
import { keepWish } from './wish.ts';

/** `wish`: where the person wanted to go. */
export default function OtherWays({ wish }: { wish: string | null }) {
  const w = useWords(factorWords);
  const [going, setGoing] = useState(false);
  const ways = useRead<typeof getWays>('/api/session/ways', {});
  const start = useWrite<typeof postOidcStart>('POST', '/api/session/oidc/start', ['/api/session/ways']);
  const oidc = ways.value?.oidc ?? null;
  if (oidc === null) return null;
  async function go(): Promise<void> {
    const done = await start.run({});
    if (!done) return;
    setGoing(true);
    keepWish(wish);
    location.assign(done.reply.url);
  }
  return (
    <div className="stack">
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
