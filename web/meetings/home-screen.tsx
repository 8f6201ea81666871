// Beranda: a sentence or two about this day, what runs now, and what is missing.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import Video from 'lucide-react/icons/video';
import type { getMyDay } from '../../shared/attendance.ts';
import type { getMyHome } from '../../shared/home.ts';
import type { getMeetings, MeetingCard } from '../../shared/meetings.ts';
import type { getMyAnswers } from '../../shared/invitations.ts';
import type { ReplyOf } from '../../shared/endpoint.ts';
import { useRead } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { mayCallMeeting, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { homeWords } from '../words/home.ts';
import { meetingWords } from '../words/meetings.ts';
import { AheadSentence, DaySentence } from './home-day.tsx';
import { Glance } from './home-glance.tsx';
import { Agenda } from './meeting-row.tsx';
import './meetings.css';

type Answers = ReplyOf<typeof getMyAnswers>;

/** `calls`: what of urgent calls is to be said first; `owed`: tasks and answers, after the day. */
export default function HomeScreen({ calls, owed }: { calls?: ReactNode; owed?: ReactNode }) {
  const w = useWords(homeWords);
  const m = useWords(meetingWords);
  const f = useFormats();
  const me = useMe();
  const zone = useZone();
  const day = useRead<typeof getMyDay>('/api/me/day', {});
  const home = useRead<typeof getMyHome>('/api/me/home', {});
  const meetings = useRead<typeof getMeetings>('/api/meetings', {});
  const answers = useRead<typeof getMyAnswers>('/api/me/answers', {});
  const unanswered = (meetings.value ?? [])
    .filter((one) => answers.value?.some((a) => a.meetingId === one.id && a.answer === 'belum'))
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  const today = dayIn(zone);
  // The sentence stands once: without its hours it would jump.
  const isComing = home.value === undefined && home.failure === undefined;
  return (
    <Page title={f.day(today)} over={[me.name, me.positions[0]?.label].filter(Boolean).join(' · ')}>
      <div className="lead">
        {calls}
        <Loaded from={isComing ? { ...day, value: undefined, failure: undefined } : day} skeleton={<Bones rows={2} tall />}>
          {(mine) => <DaySentence day={mine} home={home.value} meetings={meetings.value ?? []} />}
        </Loaded>
        {meetings.value && <NextSentence meetings={meetings.value} today={today} answers={answers.value ?? []} />}
        {home.value && <AheadSentence home={home.value} />}
        {owed}
      </div>
      {isComing && me.managesOpds.length > 0 && (
        <div className="glance" aria-hidden="true">
          <Bones rows={3} />
        </div>
      )}
      {home.value?.unit && <Glance unit={home.value.unit} zone={home.value.zone} />}
      {mayCallMeeting(me) && (
        <p className="lead-action">
          <ButtonLink to="/rapat/sekarang" kind="main" large icon={<Video aria-hidden />}>
            {m.now}
          </ButtonLink>
          <Link href="/rapat/baru" className="s tap">
            {m.plan}
          </Link>
        </p>
      )}
      <Missing
        password={me.mustChangePassword}
        code={day.value?.code === null && me.opd !== null && isExpected(home.value)}
        swaps={home.value?.swapsToAnswer ?? 0}
        unanswered={unanswered}
      />
      <Section
        title={w.today}
        actions={
          <span className="row">
            <Link href="/kalender" className="s tap">
              {w.calendar}
            </Link>
            <Link href="/rapat" className="s tap">
              {w.allMeetings}
            </Link>
          </span>
        }
      >
        <Loaded from={meetings} skeleton={<Bones rows={3} tall />}>
          {(all) => (
            <Agenda
              withState
              meetings={all
                .filter((meeting) => meeting.state === 'berlangsung' || dayIn(meeting.zone, new Date(meeting.startedAt ?? meeting.startsAt)) === today)
                .sort(byNeed)}
              empty={w.noneToday}
            />
          )}
        </Loaded>
      </Section>
    </Page>
  );
}

const order = { berlangsung: 0, terjadwal: 1, berakhir: 2, dibatalkan: 3 };
const byNeed = (a: MeetingCard, b: MeetingCard): number => order[a.state] - order[b.state] || a.startsAt.localeCompare(b.startsAt);

function NextSentence({ meetings, today, answers }: { meetings: readonly MeetingCard[]; today: string; answers: Answers }) {
  const w = useWords(homeWords);
  const m = useWords(meetingWords);
  const f = useFormats();
  const running = meetings.filter((meeting) => meeting.state === 'berlangsung');
  const next = meetings.filter((meeting) => meeting.state === 'terjadwal').sort((a, b) => a.startsAt.localeCompare(b.startsAt))[0];
  const one = running[0];
  const open = next && answers.find((a) => a.meetingId === next.id)?.unanswered;
  return (
    <p>
      {one && running.length === 1 && `${w.running(one.title, m.inside(one.inside))} `}
      {running.length > 1 && `${w.runningMany(running.length)} `}
      {next &&
        (dayIn(next.zone, new Date(next.startsAt)) === today
          ? w.next(f.time(next.startsAt, next.zone), next.title, m.invited(next.invited), open ?? 0)
          : w.nextDay(f.dayOf(next.startsAt, next.zone), f.time(next.startsAt, next.zone), next.title))}
      {!next && running.length === 0 && w.free}
    </p>
  );
}

/** On a day off nobody is missed. */
const isExpected = (home: ReplyOf<typeof getMyHome> | undefined): boolean => home === undefined || home.today.kind === null || home.today.kind === 'kerja';

type MissingProps = { password: boolean; code: boolean; swaps: number; unanswered: readonly MeetingCard[] };
function Missing({ password, code, swaps, unanswered }: MissingProps) {
  const w = useWords(homeWords);
  const f = useFormats();
  const lines: { key: string; text: string; to: string; act: string }[] = [];
  if (password) lines.push({ key: 'password', text: w.missingPassword, to: '/akun', act: w.missingPasswordDo });
  if (code) lines.push({ key: 'code', text: w.missingCode, to: '/presensi', act: w.missingCodeDo });
  if (swaps > 0) lines.push({ key: 'swaps', text: w.missingSwaps(swaps), to: '/jadwal/tukar', act: w.missingAnswerDo });
  // Of a series the next one asks, and says how many follow.
  const isFirst = (one: MeetingCard): boolean => one.seriesId === null || unanswered.find(({ seriesId }) => seriesId === one.seriesId) === one;
  for (const one of unanswered.filter(isFirst))
    lines.push({
      key: one.id,
      text: w.missingAnswer(
        one.title,
        `${f.shortDayOf(one.startsAt, one.zone)} ${f.time(one.startsAt, one.zone)}`,
        one.seriesId === null ? 0 : unanswered.filter(({ seriesId }) => seriesId === one.seriesId).length - 1,
      ),
      to: `/rapat/${one.id}`,
      act: w.missingAnswerDo,
    });
  if (lines.length === 0) return null;
  return (
    <Section title={w.missing}>
      <ul>
        {lines.map((line): ReactNode => (
          <li key={line.key} className="missing">
            <span>{line.text}</span>
            <Link href={line.to} className="tap">
              {line.act}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
