// Somebody on stage: the picture, and below it name and position as on a place card. Without a picture the card stands in the middle.
import { useWords } from '../platform/words.ts';
import type { Stage } from '../room/media.ts';
import { Mirror, Picture } from '../room/picture.tsx';
import { Icon } from '../ui/icon.tsx';
import { pressRoomWords } from '../words/press-room.ts';
import type { Stood } from './people.ts';

type Props = { of: Stood; stage: Stage; own: { camera: boolean; microphone: boolean } };

export function Tile({ of: { tile, card }, stage, own }: Props) {
  const words = useWords(pressRoomWords);
  const mirrored = tile.you && own.camera;
  const micOn = tile.you ? own.microphone || tile.micOn : tile.micOn;
  const facts = [tile.speaking && words.speaking, !micOn && words.micOff, tile.link !== 'good' && words.weak].filter(Boolean).join(', ');
  return (
    <li className="stage-tile" data-picture={mirrored || tile.camera !== null} data-speaking={tile.speaking} data-member={tile.member}>
      {mirrored ? <Mirror stage={stage} label={card.name} /> : tile.camera && <Picture of={tile.camera} label={card.name} />}
      <div className="lower-third" title={[card.name, card.line].filter(Boolean).join(', ')}>
        <p className="third-name">
          {card.name}
          {tile.you && <span className="third-you"> ({words.you})</span>}
          {card.badge !== null && (
            <span className="badge">
              {words.press} · {card.badge}
            </span>
          )}
        </p>
        {card.line && <p className="third-line">{card.line}</p>}
      </div>
      <div className="tile-facts">
        {tile.link !== 'good' && (
          <span className="mark mark-weak" title={words.weak}>
            <Icon name="weak" />
          </span>
        )}
        {!micOn && (
          <span className="mark">
            <Icon name="micOff" />
          </span>
        )}
        {facts && <span className="for-readers">{facts}</span>}
      </div>
    </li>
  );
}
