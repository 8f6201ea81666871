// An authenticator app, set up: the picture to scan, one code to confirm it.
import { useState } from 'react';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { postTotp, postTotpConfirm } from '../../shared/sign-in.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { factorWords } from '../words/factors.ts';
import { CodeForm } from './code-form.tsx';
import './factors.css';

export type Made = ReplyOf<typeof postTotpConfirm>;

export function SetUpApp({ onMade }: { onMade: (made: Made) => void }) {
  const w = useWords(factorWords);
  const [begun, setBegun] = useState<ReplyOf<typeof postTotp>>();
  const begin = useWrite<typeof postTotp>('POST', '/api/factors/totp');
  const confirm = useWrite<typeof postTotpConfirm>('POST', '/api/factors/totp/confirm');
  async function start(): Promise<void> {
    setBegun((await begin.run({}))?.reply);
  }
  async function done(code: string): Promise<void> {
    const made = await confirm.run({ body: { code } });
    if (made) onMade(made.reply);
  }
  if (!begun) {
    return (
      <div className="stack">
        {begin.failure && (
          <Note tone="alarm" alert>
            {begin.failure.message}
          </Note>
        )}
        <div>
          <Button busy={begin.busy} onClick={() => void start()}>
            {w.begin}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <p>{w.scan}</p>
      <img className="factor-qr" alt={w.qr} src={`data:image/svg+xml,${encodeURIComponent(begun.qr)}`} />
      <p className="s">
        {w.bySecret}: <code className="factor-secret">{begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <CodeForm label={w.confirm} yes={w.confirmYes} busy={confirm.busy} failure={confirm.failure} onCode={(code) => void done(code)} />
    </div>
  );
}
