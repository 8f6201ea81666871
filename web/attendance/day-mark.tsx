// What a day is known to be: a sign with its word, and the meetings that prove it.
import { Link } from 'wouter';
import type { DayRow } from '../../shared/attendance.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Mark } from '../ui/marks.tsx';
import { attendanceWords } from '../words/attendance.ts';

export function DayMarkSign({ mark, corrected = false }: { mark: DayRow['mark']; corrected?: boolean }) {
  const w = useWords(attendanceWords);
  const look = { hadir_wfh: ['full', 'good'], belum_ada_bukti: ['dots', 'wait'], gangguan_sistem: ['half', 'wait'], tidak_dinilai: ['dash', 'quiet'] } as const;
  const [shape, tone] = look[mark];
  return (
    <Mark shape={shape} tone={tone}>
      {w.mark[mark]}
      {corrected && ` (${w.byCorrection})`}
    </Mark>
  );
}

/** The meeting, or the press conference: in plain text for whoever may not open its page. */
export function EvidenceOf({ one }: { one: Pick<DayRow['evidence'][number], 'meetingId' | 'title' | 'conference'> }) {
  const w = useWords(attendanceWords);
  if (!one.conference) return <Link href={`/rapat/${one.meetingId}`}>{one.title}</Link>;
  return (
    <>
      {w.conference} {one.conference.opens ? <Link href={`/konferensi/${one.meetingId}`}>{one.title}</Link> : one.title}
    </>
  );
}

export function Evidence({ rows, zone }: { rows: DayRow['evidence']; zone: Zone }) {
  const w = useWords(attendanceWords);
  const f = useFormats();
  if (rows.length === 0) return null;
  return (
    <ul className="s evidence">
      {rows.map((row) => (
        <li key={`${row.meetingId}${row.from}`}>
          <EvidenceOf one={row} />{' '}
          <span className="quiet num">
            {f.span(row.from, row.to, zone)}, {w.minutes(row.minutes)}
          </span>
        </li>
      ))}
    </ul>
  );
}
