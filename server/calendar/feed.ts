// The private feed of a person: its address is a secret, derived anew when it is shown; the database keeps its hash.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { CalendarFeed } from '../../shared/calendar.ts';
import type { Opd } from '../../shared/people.ts';
import { createBuckets } from '../platform/buckets.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { personalToken, tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Roster } from '../roster/index.ts';
import * as store from './store.ts';

/** What a calendar program is told of one meeting. `invited` false: of a series of which this person has other meetings. */
type Written = {
  id: string;
  seriesId: string | null;
  occursAt: Date | null;
  sequence: number;
  title: string;
  place: string;
  description: string | null;
  startsAt: Date;
  endsAt: Date | null;
  cancelled: string | null;
  zone: Opd['zone'];
  opdName: string;
  chairName: string;
  invited: boolean;
};
type OwnDay = Awaited<ReturnType<Roster['daysOf']>>[number];
type Series = { rule: string; startsAt: Date; skipped: readonly Date[] };
type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'contacts' | 'persons'>;
  roster: Pick<Roster, 'daysOf'>;
  meetings: Pick<Meetings, 'feedMeetings'>;
  series: (tx: Tx, id: string) => Promise<Series | null>;
  /** Writes it all down as a calendar. */
  write: (
    feed: { meetings: readonly Written[]; seriesOf: ReadonlyMap<string, Series>; days: (OwnDay & { personId: string })[] },
    about: { name: string; origin: string; now: Date },
  ) => string;
  secret: string;
  origin: string;
};

const DAY_MS = 86_400_000;
const BACK_DAYS = 90;
const AHEAD_DAYS = 400;
const FILE = /^([\w-]{28})\.ics$/;
/** Programs ask hourly; somebody who sets one up asks a few times more. */
const ASKED = { size: 30, everyMs: 20_000 };

export function createFeed({ sql, clock, people, roster, meetings, series, write, secret, origin }: World) {
  const asked = createBuckets(ASKED);
  const tokenOf = ({ personId, version }: Pick<store.FeedRow, 'personId' | 'version'>): string => personalToken(secret, 'kalender', personId, version);
  const viewOf = (row: store.FeedRow): z.input<typeof CalendarFeed> => ({
    path: `/kalender/${tokenOf(row)}.ics`,
    madeAt: row.madeAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
    roster: row.roster,
  });

  async function own(person: SignedIn) {
    const row = await store.feedOf(sql, person.id);
    return row === null || row.tokenHash === null ? null : viewOf(row);
  }

  /** The former address is dead. */
  async function make(person: SignedIn) {
    return sql.begin(async (tx) => {
      const version = await store.nextVersion(tx, person.id, clock.now());
      await store.setHash(tx, person.id, tokenHash(tokenOf({ personId: person.id, version })));
      return viewOf((await store.feedOf(tx, person.id)) ?? refuse('not_found'));
    });
  }

  const revoke = (person: SignedIn): Promise<void> => store.revoke(sql, person.id);

  async function choose(person: SignedIn, withRoster: boolean) {
    return sql.begin(async (tx) => {
      await store.setRoster(tx, person.id, withRoster);
      const row = await store.feedOf(tx, person.id);
      return row === null || row.tokenHash === null ? refuse('not_found') : viewOf(row);
    });
  }

  async function ownDays(personId: string, from: Date, to: Date): Promise<(OwnDay & { personId: string })[]> {
    const zone = (await people.persons(sql, [personId])).get(personId)?.opd?.zone ?? 'Asia/Jakarta';
    const days = await roster.daysOf(sql, { personId, zone }, dayIn(from, zone), dayIn(to, zone));
    return days.map((day) => ({ ...day, personId }));
  }

  async function text({ personId, roster: withRoster }: store.FeedRow, name: string): Promise<string> {
    const now = clock.now();
    const days = (n: number): Date => new Date(now.getTime() + n * DAY_MS);
    const [found, opds] = await Promise.all([meetings.feedMeetings(sql, personId, days(-BACK_DAYS), days(AHEAD_DAYS)), people.opds(sql)]);
    const opdOf = new Map(opds.map((opd) => [opd.id, opd]));
    const own = withRoster ? await ownDays(personId, days(-BACK_DAYS), days(AHEAD_DAYS)) : [];
    const ids = [...new Set(found.flatMap((m) => m.seriesId ?? []))];
    const rules = await Promise.all(ids.map(async (id) => [id, await series(sql, id)] as const));
    return write(
      {
        meetings: found.map(({ version, opdId, cancelReason, chairName, ...m }) => ({
          ...m,
          sequence: version,
          cancelled: cancelReason,
          zone: opdOf.get(opdId)?.zone ?? 'Asia/Jakarta',
          opdName: opdOf.get(opdId)?.name ?? '',
          chairName: chairName ?? '',
        })),
        days: own,
        seriesOf: new Map(rules.flatMap(([id, rule]) => (rule ? [[id, rule] as const] : []))),
      },
      { name: `Rapat ${name}`, origin, now },
    );
  }

  /** By its address; an account that was closed has none. */
  async function read(file: string): Promise<{ content: string; etag: string }> {
    const token = FILE.exec(file)?.[1] ?? refuse('not_found');
    const seconds = asked(tokenHash(token), clock.now());
    if (seconds > 0) refuse('limit.reached', { seconds });
    const row = (await store.feedByHash(sql, tokenHash(token))) ?? refuse('not_found');
    const [person] = await people.contacts(sql, [row.personId]);
    if (!person) refuse('not_found');
    const content = await text(row, person.name);
    await store.noteRead(sql, row.personId, clock.now());
    // When it was written is no change.
    const same = content.replaceAll(/^DTSTAMP:.*\r\n/gm, '');
    return { content, etag: `"${createHash('sha256').update(same).digest('base64url').slice(0, 27)}"` };
  }

  return { own, make, choose, revoke, read };
}
