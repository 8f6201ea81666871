// The stage: a shared screen large with the speakers beside it, else the speakers as large as they go.
import { useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
import { useWords } from '../platform/words.ts';
import { arrange, bestGrid } from '../room/arrange.ts';
import type { Stage } from '../room/media.ts';
import { Picture } from '../room/picture.tsx';
import type { OwnSnapshot } from '../room/stage-room.tsx';
import type { ScreenTile } from '../room/tiles.ts';
import { pressRoomWords } from '../words/press-room.ts';
import type { Card, Stood } from './people.ts';
import { Tile } from './tile.tsx';

const PHONE_PX = 560;
/** Lower than this, whoever speaks stands beside a shared screen instead of below it. */
const LOW_PX = 320;
type Props = { stage: Stage; own: OwnSnapshot; speakers: Stood[]; screens: ScreenTile[]; cards: ReadonlyMap<string, Card> };

export function StageView({ stage, own, speakers, screens, cards }: Props) {
  const words = useWords(pressRoomWords);
  const [box, size] = useSize();
  const seats = useRef<string[]>([]);
  const phone = size.width < PHONE_PX;
  const screen = screens.at(-1);
  const places = screen ? (phone ? 2 : 3) : phone ? 4 : 9;
  const { seen } = arrange(
    speakers.map((one) => ({ ...one, member: one.tile.member, lastSpoke: one.tile.lastSpoke, you: one.tile.you })),
    places,
    seats.current,
  );
  seats.current = seen.map(({ member }) => member);
  // Rather cut off at the sides, where nobody sits, than a head.
  const { columns, rows } = bestGrid(seen.length, size.width, size.height, 4 / 3);
  const faces = seen.some(({ tile }) => tile.camera !== null || (tile.you && own.on.camera));
  return (
    <section
      className="stage"
      ref={box}
      aria-label={words.stage}
      data-screen={screen !== undefined}
      data-beside={size.height < LOW_PX && size.width > size.height}
      data-faces={faces}
    >
      {screen && (
        <SharedScreen
          screen={screen}
          name={cards.get(screen.member)?.name ?? words.someone}
          {...(screen.you && own.toggleShare && { onStop: own.toggleShare })}
        />
      )}
      {seen.length > 0 && (
        <ul className="stage-tiles" style={screen ? undefined : ({ '--columns': columns, '--rows': rows } as CSSProperties)}>
          {seen.map((one) => (
            <Tile key={one.member} of={one} stage={stage} own={own.on} />
          ))}
        </ul>
      )}
      {seen.length === 0 && !screen && <p className="stage-empty">{words.noSpeakers}</p>}
    </section>
  );
}

function SharedScreen({ screen, name, onStop }: { screen: ScreenTile; name: string; onStop?: () => void }) {
  const words = useWords(pressRoomWords);
  return (
    <figure className="slides">
      {onStop ? (
        <div className="slides-own">
          <p>{words.yourScreen}</p>
          <button type="button" className="button" onClick={onStop}>
            {words.stopShare}
          </button>
        </div>
      ) : (
        <>
          <Picture of={screen.picture} label={words.sharedBy(name)} />
          <figcaption>{words.sharedBy(name)}</figcaption>
        </>
      )}
    </figure>
  );
}

/** The size of an element, kept up to date. */
function useSize(): [React.RefObject<HTMLElement | null>, { width: number; height: number }] {
  const ref = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: window.innerWidth, height: window.innerHeight });
  useLayoutEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
