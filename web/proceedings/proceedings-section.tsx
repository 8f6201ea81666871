// Jalannya rapat on a meeting's page: agenda, quorum of units, decisions, the result of the roll-call.
import type { getProceedings, Proceedings } from '../../shared/proceedings.ts';
import { useRead } from '../platform/api.ts';
import { useWatch } from '../platform/live.tsx';
import { useWords } from '../platform/words.ts';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { proceedingsWords } from '../words/proceedings.ts';
import { AgendaPart } from './agenda-part.tsx';
import { Decisions } from './decisions.tsx';
import { QuorumPart } from './quorum-part.tsx';
import { RollCall } from './roll-call.tsx';
import './proceedings.css';

export default function ProceedingsSection({ meetingId }: { meetingId: string }) {
  const w = useWords(proceedingsWords);
  useWatch(`meeting:${meetingId}`);
  useWatch(`host:${meetingId}`);
  const read = useRead<typeof getProceedings>('/api/meetings/:id/proceedings', { params: { id: meetingId } });
  // Who was removed from the meeting has nothing to read here.
  if (!read.value && (read.failure?.code === 'not_found' || read.failure?.code === 'meeting.removed')) return null;
  return (
    <Loaded
      from={read}
      skeleton={
        <Section title={w.agenda}>
          <Bones rows={4} />
        </Section>
      }
    >
      {(value) => <Parts of={value} />}
    </Loaded>
  );
}

function Parts({ of }: { of: Proceedings }) {
  return (
    <>
      <AgendaPart of={of} />
      {of.state !== 'terjadwal' && <Decisions of={of} />}
      {of.state !== 'terjadwal' && <QuorumPart of={of} />}
      {of.rollCall.length > 0 && <RollCall of={of} />}
    </>
  );
}
