// Somebody is not free: asked once, then it is planned all the same.
import type { Conflict } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import { useWords } from '../platform/words.ts';
import { Ask } from '../ui/dialog.tsx';
import { planningWords } from '../words/planning.ts';
import { ConflictList } from './who-is-free.tsx';

type Props = { conflicts: readonly Conflict[]; zone: Zone; repeats: boolean; busy: boolean; onYes: () => void; onClose: () => void };

export function AskAnyway({ conflicts, zone, repeats, ...ask }: Props) {
  const w = useWords(planningWords);
  return (
    <Ask
      title={w.askTitle}
      alarm={false}
      yes={w.askYes}
      text={
        <>
          <ConflictList conflicts={conflicts} zone={zone} withDay={repeats} />
          <span className="quiet s">{w.conflictWarn}</span>
        </>
      }
      {...ask}
    />
  );
}
