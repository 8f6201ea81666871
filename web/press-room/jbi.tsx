// The interpreter's own place: always there, never covered, and when nobody is in it it says so.
import { useWords } from '../platform/words.ts';
import type { Stage } from '../room/media.ts';
import { Mirror, Picture } from '../room/picture.tsx';
import { pressRoomWords } from '../words/press-room.ts';
import type { Stood } from './people.ts';

export function Jbi({ of, stage, ownCamera }: { of: Stood | null; stage: Stage; ownCamera: boolean }) {
  const words = useWords(pressRoomWords);
  const mirrored = of?.tile.you === true && ownCamera;
  const camera = of?.tile.camera ?? null;
  return (
    <figure className="jbi" aria-label={words.jbi} data-picture={mirrored || camera !== null}>
      {of && mirrored && <Mirror stage={stage} label={of.card.name} />}
      {of && !mirrored && camera && <Picture of={camera} label={of.card.name} />}
      {of ? (
        <figcaption className="jbi-name">
          <strong>{of.card.name}</strong> <span>{words.jbi}</span>
        </figcaption>
      ) : null}
      {!mirrored && camera === null && <p className="jbi-empty">{of ? words.jbiNoPicture : words.jbiAbsent}</p>}
    </figure>
  );
}
