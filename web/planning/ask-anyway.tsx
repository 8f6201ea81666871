// Somebody is not free: asked once, then it is planned all the same.
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Conflict } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { commonWords } from '../words/common.ts';
import { planningWords } from '../words/planning.ts';
import { ConflictList } from './who-is-free.tsx';

type Saving = { conflicts: readonly Conflict[]; zone: Zone; repeats: boolean; busy: boolean; save: () => Promise<void> };

/** `submit` saves at once when everybody is free; otherwise `question` stands there first. */
export function useAskAnyway({ save, ...props }: Saving): { submit: (event: FormEvent) => void; question: ReactNode } {
  const [asking, setAsking] = useState(false);
  const go = (): void => void save().finally(() => setAsking(false));
  return {
    submit: (event) => {
      event.preventDefault();
      if (props.conflicts.length > 0) setAsking(true);
      else go();
    },
    question: asking && <AskAnyway {...props} onYes={go} onClose={() => setAsking(false)} />,
  };
}

type Props = Omit<Saving, 'save'> & { onYes: () => void; onClose: () => void };

function AskAnyway({ conflicts, zone, repeats, busy, onYes, onClose }: Props) {
  const w = useWords(planningWords);
  const c = useWords(commonWords);
  return (
    <Dialog title={w.askTitle} onClose={onClose}>
      <div className="stack">
        <ConflictList conflicts={conflicts} zone={zone} withDay={repeats} />
        <p className="quiet s">{w.conflictWarn}</p>
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="main" busy={busy} onClick={onYes}>
            {w.askYes}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
