// The meeting runs: the way in is the largest thing on the page, the links to share stand below it.
import Video from 'lucide-react/icons/video';
import type { MeetingCard } from '../../shared/meetings.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { meetingWords } from '../words/meetings.ts';
import { Invitations } from './invitations.tsx';

export function Started({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(meetingWords);
  const f = useFormats();
  return (
    <Page title={w.startedTitle} under={w.startedUnder(meeting.title, f.time(meeting.startedAt ?? meeting.startsAt, meeting.zone))}>
      <div className="stack">
        <p>{w.startedText}</p>
        <div className="row">
          <ButtonLink outside to={`/r/${meeting.id}`} kind="main" large icon={<Video aria-hidden />}>
            {w.enter}
          </ButtonLink>
          <ButtonLink to={`/rapat/${meeting.id}`} large>
            {w.toDetail}
          </ButtonLink>
        </div>
      </div>
      <Invitations meeting={meeting} />
    </Page>
  );
}
