// One meeting as a line of an agenda: when, what, how it stands, and the one thing to do.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import Video from 'lucide-react/icons/video';
import type { MeetingCard } from '../../shared/meetings.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Mark } from '../ui/marks.tsx';
import { commonWords } from '../words/common.ts';
import { meetingWords } from '../words/meetings.ts';

export function SifatMark({ sifat }: { sifat: MeetingCard['sifat'] }) {
  const w = useWords(commonWords);
  if (sifat === 'biasa') return null;
  return (
    <span className="sifat" data-tone={sifat === 'segera' ? 'wait' : 'alarm'}>
      {sifat === 'segera' ? '›' : '»'} {w.sifat[sifat]}
    </span>
  );
}

export function StateMark({ state }: { state: MeetingCard['state'] }) {
  const w = useWords(meetingWords);
  const look = { terjadwal: ['ring', 'quiet'], berlangsung: ['full', 'good'], berakhir: ['dash', 'quiet'], dibatalkan: ['dash', 'alarm'] } as const;
  const [shape, tone] = look[state];
  return (
    <Mark shape={shape} tone={tone}>
      {w.state[state]}
    </Mark>
  );
}

/** The way into the room, while there is one. */
export function JoinLink({ meeting, large = false }: { meeting: MeetingCard; large?: boolean }) {
  const w = useWords(meetingWords);
  if (meeting.state !== 'berlangsung') return null;
  return (
    <ButtonLink outside to={`/r/${meeting.id}`} kind="main" large={large} icon={<Video aria-hidden />}>
      {large ? w.enter : w.join}
      <span className="sr-only"> {meeting.title}</span>
    </ButtonLink>
  );
}

function MeetingRow({ meeting, withDay, withState }: { meeting: MeetingCard; withDay: boolean; withState: boolean }) {
  const w = useWords(meetingWords);
  const f = useFormats();
  const at = meeting.startedAt ?? meeting.startsAt;
  return (
    <li className="agenda-row" data-state={meeting.state}>
      <p className="agenda-when">
        {withDay && <span className="agenda-day">{f.shortDayOf(at, meeting.zone)}</span>}
        <span className="num">{f.span(at, meeting.endedAt ?? meeting.endsAt, meeting.zone)}</span>
      </p>
      <div>
        <Link href={`/rapat/${meeting.id}`} className="agenda-title">
          {meeting.title}
        </Link>
        <p className="agenda-line">
          {withState && meeting.state === 'berakhir' && <StateMark state={meeting.state} />}
          <SifatMark sifat={meeting.sifat} />
          <span>{meeting.opdName}</span>
          <span>{meeting.youChair ? w.youChair : w.chair(meeting.chairName)}</span>
          <span>{w.invited(meeting.invited)}</span>
          {meeting.state === 'berlangsung' && <span>{w.inside(meeting.inside)}</span>}
        </p>
      </div>
      <JoinLink meeting={meeting} />
    </li>
  );
}

export function Agenda({
  meetings,
  withDay = false,
  withState = false,
  empty,
}: {
  meetings: readonly MeetingCard[];
  withDay?: boolean;
  withState?: boolean;
  empty: ReactNode;
}) {
  if (meetings.length === 0) return <p className="agenda-none">{empty}</p>;
  return (
    <ul className="agenda">
      {meetings.map((meeting) => (
        <MeetingRow key={meeting.id} meeting={meeting} withDay={withDay} withState={withState} />
      ))}
    </ul>
  );
}
