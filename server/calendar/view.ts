// What a calendar shows of each thing in it. Pure: somebody else's meeting is a time, and nothing more.
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { Opd } from '../../shared/people.ts';
import type { ConferenceState } from '../../shared/press.ts';
import type { CalendarMeeting } from '../meetings/index.ts';
import type { SignedIn } from '../platform/serve.ts';

/** What the press tells of a conference. `yours`: one is of its crew. */
export type CalendarConference = {
  id: string;
  title: string;
  state: ConferenceState;
  opdId: string;
  zone: Opd['zone'];
  place: string;
  startsAt: Date;
  endsAt: Date | null;
  announcedAt: Date | null;
  version: number;
  yours: boolean;
};

const stateOf: Record<ConferenceState, CalendarEntry['state']> = {
  draft: 'draft',
  diumumkan: 'terjadwal',
  registrasi: 'terjadwal',
  ruang_tunggu: 'berlangsung',
  tayang: 'berlangsung',
  tanya_jawab: 'berlangsung',
  selesai: 'berakhir',
  arsip: 'berakhir',
  dibatalkan: 'dibatalkan',
};

export function meetingEntry(m: CalendarMeeting, { person, opd, mayPrepare }: { person: SignedIn; opd: Opd | undefined; mayPrepare: boolean }): CalendarEntry {
  const known = m.invited || m.chairId === person.id || mayPrepare;
  return {
    kind: 'rapat',
    id: m.id,
    title: known ? m.title : null,
    startsAt: m.startsAt.toISOString(),
    endsAt: m.endsAt?.toISOString() ?? null,
    state: m.state,
    place: known ? m.place : null,
    zone: opd?.zone ?? 'Asia/Jakarta',
    opdName: opd?.name ?? '',
    chairName: known ? m.chairName : null,
    series: known && m.seriesId !== null,
    version: m.version,
    youPrepare: mayPrepare,
    path: known ? `/rapat/${m.id}` : null,
  };
}

/** What was announced is everybody's; a draft its crew's and the operators'. Null: not this person's to see. */
export function conferenceEntry(
  c: CalendarConference,
  { opd, operates, oversees }: { opd: Opd | undefined; operates: boolean; oversees: boolean },
): CalendarEntry | null {
  if (c.announcedAt === null && !c.yours && !operates) return null;
  return {
    kind: 'konferensi',
    id: c.id,
    title: c.title,
    startsAt: c.startsAt.toISOString(),
    endsAt: c.endsAt?.toISOString() ?? null,
    state: stateOf[c.state],
    place: c.place,
    zone: c.zone,
    opdName: opd?.name ?? '',
    chairName: null,
    series: false,
    version: c.version,
    youPrepare: false,
    path: c.yours || operates || oversees ? `/konferensi/${c.id}` : null,
  };
}
