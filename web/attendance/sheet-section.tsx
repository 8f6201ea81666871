// Daftar Hadir inside a meeting's page: fills itself while the meeting runs, then is frozen under a number.
import { Link } from 'wouter';
import type { getSheet, Sheet } from '../../shared/attendance.ts';
import { useRead } from '../platform/api.ts';
import { useWatch } from '../platform/live.tsx';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { OutageLine } from '../ui/outage-line.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { CorrectionsUnder } from './corrections-under.tsx';
import { Downloads } from './downloads.tsx';
import { Finalise } from './finalise.tsx';
import { SheetTable } from './sheet-table.tsx';
import './attendance.css';

const notForThisPerson = new Set(['role.missing', 'not_found', 'meeting.not_chair']);

export default function SheetSection({ meetingId, chair }: { meetingId: string; chair: boolean }) {
  const w = useWords(attendanceWords);
  useWatch(`host:${meetingId}`);
  const sheet = useRead<typeof getSheet>('/api/meetings/:id/attendance', { params: { id: meetingId } });
  // Not everybody who is invited may read the list; for them there simply is none here.
  if (!sheet.value && sheet.failure && notForThisPerson.has(sheet.failure.code)) return null;
  return (
    <Section title={w.sheet} actions={sheet.value && <SheetState sheet={sheet.value} />}>
      <Loaded from={sheet} skeleton={<Bones rows={6} />}>
        {(value) => (
          <div className="stack">
            <p className="sum" aria-live="polite">
              {w.counts(value.counts)} {value.state === 'berjalan' && w.inside(value.counts.inside)}
            </p>
            <OutageLine windows={value.outages} zone={value.zone} />
            {value.state === 'final' ? <Frozen sheet={value} /> : null}
            {value.state === 'menunggu' && chair && <Finalise meetingId={meetingId} />}
            {value.rows.length > 0 ? <SheetTable sheet={value} /> : <p className="quiet">{w.empty}</p>}
            <CorrectionsUnder sheet={value} />
            {value.counts.belumAdaBukti > 0 && <p className="quiet s">{w.noEvidenceMeans}</p>}
            {value.state === 'berjalan' ? <Note>{w.waitEnd}</Note> : <Downloads sheet={value} />}
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function SheetState({ sheet }: { sheet: Sheet }) {
  const w = useWords(attendanceWords);
  const look = { berjalan: ['full', 'good'], menunggu: ['half', 'wait'], final: ['full', 'accent'] } as const;
  const [shape, tone] = look[sheet.state];
  return (
    <Mark shape={shape} tone={tone}>
      {w.state[sheet.state]}
    </Mark>
  );
}

function Frozen({ sheet }: { sheet: Sheet }) {
  const w = useWords(attendanceWords);
  const f = useFormats();
  return (
    <div className="stamp">
      <dl>
        <div>
          <dt>{w.number}</dt>
          <dd>{sheet.number}</dd>
        </div>
        <div>
          <dt>{w.code}</dt>
          <dd>
            <Link href={`/v/${sheet.code ?? ''}`}>
              <code>{sheet.code}</code>
            </Link>
          </dd>
        </div>
      </dl>
      {sheet.finalisedBy !== null && sheet.finalisedAt !== null && (
        <p className="quiet s">{w.finalBy(sheet.finalisedBy, `${f.dayOf(sheet.finalisedAt, sheet.zone)}, ${f.time(sheet.finalisedAt, sheet.zone)}`)}</p>
      )}
    </div>
  );
}
