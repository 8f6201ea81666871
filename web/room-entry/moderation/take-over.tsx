// One press, with a reason that stays on record.
import { useEffect, useRef, useState } from 'react';
import { useModerationWords } from './words.ts';

export function TakeOver({ onTake, onDone }: { onTake: (reason: string) => void; onDone: () => void }) {
  const words = useModerationWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  function send(event: React.FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') return setMissing(true);
    onTake(reason.trim());
    dialog.current?.close();
  }
  return (
    <dialog ref={dialog} className="ask-once" aria-labelledby="take-over" onClose={onDone}>
      <form onSubmit={send} className="take-over">
        <h2 id="take-over">{words.takeOverTitle}</h2>
        <p>{words.takeOverBody}</p>
        <label htmlFor="take-over-reason">{words.reason}</label>
        <textarea
          id="take-over-reason"
          rows={2}
          maxLength={200}
          value={reason}
          aria-invalid={missing || undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        {missing && (
          <p className="take-over-missing" role="alert">
            {words.reasonMissing}
          </p>
        )}
        <div className="gate-actions">
          <button type="submit" className="button button-main">
            {words.takeOver}
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
