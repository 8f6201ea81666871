// The own passkeys: by name, with their last use; each can be removed, others added.
import { useState } from 'react';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { deletePasskey, getFactors } from '../../shared/sign-in.ts';
import { useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { factorWords } from '../words/factors.ts';
import { MakePasskey } from './make-passkey.tsx';
import type { Made } from './set-up-app.tsx';

type Key = ReplyOf<typeof getFactors>['passkeys'][number];
const CHANGED = ['/api/factors', '/api/me'];

export function PasskeyList({ keys, onMade }: { keys: readonly Key[]; onMade: (made: Made) => void }) {
  const w = useWords(factorWords);
  const f = useFormats();
  const zone = useZone();
  const [asking, setAsking] = useState<Key>();
  const [adding, setAdding] = useState(false);
  const remove = useWrite<typeof deletePasskey>('DELETE', '/api/factors/passkeys/:id', CHANGED);
  async function removeIt(key: Key): Promise<void> {
    if (await remove.run({ params: { id: key.id } })) setAsking(undefined);
  }
  function made(one: Made): void {
    setAdding(false);
    onMade(one);
  }
  const when = (at: string): string => `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`;
  return (
    <section className="stack" aria-label={w.passkey}>
      <h3>{w.passkey}</h3>
      <p className="section-note">{w.passkeyWhat}</p>
      {keys.length > 0 && (
        <ul className="passkeys">
          {keys.map((key) => (
            <li key={key.id}>
              <div>
                <span className="place-name">{key.name}</span>
                <span className="quiet s">
                  {w.passkeySince(f.shortDayOf(key.madeAt, zone), key.usedAt && when(key.usedAt))}
                  {key.backedUp && `; ${w.passkeySynced}`}
                </span>
              </div>
              <Button kind="quiet" aria-label={w.removeNamed(key.name)} onClick={() => setAsking(key)}>
                {w.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {keys.length === 0 || adding ? (
        <MakePasskey onMade={made} />
      ) : (
        <div>
          <Button onClick={() => setAdding(true)}>{w.addPasskey}</Button>
        </div>
      )}
      {asking && (
        <Ask
          title={w.removePasskey(asking.name)}
          text={w.removePasskeyText}
          yes={w.removeYes}
          busy={remove.busy}
          failure={remove.failure?.message}
          onYes={() => void removeIt(asking)}
          onClose={() => (setAsking(undefined), remove.forget())}
        />
      )}
    </section>
  );
}
