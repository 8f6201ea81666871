// What the record said of a meeting or a day, in a line.
import type { OriginalReading } from '../../shared/attendance.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { attendanceWords } from '../words/attendance.ts';
import { correctionWords } from '../words/corrections.ts';

export function Reading({ of, zone }: { of: OriginalReading | null; zone: Zone }) {
  const w = useWords(correctionWords);
  const a = useWords(attendanceWords);
  const f = useFormats();
  if (of === null) return <>–</>;
  if (of.of === 'day')
    return (
      <>
        {a.mark[of.mark]}
        {of.evidence.length > 0 && `: ${of.evidence.map((e) => `${e.title}, ${a.minutes(e.minutes)}`).join('; ')}`}
      </>
    );
  if (of.intervals.length === 0) return <>{w.nothing}</>;
  return (
    <>
      {of.intervals.map((i) => f.span(i.from, i.to ?? null, zone)).join(', ')} ({a.minutes(of.minutes)})
    </>
  );
}
