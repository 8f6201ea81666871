// The moderator's console: who has the floor, the one big button that gives it to whose turn it is, and the queue. Two moderators at once
// are fine: every answer is the whole floor, and what the other did is refused by name.
import { useEffect, useRef, useState } from 'react';
import type { CrewMember } from '../../../shared/press.ts';
import type { Zone } from '../../../shared/people.ts';
import { useWords } from '../../platform/words.ts';
import { consoleWords } from '../../words/press-console.ts';
import { ConsoleRow } from './console-row.tsx';
import { ConsoleTurn } from './console-turn.tsx';
import * as portal from './portal.ts';
import { nextUp } from './queue.ts';
import type { FloorSnapshot } from './use-floor.ts';
import './floor.css';

type Props = { floor: FloorSnapshot; view: portal.FloorView; zone: Zone; crew: readonly Omit<CrewMember, 'member' | 'inside'>[] };

export function Console({ floor, view, zone, crew }: Props) {
  const words = useWords(consoleWords);
  const [wanted, setWanted] = useState<{ question: string } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Wherever the focus is: the button that had it is gone with the press.
    const hear = (event: KeyboardEvent): void => pressKey(box.current, event);
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
  const speakers = crew.filter(({ role }) => role === 'narasumber' || role === 'moderator');
  return (
    <div className="floor-panel console" ref={box} role="region" aria-label={words.title} tabIndex={0}>
      {view.turns.map((turn) => (
        <ConsoleTurn key={turn.id} turn={turn} floor={floor} serverTime={view.serverTime} zone={zone} speakers={speakers} />
      ))}
      <GiveNext floor={floor} view={view} onReason={(question) => setWanted({ question })} />
      {floor.failure !== null && (
        <p className="strip-line" role="alert">
          {floor.failure}
        </p>
      )}
      {view.queue.length === 0 && <p className="quiet">{words.queueEmpty}</p>}
      <ol className="queue">
        {view.queue.map((one) => (
          <ConsoleRow
            key={one.id}
            one={one}
            queue={view.queue}
            floor={floor}
            serverTime={view.serverTime}
            zone={zone}
            wanted={wanted?.question === one.id ? wanted : null}
          />
        ))}
      </ol>
      <p className="quiet keys-line">{words.keys}</p>
    </div>
  );
}

type Giving = {
  floor: FloorSnapshot;
  view: portal.FloorView;
  /** The portal wants a reason for this question, for it is not the first. */ onReason: (question: string) => void;
};

/** One big button: whose turn it is, or, where nobody was looked at yet, the first to be looked at. */
export function GiveNext({ floor, view, onReason }: Giving) {
  const words = useWords(consoleWords);
  const { next, unscreened, away } = nextUp(view.queue);
  const nameOf = (one: portal.QueuePlace): [string, string] => [one.outlet, one.name ?? ''];
  if (view.queue.length === 0) return null;
  if (!view.open) return <p className="floor-wait">{words.closed}</p>;
  if (next && view.turns.length >= view.limit)
    return (
      <p className="floor-wait">
        <strong>{words.nextUp(...nameOf(next))}</strong> {words.nextAfter}
      </p>
    );
  async function give(question: string): Promise<void> {
    if ((await floor.act((_, id) => portal.give(id, question, null))) === 'floor.out_of_order') onReason(question);
  }
  return (
    <div className="give-next">
      {away && <p className="quiet">{words.firstAway(...nameOf(away))}</p>}
      {next && unscreened && unscreened.place < next.place && <p className="quiet">{words.unscreenedAhead(...nameOf(unscreened))}</p>}
      {next && (
        <button type="button" className="button button-main give" aria-keyshortcuts="g" disabled={floor.busy} onClick={() => void give(next.id)}>
          {words.give(...nameOf(next))}
        </button>
      )}
      {!next && unscreened && (
        <button
          type="button"
          className="button button-main give"
          aria-keyshortcuts="g"
          disabled={floor.busy}
          onClick={() => void floor.act((_, id) => portal.screen(id, unscreened.id))}
        >
          {words.screenFirst(...nameOf(unscreened))}
        </button>
      )}
      {!next && !unscreened && <p className="floor-wait">{words.noneInside}</p>}
    </div>
  );
}

/** G and R press the button that says so, unless somebody is typing. */
function pressKey(box: HTMLElement | null, event: KeyboardEvent): void {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key !== 'g' && key !== 'r') return;
  const button = box?.querySelector<HTMLButtonElement>(`[aria-keyshortcuts="${key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select');
