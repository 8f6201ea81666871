// The minutes inside a meeting's page: how they stand, and the way to them.
import type { getMinutes, Minutes } from '../../shared/minutes.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { minutesWords } from '../words/minutes.ts';
import { PdfButton } from './pdf-button.tsx';
import { StateMark } from './state-mark.tsx';
import './minutes.css';

const notForThisPerson = new Set(['not_found', 'minutes.not_begun']);

export default function MinutesSection({ meetingId }: { meetingId: string }) {
  const w = useWords(minutesWords);
  useWatch(`meeting:${meetingId}`);
  const minutes = useRead<typeof getMinutes>('/api/meetings/:id/minutes', { params: { id: meetingId } });
  if (!minutes.value && minutes.failure && notForThisPerson.has(minutes.failure.code)) return null;
  return (
    <Section title={w.title} actions={minutes.value && <StateMark state={minutes.value.state} />}>
      <Loaded from={minutes} skeleton={<Bones rows={2} />}>
        {(value) => <How minutes={value} />}
      </Loaded>
    </Section>
  );
}

function How({ minutes }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  const undecided = minutes.proposals.filter((p) => p.ruling === null).length;
  return (
    <div className="stack">
      <p>
        <Said minutes={minutes} /> {undecided > 0 && w.undecided(undecided)}
      </p>
      {minutes.state !== 'belum' && (
        <div className="row">
          <ButtonLink to={`/rapat/${minutes.meetingId}/notulen`} kind={minutes.you.write ? 'main' : 'plain'}>
            {minutes.you.write ? w.write : w.open}
          </ButtonLink>
          {minutes.final && <PdfButton minutes={minutes} />}
        </div>
      )}
    </div>
  );
}

function Said({ minutes: { state, correction, final } }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  if (final) return w.sectionText.disahkan(final.number);
  if (correction) return (correction.over ? w.sectionText.koreksiOver : w.sectionText.koreksi)(f.day(correction.until));
  return state === 'belum' ? w.sectionText.belum : w.sectionText.konsep;
}
