// Shows a passkey: asks the portal what to sign, lets the browser ask its owner, hands the answer on.
import { useState } from 'react';
import KeyRound from 'lucide-react/icons/key-round';
import type { postPasskeyStart } from '../../shared/sign-in.ts';
import type { Write } from '../platform/api.ts';
import type { Refused } from '../platform/call.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { factorWords } from '../words/factors.ts';
import { showPasskey, usePasskeysHere, type Here, type Shown, type Trouble } from './passkey.ts';

type Props = {
  label: string;
  start: Pick<Write<typeof postPasskeyStart>, 'run' | 'failure'>;
  onShown: (shown: Shown) => Promise<void>;
  busy: boolean;
  failure: Refused | undefined;
  main?: boolean;
  large?: boolean;
};

export function PasskeyButton({ label, start, onShown, busy, failure, main = false, large = false }: Props) {
  const w = useWords(factorWords);
  const here = usePasskeysHere();
  const [showing, setShowing] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  if (!here) return null;
  if (!here.can) return <NoPasskeys here={here} />;
  async function press(): Promise<void> {
    setTrouble(undefined);
    setShowing(true);
    const asked = await start.run({});
    const answer = asked && (await showPasskey(asked.reply));
    if (answer && 'shown' in answer) await onShown(answer.shown);
    else setTrouble(answer?.trouble);
    setShowing(false);
  }
  const said = trouble === undefined ? (start.failure ?? failure)?.message : w.passkeyTrouble[trouble];
  return (
    <div className="stack">
      <Button kind={main ? 'main' : 'plain'} large={large} icon={<KeyRound aria-hidden />} busy={showing || busy} onClick={() => void press()}>
        {label}
      </Button>
      {said !== undefined && !showing && (
        <Note tone={trouble === 'cancelled' ? 'wait' : 'alarm'} alert>
          {said}
        </Note>
      )}
    </div>
  );
}

/** Says why there is no button, and where there would be one. */
export function NoPasskeys({ here }: { here: Exclude<Here, { can: true }> }) {
  const w = useWords(factorWords);
  if (here.why !== 'number') return <p className="quiet s">{here.why === 'browser' ? w.passkeyNoBrowser : w.passkeyNoAddress}</p>;
  return (
    <p className="quiet s">
      {w.passkeyAt} <a href={`${here.open}${location.pathname}`}>{here.open}</a>.
    </p>
  );
}
