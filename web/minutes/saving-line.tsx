// Whether what is written is safe, and who else writes: in words.
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Mark } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { minutesWords } from '../words/minutes.ts';
import type { TextState } from './writing/shared-text.ts';

export function SavingLine({ state: { saving, here } }: { state: TextState }) {
  const w = useWords(minutesWords);
  const me = useMe();
  if (saving === 'frozen' || saving === 'right' || saving === 'session')
    return (
      <Note tone="wait" alert>
        {w.ended[saving]}
      </Note>
    );
  if (saving === 'offline' || saving === 'tooLarge')
    return (
      <Note tone={saving === 'offline' ? 'wait' : 'alarm'} alert>
        {w.save[saving]}
      </Note>
    );
  const others = here.filter(({ id }) => id !== me.id).map(({ name }) => name);
  return (
    <p className="saving-line">
      <span role="status">
        <Mark shape={saving === 'saved' ? 'full' : 'dots'} tone={saving === 'saved' ? 'good' : 'quiet'}>
          {w.save[saving]}
        </Mark>
      </span>
      <span className="quiet">{others.length > 0 ? w.here(others.join(', ')) : w.hereAlone}</span>
    </p>
  );
}
