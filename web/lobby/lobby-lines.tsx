// Somebody waits outside a meeting of this host: a line on top, a sound when they come, the number in the title of the window.
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import DoorOpen from 'lucide-react/icons/door-open';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { getMyLobbies } from '../../shared/lobby.ts';
import { chime } from '../platform/chime.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { lobbyWords } from '../words/lobby.ts';
import './lobby.css';

export default function LobbyLines({ lobbies }: { lobbies: ReplyOf<typeof getMyLobbies> }) {
  const w = useWords(lobbyWords);
  const [location] = useLocation();
  const [put, setPut] = useState<ReadonlyMap<string, number>>(new Map());
  const before = useRef<ReadonlyMap<string, number>>(new Map());
  const total = lobbies.reduce((sum, { waiting }) => sum + waiting, 0);

  useEffect(() => {
    const now = new Map(lobbies.map(({ meetingId, waiting }) => [meetingId, waiting]));
    if ([...now].some(([id, n]) => n > (before.current.get(id) ?? 0))) chime();
    before.current = now;
  }, [lobbies]);

  // Each screen names the window anew: the number goes before whatever stands there.
  useEffect(() => {
    if (total === 0) return undefined;
    const titled = (): void => {
      const bare = document.title.replace(/^\(\d+\) .*? · /, '');
      const wanted = w.pageTitle(total, bare);
      if (document.title !== wanted) document.title = wanted;
    };
    titled();
    const seen = new MutationObserver(titled);
    const element = document.querySelector('title');
    if (element) seen.observe(element, { childList: true });
    return () => {
      seen.disconnect();
      document.title = document.title.replace(/^\(\d+\) .*? · /, '');
    };
  }, [total, w, location]);

  // On the meeting's own page the list itself is there.
  const shown = lobbies.filter(({ meetingId, waiting }) => location !== `/rapat/${meetingId}` && waiting > (put.get(meetingId) ?? 0));
  return (
    <>
      {shown.map(({ meetingId, title, waiting }) => (
        <div key={meetingId} className="strip strip-lobby">
          <DoorOpen aria-hidden />
          <div>
            <strong>{w.strip(title, waiting)}</strong>
          </div>
          <Link href={`/rapat/${meetingId}`} className="btn btn-main">
            <span>{w.look}</span>
          </Link>
          <Button kind="quiet" onClick={() => setPut(new Map([...put, [meetingId, waiting]]))}>
            {w.later}
          </Button>
        </div>
      ))}
    </>
  );
}
