// The one row of controls: what this person may do, each with its word.
import { useWords } from '../platform/words.ts';
import type { OwnSnapshot } from '../room/stage-room.tsx';
import { Control } from '../ui/control.tsx';
import { pressRoomWords } from '../words/press-room.ts';
import type { Toggle } from './use-toggles.ts';
import type { SaverSnapshot } from './use-saver.ts';
import type { Join, PanelName } from './visit.ts';

type Props = {
  you: Join['you'];
  own: OwnSnapshot;
  sound: Toggle;
  saver: SaverSnapshot;
  full: Toggle | null;
  panel: PanelName | null;
  onPanel: (panel: PanelName) => void;
  onLeave: () => void;
};

export function Controls({ you, own, sound, saver, full, panel, onPanel, onLeave }: Props) {
  const words = useWords(pressRoomWords);
  const state = (on: boolean) => (on ? words.on : words.off);
  const speaks = you.right === 'speaker' || you.right === 'host';
  const onStage = speaks || you.right === 'signer';
  const device = (kind: 'microphone' | 'camera', toggle: (() => void) | undefined, shortcut: string) => (
    <Control
      icon={kind === 'microphone' ? (own.on.microphone ? 'mic' : 'micOff') : own.on.camera ? 'camera' : 'cameraOff'}
      word={words[kind]}
      {...(kind === 'microphone' && { short: words.microphoneShort })}
      state={state(own.on[kind])}
      pressed={own.on[kind]}
      look={own.on[kind] ? 'on' : 'off'}
      onPress={toggle}
      shortcut={shortcut}
    />
  );
  return (
    <div className="controls" role="toolbar" aria-label={words.controls}>
      {(speaks || (you.kind === 'jurnalis' && own.may.microphone)) && device('microphone', own.toggleMicrophone, 'm')}
      {(onStage || (you.kind === 'jurnalis' && own.may.camera)) && device('camera', own.toggleCamera, 'v')}
      {speaks && own.canShare && (
        <Control
          className="wide-only"
          icon="screen"
          word={own.sharing ? words.stopShare : words.share}
          pressed={own.sharing}
          look={own.sharing ? 'on' : 'plain'}
          onPress={own.toggleShare}
        />
      )}
      <Control
        {...(onStage && { className: 'wide-only' })}
        icon={sound.on ? 'sound' : 'soundOff'}
        word={words.sound}
        state={state(sound.on)}
        pressed={sound.on}
        look={sound.on ? 'plain' : 'off'}
        onPress={sound.toggle}
        shortcut="s"
      />
      <Control
        icon="saver"
        word={words.saver}
        short={words.saverShort}
        state={state(saver.on)}
        pressed={saver.on}
        look={saver.on ? 'on' : 'plain'}
        onPress={saver.toggle}
        shortcut="d"
      />
      {full && <Control className="wide-only" icon="full" word={full.on ? words.fullLeave : words.full} pressed={full.on} onPress={full.toggle} shortcut="f" />}
      <Control
        icon="hand"
        word={words.questions}
        short={words.questionsShort}
        expanded={panel === 'questions'}
        onPress={() => onPanel('questions')}
        shortcut="p"
      />
      <Control icon="kit" word={words.kit} expanded={panel === 'kit'} onPress={() => onPanel('kit')} />
      <Control icon="more" word={words.settings} expanded={panel === 'settings'} onPress={() => onPanel('settings')} />
      <span className="controls-gap" />
      <Control icon="leave" word={words.leave} look="leave" onPress={onLeave} />
    </div>
  );
}
