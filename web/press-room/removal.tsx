// Taking somebody out: asked once, in place, naming them, and saying that they do not come back.
import { useEffect, useId, useRef, useState } from 'react';
import type { postPressRemoval } from '../../shared/press-room.ts';
import { call } from '../platform/call.ts';
import { useWords } from '../platform/words.ts';
import { consoleWords } from '../words/press-console.ts';

type Props = { conferenceId: string; member: string; name: string; onDone: () => void; onClose: () => void };

export function Removal({ conferenceId, member, name, onDone, onClose }: Props) {
  const words = useWords(consoleWords);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  async function remove(): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await call<typeof postPressRemoval>('POST', '/api/conferences/:id/members/:member/removal', { params: { id: conferenceId, member } });
      onDone();
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  }
  return (
    <div className="removal" role="group" aria-labelledby={id} tabIndex={-1} ref={box}>
      <p id={id}>
        <strong>{words.removeTitle(name)}</strong>
      </p>
      <p className="quiet">{words.removeNote[member.startsWith('g_') ? 'guest' : 'journalist']}</p>
      {failure !== null && (
        <p className="strip-line" role="alert">
          {failure}
        </p>
      )}
      <div className="removal-acts">
        <button type="button" className="button button-alarm" disabled={busy} onClick={() => void remove()}>
          {words.removeYes}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </div>
  );
}
