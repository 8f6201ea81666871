// Under a list or a day: when the system was away, and that it counts against nobody.
import type { OutageWindow } from '../../shared/outages.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats, zoneName } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Note } from './notice.tsx';
import { outageWords } from '../words/outages.ts';

export function OutageLine({ windows, zone }: { windows: readonly OutageWindow[]; zone: Zone }) {
  const w = useWords(outageWords);
  const f = useFormats();
  if (windows.length === 0) return null;
  const spans = windows.map(({ what, from, to }) => `${w.inText[what]} ${f.clock(from, zone)}–${to === null ? w.untilNow : f.clock(to, zone)}`);
  return (
    <Note tone="wait">
      <strong>{w.line(`${spans.join(', ')} ${zoneName(zone)}`)}</strong> {w.notCounted}
    </Note>
  );
}
