// Where people and screens stand: a grid, one speaker large, or a shared screen large.
import { useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { arrange, bestGrid } from '../room/arrange.ts';
import type { Stage } from '../room/media.ts';
import { Picture } from '../room/picture.tsx';
import type { OwnSnapshot } from '../room/stage-room.tsx';
import type { PersonTile, ScreenTile } from '../room/tiles.ts';
import type { Spot } from '../../shared/moderation.ts';
import { inFront } from './in-front.ts';
import type { Card } from './people.ts';
import { Tile } from './tile.tsx';
import { useWords } from './use-words.ts';

export type View = 'grid' | 'speaker';
type Props = {
  stage: Stage;
  own: OwnSnapshot;
  people: PersonTile[];
  screens: ScreenTile[];
  cards: Map<string, Card>;
  view: View;
  /** What those who lead show everybody large. */
  spotlight: readonly Spot[];
  onMore: () => void;
  /** A material stands in front; its place is told. */
  shown: boolean;
  onSlot: (slot: HTMLElement | null) => void;
};

const PHONE_PX = 640;
const NOBODY: { screen: ScreenTile | undefined; mains: PersonTile[]; lit: boolean } = { screen: undefined, mains: [], lit: false };

export function StageView({ stage, own, people, screens, cards, view, spotlight, onMore, shown, onSlot }: Props) {
  const words = useWords();
  const [box, size] = useSize();
  const seats = useRef<string[]>([]);
  const phone = size.width < PHONE_PX;
  const others = people.filter((person) => !person.you);
  const { screen, mains, lit } = shown ? NOBODY : inFront({ people, screens, view, spotlight });
  const rest = people.filter((person) => !mains.includes(person));
  const large = shown || screen !== undefined || mains.length > 0;
  const places = large ? (phone ? 3 : 5) : phone ? 6 : 16;
  const { seen, unseen } = arrange(rest, rest.length > places ? places - 1 : places, seats.current);
  seats.current = seen.map((person) => person.member);

  const tile = (person: PersonTile) => (
    <Tile key={person.member} tile={person} card={cards.get(person.member)} stage={stage} ownCameraOn={own.on.camera} ownMicOn={own.on.microphone} />
  );
  const tiles: ReactNode[] = seen.map(tile);
  if (unseen.length > 0)
    tiles.push(
      <li key="more" className="tile tile-more">
        <button type="button" className="button" onClick={onMore}>
          {words.more(unseen.length)}
        </button>
      </li>,
    );
  const { columns, rows } = bestGrid(tiles.length, size.width, size.height, phone ? 1 : 16 / 9);
  return (
    <section
      className="stage"
      ref={box}
      aria-label={words.stage}
      data-layout={large ? 'large' : 'grid'}
      data-alone={others.length === 0 && !screen && !large}
      data-spotlight={lit}
    >
      {lit && <p className="stage-lit">{words.spotlit}</p>}
      {large && (
        <div className="stage-front" data-count={mains.length + (screen ? 1 : 0)}>
          {shown && <div className="shared" ref={onSlot} />}
          {screen && (
            <SharedScreen
              screen={screen}
              name={cards.get(screen.member)?.name ?? words.unknown}
              {...(screen.you && own.toggleShare && { onStop: own.toggleShare })}
            />
          )}
          {mains.length > 0 && <ul className="stage-main">{mains.map(tile)}</ul>}
        </div>
      )}
      {tiles.length > 0 && (
        <ul
          className={large ? 'strip' : 'grid'}
          aria-label={words.people}
          style={large ? undefined : ({ '--columns': columns, '--rows': rows } as CSSProperties)}
        >
          {tiles}
        </ul>
      )}
      {others.length === 0 && !large && <p className="stage-alone">{words.alone}</p>}
    </section>
  );
}

function SharedScreen({ screen, name, onStop }: { screen: ScreenTile; name: string; onStop?: () => void }) {
  const words = useWords();
  return (
    <figure className="shared">
      {onStop ? (
        <div className="shared-own">
          <p>{words.yourScreen}</p>
          <button type="button" className="button" onClick={onStop}>
            {words.stopShare}
          </button>
        </div>
      ) : (
        <Picture of={screen.picture} label={words.sharedBy(name)} />
      )}
      {!onStop && <figcaption>{words.sharedBy(name)}</figcaption>}
    </figure>
  );
}

/** The size of an element, kept up to date. */
function useSize(): [React.RefObject<HTMLElement | null>, { width: number; height: number }] {
  const ref = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: window.innerWidth, height: window.innerHeight });
  useLayoutEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
