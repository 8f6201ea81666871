// Akun → Keamanan: the own second factors.
import { useState } from 'react';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { deleteTotp, getFactors, postRecoveryCodes } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { factorWords } from '../words/factors.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { PasskeyList } from './passkey-list.tsx';
import { SetUpApp } from './set-up-app.tsx';

const CHANGED = ['/api/factors', '/api/me', '/api/sessions'];

export default function SecurityPart() {
  const factors = useRead<typeof getFactors>('/api/factors', {});
  return (
    <Loaded from={factors} skeleton={<Bones rows={3} />}>
      {(now) => <Security now={now} again={factors.again} />}
    </Loaded>
  );
}

function Security({ now, again }: { now: ReplyOf<typeof getFactors>; again: () => void }) {
  const w = useWords(factorWords);
  const f = useFormats();
  const zone = useZone();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<'app' | 'codes'>();
  const remove = useWrite<typeof deleteTotp>('DELETE', '/api/factors/totp', CHANGED);
  const renew = useWrite<typeof postRecoveryCodes>('POST', '/api/factors/recovery-codes', CHANGED);
  const has = now.totp !== null || now.passkeys.length > 0;
  async function removeApp(): Promise<void> {
    if (await remove.run({})) setAsking(undefined);
  }
  async function newCodes(): Promise<void> {
    const done = await renew.run({});
    if (!done) return;
    setAsking(undefined);
    setCodes(done.reply.recoveryCodes);
  }
  function made(recoveryCodes: readonly string[]): void {
    if (recoveryCodes.length > 0) setCodes(recoveryCodes);
    again();
  }
  return (
    <div className="stack-l">
      {now.due && <Note tone="wait">{w.dueBy(f.dayOf(now.due, zone))}</Note>}
      {!has && <p className="section-note">{w.none}</p>}
      {codes.length > 0 && <RecoveryCodes codes={codes} onKept={() => setCodes([])} />}
      <PasskeyList keys={now.passkeys} onMade={({ recoveryCodes }) => made(recoveryCodes)} />
      <section className="stack" aria-label={w.app}>
        <h3>{w.app}</h3>
        {now.totp ? (
          <div className="row">
            <span>{w.appSince(f.shortDayOf(now.totp.since, zone))}</span>
            <Button kind="quiet" onClick={() => setAsking('app')}>
              {w.remove}
            </Button>
          </div>
        ) : (
          <SetUpApp onMade={({ recoveryCodes }) => made(recoveryCodes)} />
        )}
      </section>
      {has && (
        <section className="stack" aria-label={w.recovery}>
          <h3>{w.recovery}</h3>
          <div className="row">
            <span>{w.recoveryLeft(now.recoveryLeft)}</span>
            <Button kind="quiet" onClick={() => setAsking('codes')}>
              {w.renew}
            </Button>
          </div>
        </section>
      )}
      {asking === 'app' && (
        <Ask
          title={w.removeApp}
          text={w.removeText}
          yes={w.removeYes}
          busy={remove.busy}
          failure={remove.failure?.message}
          onYes={() => void removeApp()}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'codes' && (
        <Ask
          title={w.renewTitle}
          text={w.renewText}
          yes={w.renewYes}
          alarm={false}
          busy={renew.busy}
          failure={renew.failure?.message}
          onYes={() => void newCodes()}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
