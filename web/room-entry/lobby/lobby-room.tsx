// The lobby seen from inside, for whoever may admit: a light in the top line with how many wait, a sound when somebody comes, and the list.
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Visit } from '../entrance.ts';
import { chime } from '../../platform/chime.ts';
import { LobbyPanel } from './lobby-panel.tsx';
import { useLobby } from './use-lobby.ts';
import { useLobbyWords } from './use-lobby-words.ts';
import './lobby-room.css';

type Props = { visit: Visit; top: HTMLElement | null; open: boolean; onOpen: () => void; onClose: () => void };
/** However many come at once, one sound. */
const QUIET_MS = 4_000;

export function LobbyRoom({ visit, top, open, onOpen, onClose }: Props) {
  const words = useLobbyWords();
  const lobby = useLobby(visit);
  const here = lobby.desk?.waiting.filter(({ away }) => !away) ?? [];
  const n = here.length;
  const { title } = visit.join.meeting;
  const [told, setTold] = useState('');
  const known = useRef(new Set<string>());
  const sounded = useRef(-Infinity);
  const keys = here.map(({ id, round }) => `${id} ${round}`).join(',');

  useEffect(() => {
    const all = keys === '' ? [] : keys.split(',');
    const fresh = all.some((key) => !known.current.has(key));
    known.current = new Set(all);
    if (!fresh) return;
    setTold(words.arrived(all.length));
    if (performance.now() - sounded.current < QUIET_MS) return;
    sounded.current = performance.now();
    chime();
  }, [keys, words]);

  useEffect(() => {
    if (n === 0) return undefined;
    const before = document.title;
    document.title = words.pageTitle(n, title);
    return () => void (document.title = before);
  }, [n, title, words]);

  return (
    <>
      {top &&
        (n > 0 || open) &&
        createPortal(
          <button type="button" className="top-light lobby-light" data-waiting={n > 0} aria-expanded={open} onClick={open ? onClose : onOpen}>
            <span className="lobby-count" aria-hidden="true">
              {n}
            </span>
            <span aria-hidden="true">{words.title}</span>
            <span className="for-readers">
              {words.title}: {words.waiting(n)}
            </span>
          </button>,
          top,
        )}
      <p className="for-readers" role="status">
        {told}
      </p>
      {open && <LobbyPanel lobby={lobby} zone={visit.join.meeting.zone} onClose={onClose} />}
    </>
  );
}
