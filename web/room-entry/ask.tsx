// Asks once before what cannot be undone, naming the thing. The browser's own dialog keeps the focus inside.
import { useEffect, useRef } from 'react';

export type Question = { title: string; body: string; yes: string; no: string; act: () => void };

export function Ask({ question, onDone }: { question: Question; onDone: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="ask-once" aria-labelledby="ask-title" onClose={onDone}>
      <h2 id="ask-title">{question.title}</h2>
      <p>{question.body}</p>
      <div className="gate-actions">
        <button
          type="button"
          className="button button-alarm"
          onClick={() => {
            question.act();
            dialog.current?.close();
          }}
        >
          {question.yes}
        </button>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {question.no}
        </button>
      </div>
    </dialog>
  );
}
