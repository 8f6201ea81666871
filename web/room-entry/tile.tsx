// One person: the picture, and the place card. Without a picture the card stands in the middle.
import type { Stage } from '../room/media.ts';
import { Mirror, Picture } from '../room/picture.tsx';
import type { PersonTile } from '../room/tiles.ts';
import { Icon } from '../ui/icon.tsx';
import type { Card } from './people.ts';
import { useWords } from './use-words.ts';

type Props = {
  tile: PersonTile;
  card: Card | undefined;
  stage: Stage;
  ownCameraOn: boolean;
  ownMicOn: boolean;
};

export function Tile({ tile, card, stage, ownCameraOn, ownMicOn }: Props) {
  const words = useWords();
  const name = card?.name ?? words.unknown;
  const micOn = tile.you ? ownMicOn || tile.micOn : tile.micOn;
  const mirrored = tile.you && ownCameraOn;
  const picture = mirrored || tile.camera !== null;
  const facts = [
    tile.speaking && words.speaking,
    !micOn && words.micOff,
    tile.link !== 'good' && words.quality[tile.link],
    card?.hand && words.handNo(card.hand),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <li className="tile" data-picture={picture} data-speaking={tile.speaking} data-member={tile.member}>
      {mirrored ? <Mirror stage={stage} label={name} /> : tile.camera && <Picture of={tile.camera} label={name} />}
      <div className="card" title={card?.line ? `${name}, ${card.line}` : name}>
        <p className="card-name">
          {name}
          {tile.you && <span className="card-you"> ({words.you})</span>}
          {card?.badge && <span className="badge">{card.badge === 'Tamu' ? words.guest : words.press}</span>}
        </p>
        {card && (card.roles.length > 0 || card.line) && (
          <p className="card-line">{[...card.roles.map((role) => words.roles[role]), card.line].filter(Boolean).join(' · ')}</p>
        )}
      </div>
      <div className="tile-marks">
        {card?.hand && (
          <span className="mark mark-hand">
            <Icon name="hand" />
            {card.hand}
          </span>
        )}
        {tile.link !== 'good' && (
          <span className="mark mark-weak" title={words.quality[tile.link]}>
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
