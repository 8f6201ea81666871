// One line above the stage for what is not as it should be, the most important one only; and what one is asked at that moment.
import { useWords } from '../platform/words.ts';
import type { Connection } from '../room/media.ts';
import type { OwnMediaState } from '../room/own-media.ts';
import { useOnline } from '../ui/use-online.ts';
import { deviceWords } from '../words/devices.ts';
import { pressRoomWords } from '../words/press-room.ts';
import type { SaverSnapshot } from './use-saver.ts';

type Props = { connection: Connection; portalLost: boolean; own: OwnMediaState; saver: SaverSnapshot };
type StripWords = typeof pressRoomWords.en.strips;

export function Strips({ connection, portalLost, own, saver }: Props) {
  const words = useWords(pressRoomWords);
  const online = useOnline();
  const { strips } = words;
  const text =
    connectionText(connection, strips, online) ??
    (online ? null : strips.offline) ??
    (portalLost ? strips.portalLost : null) ??
    deviceText(own, strips.screenRefused);
  return (
    <div className="strips" role="status">
      {text && <p className="strip-line">{text}</p>}
      {!text && saver.offer && (
        <p className="strip-line strip-offer">
          <span>{words.saverOffer}</span>
          <button type="button" className="button button-main" onClick={saver.toggle}>
            {words.saverTake}
          </button>
          <button type="button" className="button" onClick={saver.later}>
            {words.saverLater}
          </button>
        </p>
      )}
    </div>
  );
}

function connectionText(connection: Connection, strips: StripWords, online: boolean): string | null {
  if (connection.state === 'resuming') return online ? strips.resuming : strips.offline;
  if (connection.state === 'connecting') return strips.connecting;
  if (connection.state !== 'rejoining') return null;
  if (connection.obstacle === 'full') return strips.full;
  if (!online || connection.obstacle === 'network') return strips.offline;
  if (connection.everIn) return strips.rejoining;
  return connection.obstacle === 'path' ? strips.mediaBlocked : strips.mediaUnavailable;
}

function deviceText(own: OwnMediaState, screenRefused: string): string | null {
  const { problems } = deviceWords();
  for (const kind of ['microphone', 'camera'] as const) {
    const trouble = own.trouble[kind];
    if (trouble !== null) return problems[`${kind}${trouble}`];
  }
  return own.shareRefused ? screenRefused : null;
}
