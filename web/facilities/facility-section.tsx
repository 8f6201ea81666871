// On the page of a meeting: what was asked of DKIS for it; for who prepares it.
import { useState } from 'react';
import type { getFacilities } from '../../shared/facilities.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { facilityWords } from '../words/facilities.ts';
import { AskForm } from './ask-form.tsx';
import { RequestList } from './request-list.tsx';
import './facilities.css';

export default function FacilitySection({ meetingId, title, mayAsk }: { meetingId: string; title: string; mayAsk: boolean }) {
  const w = useWords(facilityWords);
  const [asking, setAsking] = useState(false);
  const facilities = useRead<typeof getFacilities>('/api/facilities', { query: { meeting: meetingId } });
  if (!mayAsk && (facilities.value?.requests.length ?? 0) === 0) return null;
  return (
    <Section
      title={w.section}
      actions={
        mayAsk ? (
          <Button kind="quiet" onClick={() => setAsking(true)}>
            {w.ask}
          </Button>
        ) : undefined
      }
    >
      <Loaded from={facilities} skeleton={<Bones rows={2} />}>
        {({ requests }) => (requests.length === 0 ? <p className="quiet">{w.sectionNone}</p> : <RequestList requests={requests} bare />)}
      </Loaded>
      {asking && <AskForm meetingId={meetingId} title={title} onClose={() => setAsking(false)} />}
    </Section>
  );
}
