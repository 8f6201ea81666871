// What Beranda says of the own day by the roster: today and why, what marks it, tomorrow, the next duty.
import type { MyDay } from '../../shared/attendance.ts';
import type { MyHome } from '../../shared/home.ts';
import type { MeetingCard } from '../../shared/meetings.ts';
import type { Shift } from '../../shared/policies.ts';
import { dayIn, useFormats, zoneName } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { homeWords } from '../words/home.ts';

type Props = { day: MyDay; home: MyHome | undefined; meetings: readonly MeetingCard[] };

export function DaySentence({ day, home, meetings }: Props) {
  const w = useWords(homeWords);
  const f = useFormats();
  const proof = day.evidence[0];
  const today = home?.today;
  const isFree = day.code === null && today?.kind !== undefined && today.kind !== null && today.kind !== 'kerja';
  const hours = shownHours(day, home, f.wall);
  return (
    <p>
      <strong>{isFree ? w.freeDay(today.name) : day.code === null ? w.noCode : w.code[day.code]}</strong>
      {hours !== null && `, ${hours}`}
      {day.code !== null && day.basis !== null && ` (${day.basis})`}.{' '}
      {home?.onDutyUntil && day.code !== 'PIKET' && `${w.stillOnDuty(f.time(home.onDutyUntil, home.zone))} `}
      {day.mark === 'hadir_wfh' && proof && (proof.conference ? w.markedPress : w.marked)(proof.title, f.span(proof.from, proof.to, day.zone))}
      {day.mark === 'gangguan_sistem' && w.outage}
      {day.code === 'WFH' && day.mark === 'belum_ada_bukti' && <Unproven meetings={meetings} today={day.date} />}
    </p>
  );
}

/** The shift of who is on duty, the office's hours of who works. */
function shownHours(day: MyDay, home: MyHome | undefined, wall: Wall): string | null {
  if (!home || day.code === null || !['WFO', 'WFH', 'PIKET'].includes(day.code)) return null;
  const { shift, hours } = home.today;
  if (day.code === 'PIKET' && shift) return shiftText(shift, home, wall);
  return hours && `${wall(hours.from)}–${wall(hours.to)} ${zoneName(home.zone)}`;
}
type Wall = (time: string) => string;
const shiftText = (shift: Shift, { zone }: Pick<MyHome, 'zone'>, wall: Wall): string => `${shift.name} ${wall(shift.from)}–${wall(shift.to)} ${zoneName(zone)}`;

/** Nothing is known yet: the meeting that would mark the day is named where there is one. */
function Unproven({ meetings, today }: { meetings: readonly MeetingCard[]; today: string }) {
  const w = useWords(homeWords);
  const f = useFormats();
  const open = meetings
    .filter((one) => one.state === 'berlangsung' || (one.state === 'terjadwal' && dayIn(one.zone, new Date(one.startsAt)) === today))
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))[0];
  return <>{open ? w.toBeMarkedBy(open.title, open.state === 'berlangsung' ? null : f.time(open.startsAt, open.zone)) : w.toBeMarked}</>;
}

export function AheadSentence({ home }: { home: MyHome }) {
  const w = useWords(homeWords);
  const f = useFormats();
  const { tomorrow, nextDuty } = home;
  const isFree = tomorrow.kind !== null && tomorrow.kind !== 'kerja' && tomorrow.code !== 'PIKET';
  const said =
    tomorrow.code !== null && !(isFree && tomorrow.code === 'LIBUR')
      ? w.tomorrow(w.codeAhead[tomorrow.code], tomorrow.code === 'PIKET' && tomorrow.shift ? shiftText(tomorrow.shift, home, f.wall) : null)
      : isFree
        ? w.tomorrowFree(tomorrow.name)
        : null;
  const duty =
    nextDuty && nextDuty.date !== tomorrow.date
      ? w.nextDuty(f.shortDayOf(`${nextDuty.date}T05:00:00Z`, 'Asia/Jakarta'), nextDuty.shift && shiftText(nextDuty.shift, home, f.wall))
      : null;
  if (said === null && duty === null) return null;
  return <p className="quiet">{[said, duty].filter(Boolean).join(' ')}</p>;
}
