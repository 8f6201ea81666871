// The own attendance in a meeting's page: what the record says of this person, and the way to object.
import type { getCorrectable } from '../../shared/corrections.ts';
import type { Zone } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Section } from '../ui/page.tsx';
import { correctionWords } from '../words/corrections.ts';
import { ObjectButton } from './corrections-object.tsx';

export default function OwnAttendance({ meetingId, startedAt }: { meetingId: string; startedAt: string }) {
  const w = useWords(correctionWords);
  const f = useFormats();
  const zone: Zone = useZone();
  const date = dayIn(zone, new Date(startedAt));
  const about = useRead<typeof getCorrectable>('/api/corrections/about', { query: { date } });
  const own = about.value?.meetings.find((m) => m.id === meetingId);
  if (own?.reading.of !== 'meeting') return null;
  const spans = own.reading.intervals.map((i) => f.span(i.from, i.to, zone)).join(', ');
  return (
    <Section title={w.own}>
      <div className="own-attendance">
        <p>{spans === '' ? w.ownNone : w.ownSeen(spans)}</p>
        <p className="quiet s">{own.may === 'open' ? w.may.open : w.ownWrong}</p>
        {own.may === 'object' && <ObjectButton to={{ date, meetingId }} />}
      </div>
    </Section>
  );
}
