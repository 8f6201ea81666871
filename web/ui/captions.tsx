// Captions over the lower edge of a stage: two lines, in the place that is handed them. Screen readers are not interrupted; they find the last lines in a log.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { CaptionsOf } from '../../shared/captions.ts';
import { captionFeed, type CaptionFeed, type CaptionsNow } from '../platform/caption-feed.ts';
import type { LiveSocket } from '../platform/live-socket.ts';
import { useWords } from '../platform/words.ts';
import { captionWords } from '../words/captions.ts';
import { useCaptionChoice } from './caption-choice.ts';
import './captions.css';

const nothing = (): null => null;
const never = () => () => {};

export function useCaptionFeed(of: CaptionsOf, id: string, live: LiveSocket | null): CaptionsNow | null {
  const [feed, setFeed] = useState<CaptionFeed | null>(null);
  useEffect(() => {
    if (!live) return undefined;
    const made = captionFeed(of, id, live);
    setFeed(made);
    return () => {
      made.close();
      setFeed(null);
    };
  }, [of, id, live]);
  return useSyncExternalStore(feed?.subscribe ?? never, feed?.snapshot ?? nothing);
}

/** How long the last line stands when nobody says anything. */
const STANDS_MS = 7_000;

/** What stands now: what is being typed, and before it what was said last. */
export function Captions({ of, id, live }: { of: CaptionsOf; id: string; live: LiveSocket }) {
  const w = useWords(captionWords);
  const { on, size } = useCaptionChoice();
  const now = useCaptionFeed(of, id, live);
  const last = now?.lines.at(-1);
  const typed = now?.drafts.at(-1);
  const moment = `${last?.id ?? ''} ${last?.version ?? 0} ${typed?.text ?? ''}`;
  const [gone, setGone] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setGone(moment), STANDS_MS);
    return () => window.clearTimeout(timer);
  }, [moment]);
  if (!on || !now || !now.captioned) return null;
  const shown =
    gone === moment
      ? []
      : [
          ...now.lines.slice(-2).map(({ id: key, speaker, text, confirmed }) => ({ key, speaker, text, confirmed })),
          ...(typed ? [{ ...typed, confirmed: true }] : []),
        ].slice(-2);
  return (
    <div className="captions" data-size={size}>
      {shown.length > 0 && (
        <div className="captions-lines" aria-hidden="true">
          {shown.map(({ key, speaker, text, confirmed }, n) => (
            <p key={key}>
              {speaker !== null && speaker !== shown[n - 1]?.speaker && <b>{speaker}: </b>}
              {!confirmed && <i>[{w.machine}] </i>}
              {text}
            </p>
          ))}
        </div>
      )}
      <ol className="captions-log" role="log" aria-live="off" aria-label={w.log}>
        {now.lines.slice(-20).map((line) => (
          <li key={line.id}>
            {line.speaker !== null && `${line.speaker}: `}
            {line.text}
          </li>
        ))}
      </ol>
    </div>
  );
}
