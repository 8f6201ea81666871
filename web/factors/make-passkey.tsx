// A passkey, made on this device (or on a phone or key that the browser offers), under a name.
import { useState, type FormEvent } from 'react';
import type { postPasskeys, postPasskeysStart } from '../../shared/sign-in.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { factorWords } from '../words/factors.ts';
import { makePasskey, usePasskeysHere, type Trouble } from './passkey.ts';
import { NoPasskeys } from './passkey-button.tsx';
import type { Made } from './set-up-app.tsx';

type Device = keyof (typeof factorWords)['id']['deviceNames'];
const KINDS: [RegExp, Device][] = [
  [/iPhone/, 'iphone'],
  [/iPad/, 'ipad'],
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Macintosh/, 'mac'],
  [/Linux/, 'linux'],
];
const thisDevice = (): Device => KINDS.find(([sign]) => sign.test(navigator.userAgent))?.[1] ?? 'other';

export function MakePasskey({ onMade, main = false }: { onMade: (made: Made) => void; main?: boolean }) {
  const w = useWords(factorWords);
  const here = usePasskeysHere();
  const [name, setName] = useState<string>(w.deviceNames[thisDevice()]);
  const [making, setMaking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const start = useWrite<typeof postPasskeysStart>('POST', '/api/factors/passkeys/start');
  const put = useWrite<typeof postPasskeys>('POST', '/api/factors/passkeys');
  if (!here) return null;
  if (!here.can) return <NoPasskeys here={here} />;
  async function make(): Promise<void> {
    const asked = await start.run({});
    if (!asked) return;
    const answer = await makePasskey(asked.reply);
    if ('trouble' in answer) return setTrouble(answer.trouble);
    const done = await put.run({ body: { name, made: answer.made } });
    if (done) onMade(done.reply);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTrouble(undefined);
    setMaking(true);
    await make();
    setMaking(false);
  }
  const said = trouble === undefined ? (start.failure ?? put.failure)?.message : w.passkeyTrouble[trouble === 'cancelled' ? 'cancelledMaking' : trouble];
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <TextField label={w.passkeyName} hint={w.passkeyNameHint} value={name} onValue={setName} required maxLength={60} />
      {said !== undefined && !making && (
        <Note tone={trouble === 'cancelled' ? 'wait' : 'alarm'} alert>
          {said}
        </Note>
      )}
      <div>
        <Button type="submit" kind={main ? 'main' : 'plain'} busy={making}>
          {w.makePasskey}
        </Button>
      </div>
    </form>
  );
}
