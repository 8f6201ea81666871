// One line about the own microphone, camera and link, the most urgent only, and what watches over them: loaded a moment after one is in the room.
import { useEffect, useEffectEvent, useState } from 'react';
import { useWords } from '../platform/words.ts';
import { useHold } from '../ui/use-shortcuts.ts';
import { ownMediaWords } from '../words/own-media.ts';
import type { Stage } from './media.ts';
import { canOpenSmall, openSmall } from './small-window.ts';
import type { OwnSnapshot } from './stage-room.tsx';
import { useLockedPhone } from './use-locked-phone.ts';
import { useSaver, type SaverSnapshot } from './use-saver.ts';
import { useSilentMic } from './use-silent-mic.ts';
import './own-media.css';

/** What the settings offer; `small` where this browser has one. */
export type OwnTools = { saver: SaverSnapshot; small?: () => void };
type Props = {
  stage: Stage;
  own: OwnSnapshot;
  inside: boolean;
  title: string;
  /** Open and close of the own microphone are not this person's to press. */
  micLocked: boolean;
  onLeave: () => void;
  onDevices: () => void;
  onTools: (tools: OwnTools) => void;
};

export function OwnMediaStrips({ stage, own, inside, title, micLocked, onLeave, onDevices, onTools }: Props) {
  const w = useWords(ownMediaWords);
  const saver = useSaver(stage, inside);
  const silent = useSilentMic(stage, inside);
  const [leave] = useState(() => () => onLeave());
  useLockedPhone(stage, { inside, title, leave });
  // Let go before it was open: one after the other.
  const [talk] = useState(() => {
    let queue = Promise.resolve();
    return (down: boolean): void => void (queue = queue.then(() => stage.own.turn('microphone', down)));
  });
  const may = own.may.microphone && !micLocked;
  // Held down it speaks; whoever has it on already keeps it on.
  useHold(inside && may && (!own.on.microphone || own.pending.microphone), ' ', talk);
  const { step, byItself } = saver;
  const tell = useEffectEvent(() => onTools({ saver, ...(canOpenSmall() && { small: () => void openSmall(stage, { title, words: w, leave }) }) }));
  useEffect(() => tell(), [step, byItself, w, title]);

  if (own.undressed) return <Line text={w.blurSlow} />;
  if (silent === 'bicara_mati' && may) return <Line text={w.silent.bicara_mati} act={w.openMic} onAct={own.toggleMicrophone} />;
  if (silent === 'bisu') return <Line text={w.silent.bisu} act={w.chooseDevice} onAct={onDevices} />;
  if (silent === 'ditahan') return <Line text={w.silent.ditahan} />;
  if (step !== 'semua')
    return <Line text={`${saver.byItself ? `${w.saverWhy} ` : ''}${w.saverLine[step]}`} act={w.saverOn} onAct={saver.toggle} calm={!saver.byItself} />;
  return own.resting === 'tersembunyi' ? <Line text={w.resting} /> : null;
}

function Line({ text, act, onAct, calm = false }: { text: string; act?: string; onAct?: (() => void) | undefined; calm?: boolean }) {
  return (
    <p className="strip-line own-line" role="status" data-calm={calm}>
      <span>{text}</span>
      {act !== undefined && onAct && (
        <button type="button" className="button" onClick={onAct}>
          {act}
        </button>
      )}
    </p>
  );
}
