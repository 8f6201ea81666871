// On the page of a meeting: the way to one's own check, and for its hosts who is ready. Changes by itself.
import type { getReadiness, ReadinessRow } from '../../shared/readiness.ts';
import type { MeetingCard } from '../../shared/meetings.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { Section } from '../ui/page.tsx';
import { checkDictionary } from '../words/check.ts';
import './readiness.css';

const LOOK = { siap: ['full', 'good'], masalah: ['full', 'alarm'], belum: ['ring', 'quiet'] } as const;
const ORDER = { masalah: 0, belum: 1, siap: 2 } as const;

export default function ReadinessSection({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(checkDictionary);
  const rows = useRead<typeof getReadiness>('/api/meetings/:id/readiness', { params: { id: meeting.id } });
  if (meeting.state === 'berakhir' || meeting.state === 'dibatalkan') return null;
  const list = rows.value?.toSorted((a, b) => ORDER[a.readiness.state] - ORDER[b.readiness.state]);
  return (
    <Section
      title={list ? w.list.title : w.title}
      note={list ? w.list.note(list.filter((row) => row.readiness.state === 'siap').length, list.length) : undefined}
    >
      {list && list.length > 0 && (
        <ul className="readiness">
          {list.map((row) => (
            <Row key={row.member} row={row} zone={meeting.zone} />
          ))}
        </ul>
      )}
      {list?.length === 0 && <p className="quiet">{w.list.none}</p>}
      <ButtonLink outside to={`/r/${meeting.id}?periksa`}>
        {w.check}
      </ButtonLink>
    </Section>
  );
}

function Row({ row, zone }: { row: ReadinessRow; zone: MeetingCard['zone'] }) {
  const w = useWords(checkDictionary);
  const f = useFormats();
  const { state, problems, path, checkedAt } = row.readiness;
  const [shape, tone] = LOOK[state];
  const more = [
    problems.map((one) => w.names[one]).join(', '),
    path === 'tcp' ? w.list.weak : '',
    checkedAt === null ? '' : w.list.at(f.time(checkedAt, zone)),
  ];
  return (
    <li>
      <PlaceCard name={row.name} position={row.position ?? row.opdName} />
      <p>
        <Mark shape={shape} tone={tone}>
          {w.list[state]}
        </Mark>
        <span className="readiness-more">{more.filter(Boolean).join(' · ')}</span>
      </p>
    </li>
  );
}
