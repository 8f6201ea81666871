// Rapat: what runs, what comes, what has been.
import type { getMeetings } from '../../shared/meetings.ts';
import CalendarPlus from 'lucide-react/icons/calendar-plus';
import Video from 'lucide-react/icons/video';
import { useRead } from '../platform/api.ts';
import { mayCallMeeting, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { MeetingTabs } from '../ui/meeting-tabs.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { meetingWords } from '../words/meetings.ts';
import { Agenda } from './meeting-row.tsx';
import './meetings.css';

export default function MeetingsScreen() {
  const w = useWords(meetingWords);
  const meetings = useRead<typeof getMeetings>('/api/meetings', {});
  const me = useMe();
  const now = mayCallMeeting(me) && (
    <>
      <ButtonLink to="/rapat/baru" icon={<CalendarPlus aria-hidden />}>
        {w.plan}
      </ButtonLink>
      <ButtonLink to="/rapat/sekarang" kind="main" icon={<Video aria-hidden />}>
        {w.now}
      </ButtonLink>
    </>
  );
  return (
    <Page title={w.listTitle} actions={now || undefined}>
      <MeetingTabs />
      <Loaded from={meetings} skeleton={<Bones rows={6} tall />}>
        {(all) => (
          <>
            <Section title={w.running}>
              <Agenda meetings={all.filter((m) => m.state === 'berlangsung')} empty={w.noRunning} />
            </Section>
            <Section title={w.coming}>
              <Agenda withDay meetings={all.filter((m) => m.state === 'terjadwal').sort((a, b) => a.startsAt.localeCompare(b.startsAt))} empty={w.noComing} />
            </Section>
            <Section title={w.past} note={w.pastNote}>
              <Agenda
                withDay
                meetings={all.filter((m) => m.state === 'berakhir').sort((a, b) => (b.endedAt ?? '').localeCompare(a.endedAt ?? ''))}
                empty={w.noPast}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
