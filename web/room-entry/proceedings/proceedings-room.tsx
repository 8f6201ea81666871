// The proceedings in the room: a light for the quorum, the read-back on everybody's screen, and the panel when it is called. Comes after the join, on its own.
import { lazy, Suspense, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { insist } from '../../platform/insist.ts';
import type { Visit } from '../entrance.ts';
import { AgendaLight } from './agenda-light.tsx';
import { ReadBack } from './read-back.tsx';
import { useProceedings } from './use-proceedings.ts';
import { useProceedingsWords } from './words.ts';
import './proceedings.css';

const ProceedingsPanel = lazy(async () => insist(async () => ({ default: (await import('./panel.tsx')).ProceedingsPanel })));

type Props = { visit: Visit; top: HTMLElement | null; open: boolean; onOpen: () => void; onClose: () => void };

export function ProceedingsRoom({ visit, top, open, onOpen, onClose }: Props) {
  const words = useProceedingsWords();
  const snapshot = useProceedings(visit, open);
  const { now } = snapshot;
  const read = now?.decisions.find((decision) => decision.state === 'dibacakan');
  const [folded, setFolded] = useState<string | null>(null);
  const key = read && `${read.id} ${read.version} ${read.readAt}`;
  useEffect(() => {
    if (key === undefined) setFolded(null);
  }, [key]);
  if (!now) return null;
  const { quorum } = now;
  const reached = quorum.present >= quorum.needed;
  return (
    <>
      {top && createPortal(<AgendaLight now={now} onOpen={open ? onClose : onOpen} />, top)}
      {top &&
        createPortal(
          <button type="button" className="top-light quorum-light" data-reached={reached} aria-expanded={open} onClick={open ? onClose : onOpen}>
            <span className="quorum-shape" aria-hidden="true" />
            <span aria-hidden="true">
              {words.light(quorum.present, quorum.needed)} <small>{reached ? words.lightState.yes : words.lightState.no}</small>
            </span>
            <span className="for-readers">{words.lightSays(quorum.present, quorum.needed, reached)}</span>
          </button>,
          top,
        )}
      {top &&
        read &&
        folded === key &&
        createPortal(
          <button type="button" className="button button-main read-unfold" onClick={() => setFolded(null)}>
            {words.unfold}
          </button>,
          top,
        )}
      {read && folded !== key && <ReadBack key={key} decision={read} snapshot={snapshot} now={now} onFold={() => setFolded(key ?? null)} />}
      {open && (
        <Suspense fallback={<aside className="panel" aria-busy="true" />}>
          <ProceedingsPanel now={now} snapshot={snapshot} onClose={onClose} />
        </Suspense>
      )}
    </>
  );
}
