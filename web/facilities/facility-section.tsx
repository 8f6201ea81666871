// On the page of a meeting or a press conference: what was asked of DKIS for it, and what came of it; for who prepares it.
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

type About = { meetingId: string } | { conferenceId: string };

export default function FacilitySection({ title, mayAsk, ...about }: About & { title: string; mayAsk: boolean }) {
  const w = useWords(facilityWords);
  const [asking, setAsking] = useState(false);
  const facilities = useRead<typeof getFacilities>('/api/facilities', {
    query: 'meetingId' in about ? { meeting: about.meetingId } : { conference: about.conferenceId },
  });
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
        {({ requests }) =>
          requests.length === 0 ? (
            <p className="quiet">{'meetingId' in about ? w.sectionNone : w.sectionNoneConference}</p>
          ) : (
            <RequestList requests={requests} bare />
          )
        }
      </Loaded>
      {asking && <AskForm {...about} title={title} onClose={() => setAsking(false)} />}
    </Section>
  );
}
