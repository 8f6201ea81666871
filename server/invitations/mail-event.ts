// The event in a letter by mail: of one meeting, of several of its series, or of the series whole; and as a file for whoever is invited.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { Letter, Mail } from '../platform/mail.ts';
import type { Meeting, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { answerNow } from './answering.ts';
import { calendarOf, seriesEntries, type Entry, type Happening, type Method } from './event.ts';
import type { About, Kind, Office, Reader } from './mail-words.ts';
import * as store from './store.ts';

/** What planning knows of a series. */
export type SeriesRule = { rule: string; startsAt: Date; skipped: readonly Date[] };
export type World = {
  clock: Clock;
  mail: Pick<Mail, 'from' | 'link'>;
  people: Pick<People, 'topOpd' | 'persons'>;
  meetings: Pick<Meetings, 'meetingsOfSeries' | 'invitationsOf'>;
  series: (tx: Tx, seriesId: string) => Promise<SeriesRule | null>;
};

export function createMailEvents({ clock, mail, people, meetings, series }: World) {
  const host = new URL(mail.link('/')).hostname;

  async function eventOf(tx: Tx, kind: Kind, due: readonly About[], reader: Reader, office: Office): Promise<NonNullable<Letter['ics']>> {
    const method: Method = kind === 'undangan.batal' ? 'CANCEL' : 'REQUEST';
    const [{ meeting, news }] = due as [About];
    const whole = meeting.seriesId === null ? [meeting] : await meetings.meetingsOfSeries(tx, meeting.seriesId);
    const sequence = whole.reduce((sum, m) => sum + m.version, 0) + Number(news.kind === 'ditarik');
    const said = await store.answersOf(
      tx,
      whole.map((m) => m.id),
    );
    const memberIn = (meetingId: string): string | undefined =>
      due.find((one) => one.meeting.id === meetingId)?.invitation?.member ?? (reader.personId === null ? undefined : `p_${reader.personId}`);
    const entryOf = (of: Happening): Entry => ({
      ...of,
      url: mail.link(`/rapat/${of.id}`),
      organizer: { name: office.opdName || (mail.from?.name ?? 'Portal'), email: mail.from?.address ?? '' },
      attendee: { name: reader.name, email: reader.email, answer: answerNow(said.find((s) => s.meetingId === of.id && s.member === memberIn(of.id))) },
    });
    const happening = (m: Meeting): Happening => happeningOf(m, office, sequence);
    const one = due.map(({ meeting: m }) => entryOf(happening(m)));
    const rule = meeting.seriesId === null || due.length < 2 ? null : await series(tx, meeting.seriesId);
    const entries = rule === null ? one : await seriesOf(tx, rule, whole, reader, { method, one, entryOf, happening });
    return { method, content: calendarOf(entries, { method, host, now: clock.now() }) };
  }

  /** Many of a series at once: its rule, less those this reader is not invited to. Called off as a whole, it goes as a whole. */
  async function seriesOf(
    tx: Tx,
    { rule, startsAt, skipped }: SeriesRule,
    whole: readonly Meeting[],
    reader: Reader,
    { method, one, entryOf, happening }: { method: Method; one: Entry[]; entryOf: (of: Happening) => Entry; happening: (m: Meeting) => Happening },
  ): Promise<Entry[]> {
    const mine: Meeting[] = [];
    for (const m of whole) if ((await meetings.invitationsOf(tx, m.id)).some(reader.is)) mine.push(m);
    const others = whole.filter((m) => !mine.includes(m)).flatMap((m) => m.occursAt ?? []);
    const except = [...skipped, ...others];
    const [first] = one;
    if (method !== 'CANCEL') return seriesEntries({ rule, startsAt, except }, mine.map(happening), entryOf);
    if (!first || mine.some((m) => m.state !== 'dibatalkan')) return one;
    return [{ ...first, startsAt, endsAt: null, occursAt: null, repeats: { rule, except } }];
  }

  /** The event as a file for whoever is invited, without any address. */
  async function fileFor(tx: Tx, meeting: Meeting): Promise<string> {
    const opd = await people.topOpd(tx, meeting.opdId);
    const chairName = (await people.persons(tx, [meeting.chairId])).get(meeting.chairId)?.name ?? '';
    const whole = meeting.seriesId === null ? [meeting] : await meetings.meetingsOfSeries(tx, meeting.seriesId);
    const sequence = whole.reduce((sum, m) => sum + m.version, 0);
    const entry = {
      ...happeningOf(meeting, { zone: opd?.zone ?? 'Asia/Jakarta', opdName: opd?.name ?? '', chairName }, sequence),
      url: mail.link(`/rapat/${meeting.id}`),
    };
    return calendarOf([entry], { method: 'PUBLISH', host, now: clock.now() });
  }

  return { eventOf, fileFor };
}

function happeningOf(m: Meeting, office: Office, sequence: number): Happening {
  return {
    id: m.id,
    seriesId: m.seriesId,
    occursAt: m.occursAt,
    sequence,
    title: m.title,
    place: m.place,
    description: m.description,
    startsAt: m.startsAt,
    endsAt: m.endsAt,
    cancelled: m.state === 'dibatalkan' ? m.cancelReason : null,
    ...office,
  };
}
