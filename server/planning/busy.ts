// Who is not free, and why: other meetings, press conferences, the roster. What a viewer is told of it is decided here too.
import type { BusyKind, Conflict } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Tx } from '../platform/database.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Roster } from '../roster/index.ts';
import { overlaps } from './find-time.ts';

/** Somebody is somewhere else. `title` null: not this viewer's to read. */
export type Busy = { personId: string; kind: BusyKind; title: string | null; from: Date; to: Date; wholeDay: boolean };
export type Viewer = Pick<SignedIn, 'id' | 'roles' | 'opdId' | 'managesOpds'>;
/** Press conferences somebody is of the crew of; `title` null where the viewer may not read it. */
export type ConferencesOf = (
  tx: Tx,
  personIds: readonly string[],
  span: { from: Date; to: Date },
  viewer: SignedIn,
) => Promise<Omit<Busy, 'kind' | 'wholeDay'>[]>;
/** Of these meetings, who has said that they do not come. */
export type Declined = (tx: Tx, meetingIds: readonly string[]) => Promise<readonly { meetingId: string; personId: string }[]>;
type World = {
  people: Pick<People, 'persons'>;
  meetings: Pick<Meetings, 'appointments' | 'mayPrepare' | 'mayReadAttendance'>;
  roster: Pick<Roster, 'codesBetween'>;
  conferencesOf: ConferencesOf;
};
/** What is being moved stands in nobody's way. */
type Except = { meetingId?: string | undefined; seriesId?: string | null | undefined };

/** Taken for what has no end. */
const LASTS_HOURS = 1;
const OF_CODE: Partial<Record<DayCode, BusyKind>> = { CUTI: 'cuti', SAKIT: 'sakit', DL: 'dinas_luar', LIBUR: 'libur', PIKET: 'piket' };
/** At the office, and at hand. */
export const isAway = ({ kind }: Pick<Busy, 'kind'>): boolean => kind !== 'piket';
const FIRST_ZONE: Zone = 'Asia/Jakarta';
const LAST_ZONE: Zone = 'Asia/Jayapura';

export function createBusy({ people, meetings, roster, conferencesOf }: World) {
  let declined: Declined = async () => [];

  async function spans(tx: Tx, personIds: readonly string[], span: { from: Date; to: Date }, viewer: SignedIn, except: Except = {}): Promise<Busy[]> {
    if (personIds.length === 0) return [];
    const all = await meetings.appointments(tx, personIds, { ...span, lasts: LASTS_HOURS, viewerId: viewer.id });
    const others = all.filter((one) => one.meetingId !== except.meetingId && (!except.seriesId || one.seriesId !== except.seriesId));
    const not = new Set((await declined(tx, [...new Set(others.map((one) => one.meetingId))])).map((one) => `${one.meetingId} ${one.personId}`));
    const reads = (one: (typeof others)[number]): boolean => one.viewerIn || meetings.mayReadAttendance(viewer, one) || meetings.mayPrepare(viewer, one);
    return [
      ...others
        .filter((one) => !not.has(`${one.meetingId} ${one.personId}`))
        .map((one): Busy => ({ personId: one.personId, kind: 'rapat', title: reads(one) ? one.title : null, from: one.from, to: one.to, wholeDay: false })),
      ...(await conferencesOf(tx, personIds, span, viewer)).map((one): Busy => ({ ...one, kind: 'konferensi', wholeDay: false })),
      ...(await coded(tx, personIds, span, viewer)),
    ].toSorted((a, b) => Number(a.from) - Number(b.from));
  }

  /** Days of the roster, each in the zone of the person's own office. */
  async function coded(tx: Tx, personIds: readonly string[], { from, to }: { from: Date; to: Date }, viewer: Viewer): Promise<Busy[]> {
    const first = dayIn(from, FIRST_ZONE);
    const [codes, persons] = [await roster.codesBetween(tx, personIds, first, dayIn(to, LAST_ZONE)), await people.persons(tx, personIds)];
    return [...codes].flatMap(([personId, days]) => {
      const person = persons.get(personId);
      const near = viewer.id === personId || (person?.opd != null && viewer.managesOpds.includes(person.opd.id));
      return [...days].flatMap(([after, { code }]): Busy[] => {
        const kind = OF_CODE[code];
        if (kind === undefined) return [];
        const day = new Date(Date.parse(`${first}T00:00:00Z`) + after * 86_400_000).toISOString().slice(0, 10);
        // Illness is told to nobody but those who keep the roster.
        return [{ personId, kind: kind === 'sakit' && !near ? 'cuti' : kind, title: null, ...boundsOf(day, person?.opd?.zone ?? FIRST_ZONE), wholeDay: true }];
      });
    });
  }

  return { spans, heedAnswers: (source: Declined) => void (declined = source) };
}

export type Named = { personId: string; name: string; position: string | null };

/** What of all this stands against one time, in the order of `named`. */
export function conflictsAt(busy: readonly Busy[], named: ReadonlyMap<string, Named>, span: { from: Date; to: Date }): Conflict[] {
  const order = new Map([...named.keys()].map((id, index) => [id, index]));
  return busy
    .filter((one) => overlaps(one, span) && named.has(one.personId))
    .toSorted((a, b) => (order.get(a.personId) ?? 0) - (order.get(b.personId) ?? 0))
    .map(({ personId, kind, title, from, to, wholeDay }) => ({
      personId,
      name: named.get(personId)?.name ?? '',
      position: named.get(personId)?.position ?? null,
      kind,
      title,
      from: wholeDay ? null : from.toISOString(),
      to: wholeDay ? null : to.toISOString(),
      startsAt: span.from.toISOString(),
    }));
}
