// Which meetings are to come, and whom each concerns: what reminders are made from.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { Ahead, Hearer, ReminderSource } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import { linkPath, linkToken } from './links.ts';

/** Of these members, who need not be reminded. */
export type Staying = (tx: Tx, meetingId: string, members: readonly { member: string; personId: string | null }[]) => Promise<ReadonlySet<string>>;
type Row = Omit<Ahead, 'zone' | 'opdName'> & { opdId: string };
type Invited = { id: string; member: string; personId: string | null; name: string; email: string | null; linkVersion: number; since: Date };
type World = { clock: Clock; people: Pick<People, 'opds'>; secret: string };

export function createReminding({ clock, people, secret }: World) {
  let staying: Staying = async () => new Set();

  async function views(tx: Tx, rows: readonly Row[]): Promise<Ahead[]> {
    const opds = new Map((rows.length === 0 ? [] : await people.opds(tx)).map((opd) => [opd.id, opd]));
    return rows.map(({ opdId, ...row }) => ({ ...row, zone: opds.get(opdId)?.zone ?? 'Asia/Jakarta', opdName: opds.get(opdId)?.name ?? '' }));
  }

  async function hearers(tx: Tx, id: string): Promise<Hearer[]> {
    const rows = await invitedTo(tx, id);
    const away = await staying(tx, id, rows);
    return rows
      .filter(({ member }) => !away.has(member))
      .map(({ id: invitation, member, personId, name, email, linkVersion, since }) =>
        personId === null
          ? { member, since, personId, name, email, path: linkPath(linkToken(secret, invitation, linkVersion)) }
          : { member, since, personId, path: `/rapat/${id}` },
      );
  }

  const source: ReminderSource = {
    name: 'rapat',
    ahead: async (tx, from, to) => views(tx, await between(tx, from, to)),
    one: async (tx, id, held) => (await views(tx, await one(tx, id, held, clock.now())))[0] ?? null,
    hearers,
  };
  return { source, setStaying: (by: Staying): void => void (staying = by) };
}

/** The hour is that of the last change which touched it, else of the plan. Opened early, it is still to come for the others. */
const toCome = (tx: Tx) => tx`
  select m.id, m.title, m.place, m.opd_id as "opdId", m.starts_at as "startsAt", coalesce(moved.version, 0) as version, coalesce(moved.at, m.created_at) as since
  from meetings.meeting m left join lateral (
    select c.version, c.at from meetings.change c where c.meeting_id = m.id and c.before ? 'startsAt' order by c.version desc limit 1) moved on true
  where not m.instant and m.cancelled_at is null and m.ended_at is null`;
const between = (tx: Tx, from: Date, to: Date) => tx<Row[]>`
  ${toCome(tx)} and m.starts_at > ${from} and m.starts_at <= ${to} order by m.starts_at, m.id`;
async function one(tx: Tx, id: string, held: boolean, now: Date): Promise<Row[]> {
  // Locked first: what is read after it has come is what stays.
  if (held) await tx`select from meetings.meeting where id = ${id} for share`;
  return tx<Row[]>`${toCome(tx)} and m.id = ${id} and m.starts_at > ${now}`;
}
const invitedTo = (tx: Tx, id: string) => tx<Invited[]>`
  select id, member, person_id as "personId", name, email, link_version as "linkVersion", invited_at as since from meetings.invitation
  where meeting_id = ${id} and link_revoked_at is null order by member`;
