// The one row of controls: an icon, its word, and for microphone and camera the state in words too. On a phone the six that are needed in a
// hurry; what else there is stands first in Lainnya.
import type { Lock } from '../../shared/moderation.ts';
import type { OwnSnapshot } from '../room/stage-room.tsx';
import type { HandSnapshot } from './use-hand.ts';
import { Control } from '../ui/control.tsx';
import { useWords } from './use-words.ts';

export type PanelName = 'chat' | 'people' | 'proceedings' | 'settings' | 'moderation' | 'lobby';
type Props = {
  own: OwnSnapshot;
  /** What is locked for this person. */
  locks: readonly Lock[];
  /** Leads or serves the meeting. */
  serves: boolean;
  hand: HandSnapshot;
  unread: number;
  handsUp: number;
  panel: PanelName | null;
  onPanel: (panel: PanelName) => void;
  onLeave: () => void;
  onEnd?: () => void;
};

export function Controls({ own, locks, serves, hand, unread, handsUp, panel, onPanel, onLeave, onEnd }: Props) {
  const words = useWords();
  const device = (on: boolean) => (on ? words.on : words.off);
  const locked = (what: Lock): boolean => locks.includes(what);
  const [micLocked, cameraLocked, shareLocked] = [locked('mikrofon'), locked('kamera'), locked('layar')];
  // Locked, the microphone's own button is the way to ask for it.
  const asks = micLocked && !hand.raised ? hand.toggle : undefined;
  return (
    <div className="controls" role="toolbar" aria-label={words.controls}>
      <Control
        icon={own.on.microphone ? 'mic' : 'micOff'}
        word={words.microphone}
        state={micLocked ? words.locked : device(own.on.microphone)}
        look={own.on.microphone ? 'on' : 'off'}
        onPress={micLocked ? asks : own.toggleMicrophone}
        {...(micLocked ? { label: words.micLocked } : { pressed: own.on.microphone })}
        shortcut="m"
      />
      <Control
        icon={own.on.camera ? 'camera' : 'cameraOff'}
        word={words.camera}
        state={cameraLocked ? words.locked : device(own.on.camera)}
        look={own.on.camera ? 'on' : 'off'}
        onPress={cameraLocked ? undefined : own.toggleCamera}
        {...(cameraLocked ? { label: words.cameraLocked } : { pressed: own.on.camera })}
        shortcut="v"
      />
      {own.canShare && (
        <Control
          className="wide-only"
          icon="screen"
          word={own.sharing ? words.stopShare : words.share}
          pressed={own.sharing}
          look={own.sharing ? 'on' : 'plain'}
          onPress={shareLocked ? undefined : own.toggleShare}
          {...(shareLocked && { state: words.locked, label: words.shareLocked })}
        />
      )}
      <Control
        icon="hand"
        word={micLocked ? words.ask : words.hand}
        short={micLocked ? words.askShort : words.handShort}
        pressed={hand.raised}
        look={hand.raised ? 'on' : 'plain'}
        onPress={hand.toggle}
        shortcut="h"
        {...(hand.number !== null && { badge: hand.number, label: words.handUp(hand.number) })}
      />
      <Control
        icon="chat"
        word={words.chat}
        expanded={panel === 'chat'}
        onPress={() => onPanel('chat')}
        shortcut="c"
        {...(unread > 0 && { badge: unread, label: words.chatUnread(unread) })}
      />
      <Control
        className="wide-only"
        icon="people"
        word={words.peopleList}
        expanded={panel === 'people'}
        onPress={() => onPanel('people')}
        shortcut="p"
        {...(handsUp > 0 && { badge: handsUp, badgeIcon: 'hand' as const, label: words.peopleHands(handsUp) })}
      />
      <Control
        className="wide-only"
        icon="decision"
        word={words.decisions}
        expanded={panel === 'proceedings'}
        onPress={() => onPanel('proceedings')}
        shortcut="k"
      />
      <Control
        className="control-others"
        icon="more"
        word={words.others}
        expanded={panel === 'settings'}
        onPress={() => onPanel('settings')}
        {...(handsUp > 0 && { badge: handsUp, badgeIcon: 'hand' as const, badgeWord: words.handsUp })}
      />
      {serves && (
        <Control className="wide-only" icon="moderate" word={words.moderate} expanded={panel === 'moderation'} onPress={() => onPanel('moderation')} />
      )}
      <span className="controls-gap" />
      {onEnd && <Control className="wide-only" icon="end" word={words.endForAll} look="alarm" onPress={onEnd} />}
      <Control icon="leave" word={words.leave} look="leave" onPress={onLeave} />
    </div>
  );
}
