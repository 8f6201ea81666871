// One part of a conference: the same head and tabs everywhere, and the conference at hand. It is told when anything of it changes.
//   <PressPart id={id}>{(conference) => <Section …/>}</PressPart>
import type { ReactNode } from 'react';
import type { Conference, getConference } from '../../shared/press.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useWords } from '../platform/words.ts';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { pressWords } from '../words/press.ts';
import { StateMark } from './state-mark.tsx';
import './press.css';

export function PressPart({
  id,
  actions,
  children,
}: {
  id: string;
  actions?: (conference: Conference) => ReactNode;
  children: (conference: Conference) => ReactNode;
}) {
  const w = useWords(pressWords);
  const f = useFormats();
  useWatch(`press:${id}`);
  useWatch(`pressdesk:${id}`);
  const read = useRead<typeof getConference>('/api/conferences/:id', { params: { id } });
  const conference = read.value;
  if (!conference) {
    return (
      <Page title={w.title}>
        <Loaded from={read} skeleton={<Bones rows={6} tall />}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  const { zone, startsAt, endsAt, state, opdName, title } = conference;
  return (
    <Page
      key={id}
      title={title}
      over={opdName}
      under={
        <p className="press-line">
          <StateMark state={state} />
          <span>{f.dayOf(startsAt, zone)}</span>
          <span className="num">{f.span(startsAt, endsAt, zone)}</span>
        </p>
      }
      actions={actions?.(conference)}
    >
      <PressTabs conference={conference} />
      <Loaded from={read} skeleton={null}>
        {() => null}
      </Loaded>
      {children(conference)}
    </Page>
  );
}

/** Only the parts this person may open. */
function PressTabs({ conference: { id, youOperate, youModerate, youOversee, liveAt } }: { conference: Conference }) {
  const w = useWords(pressWords);
  const to = `/konferensi/${id}`;
  const parts = [
    { to, label: w.overview },
    ...(youOperate ? [{ to: `${to}/pendaftaran`, label: w.registrations }] : []),
    ...(youOperate || youModerate ? [{ to: `${to}/pertanyaan`, label: w.questions }] : []),
    ...(youOperate ? [{ to: `${to}/materi`, label: w.kit }] : []),
    ...((youOperate || youOversee) && liveAt !== null ? [{ to: `${to}/laporan`, label: w.report }] : []),
  ];
  return parts.length > 1 ? <Tabs label={w.parts} parts={parts} /> : null;
}
