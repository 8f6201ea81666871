// A native dialog: focus goes in, stays in, and comes back; Escape closes it. It asks once and names the thing.
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import X from 'lucide-react/icons/x';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';
import { Button } from './button.tsx';

type DialogProps = { title: string; onClose: () => void; children: ReactNode; side?: boolean };

/** Open as long as it is drawn. `side`: stands at the edge of the page, for work beside a list. */
export function Dialog({ title, onClose, children, side = false }: DialogProps) {
  const w = useWords(commonWords);
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A layout effect: closed while it still stands in the page, or the focus could not go back to where it came from.
  useLayoutEffect(() => {
    const dialog = ref.current;
    // A press beside it cancels too, by the browser itself.
    dialog?.setAttribute('closedby', 'any');
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={side ? 'dialog side' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-in">
        <header>
          <h2 id={id} tabIndex={-1}>
            {title}
          </h2>
          <button type="button" className="btn btn-quiet btn-icon" aria-label={w.close} onClick={onClose}>
            <X aria-hidden />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

type AskProps = {
  title: string;
  text: ReactNode;
  yes: string;
  onYes: () => void;
  onClose: () => void;
  busy?: boolean;
  failure?: string | undefined;
  alarm?: boolean;
};

/** Asks once before something that cannot be undone. */
export function Ask({ title, text, yes, onYes, onClose, busy, failure, alarm = true }: AskProps) {
  const w = useWords(commonWords);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        <p>{text}</p>
        {failure !== undefined && (
          <p className="note note-alarm" role="alert">
            {failure}
          </p>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button kind={alarm ? 'alarm' : 'main'} busy={busy} onClick={onYes}>
            {yes}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
