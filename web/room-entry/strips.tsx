// One line above the stage for what is not as it should be: what happened, and what is safe. The most important one only.
import type { Connection } from '../room/media.ts';
import type { OwnMediaState } from '../room/own-media.ts';
import { deviceWords } from '../words/devices.ts';
import type { RoomWords } from './words/room.ts';
import { useOnline } from '../ui/use-online.ts';
import { useWords } from './use-words.ts';

type Props = {
  connection: Connection;
  portalLost: boolean;
  own: OwnMediaState;
  unlockSound?: () => void;
};

export function Strips({ connection, portalLost, own, unlockSound }: Props) {
  const words = useWords();
  const online = useOnline();
  const text =
    connectionText(connection, words, online) ??
    (online ? null : words.strips.offline) ??
    (portalLost ? words.strips.portalLost : null) ??
    deviceText(own, words);
  return (
    <>
      <div className="strips" role="status">
        {text && <p className="strip-line">{text}</p>}
      </div>
      {unlockSound && (
        <p className="strip-line strip-sound">
          {words.strips.soundBlocked}{' '}
          <button type="button" className="button button-main" onClick={unlockSound}>
            {words.strips.soundOn}
          </button>
        </p>
      )}
    </>
  );
}

function connectionText(connection: Connection, { strips }: RoomWords, online: boolean): string | null {
  if (connection.state === 'resuming') return online ? strips.resuming : strips.offline;
  if (connection.state === 'connecting') return strips.connecting;
  if (connection.state !== 'rejoining') return null;
  if (connection.obstacle === 'full') return strips.full;
  if (!online) return strips.offline;
  if (connection.everIn) return `${strips.rejoining} ${strips.rejoiningSafe}`;
  if (connection.obstacle === 'path') return strips.mediaBlocked;
  return connection.obstacle === 'network' ? strips.offline : strips.mediaUnavailable;
}

function deviceText(own: OwnMediaState, { strips }: RoomWords): string | null {
  const { problems } = deviceWords();
  for (const kind of ['microphone', 'camera'] as const) {
    const trouble = own.trouble[kind];
    if (trouble !== null) return problems[`${kind}${trouble}`];
  }
  return own.shareRefused ? strips.screenRefused : null;
}
