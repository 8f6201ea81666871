// The crew of a conference: posts are read anew until the room opens, then everybody stays as they were.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CrewRole, postCrew } from '../../shared/press.ts';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { personalToken, tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller } from '../platform/serve.ts';
import type { HeldPost, People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import * as store from './store.ts';
import type { Conf, CrewRow } from './store.ts';

/** Somebody of the office's side, as they are now. `member` null: the post has no holder. */
export type Crew = {
  id: string;
  conferenceId: string;
  role: CrewRole;
  personId: string | null;
  positionId: string | null;
  member: string | null;
  name: string;
  label: string | null;
  opdName: string | null;
  guest: boolean;
  order: number;
  email: string | null;
  /** Of the link of a guest: a renewed one lets nobody in by the former. */
  linkVersion: number;
};
export type CrewInput = z.output<(typeof postCrew)['body']>;
type World = {
  clock: Clock;
  people: Pick<People, 'chainsFor' | 'persons'>;
  rooms: Pick<Rooms, 'personMember' | 'guestMember' | 'browserMark'>;
  secret: string;
};

const LINK = 'kru-pers';
/** Who acts on a day comes before the holder the post still has on paper. */
const ACTS_FIRST = ['plh', 'plt', 'definitif'] as const;
const PREFIX = { definitif: '', plt: 'Plt. ', plh: 'Plh. ' } as const;
/** Guests speak or sign; who leads needs an account. */
const OPEN_TO_GUESTS: ReadonlySet<CrewRole> = new Set(['narasumber', 'jbi']);

export type CrewDesk = ReturnType<typeof createCrew>;

export function createCrew({ clock, people, rooms, secret }: World) {
  /** `now`: what the row resolves to at this moment. */
  async function resolved(tx: Tx, rows: readonly CrewRow[], zone: Zone): Promise<Crew[]> {
    const open = rows.filter((row) => row.frozenAt === null && !row.guest);
    const posts = new Map((await people.chainsFor(tx, ids(open, 'positionId'), dayIn(clock.now(), zone))).map((post) => [post.positionId, post]));
    const persons = await people.persons(tx, ids(open, 'personId'));
    return rows.map((row) => {
      const post = posts.get(row.positionId ?? '');
      const person = persons.get(row.personId ?? '');
      const now = row.frozenAt !== null || row.guest ? row : row.positionId !== null ? ofPost(post, row) : { ...row, ...personFace(person) };
      return crewOfRow(row, now);
    });
  }

  const ofPost = (post: HeldPost | undefined, row: CrewRow) => {
    const holder = ACTS_FIRST.map((kind) => post?.holders.find((h) => h.kind === kind)).find((h) => h !== undefined);
    const title = post?.title ?? row.label;
    if (!holder) return { personId: null, name: title, label: null, opdName: post?.opdName ?? null };
    return { personId: holder.personId, name: holder.name, label: `${PREFIX[holder.kind]}${title ?? ''}`, opdName: post?.opdName ?? null };
  };

  const crewOfRow = (row: CrewRow, now: Pick<CrewRow, 'personId' | 'name' | 'label' | 'opdName'>): Crew => ({
    id: row.id,
    conferenceId: row.conferenceId,
    role: row.role,
    personId: now.personId,
    positionId: row.positionId,
    member: row.guest ? rooms.guestMember(row.id) : now.personId === null ? null : rooms.personMember(now.personId),
    name: now.name ?? '',
    label: now.label,
    opdName: now.opdName,
    guest: row.guest,
    order: row.place,
    email: row.email,
    linkVersion: row.linkVersion,
  });

  async function crewOfAll(tx: Tx, confs: readonly Pick<Conf, 'id' | 'zone'>[]): Promise<Map<string, Crew[]>> {
    const rows = confs.length === 0 ? [] : await store.crewOf(tx, ids(confs, 'id'));
    const found = new Map(confs.map((conf): [string, Crew[]] => [conf.id, []]));
    for (const zone of new Set(confs.map((conf) => conf.zone))) {
      const inZone = new Set(ids(confs, 'id').filter((id) => confs.find((conf) => conf.id === id)?.zone === zone));
      for (const one of await resolved(
        tx,
        rows.filter((row) => inZone.has(row.conferenceId)),
        zone,
      ))
        found.get(one.conferenceId)?.push(one);
    }
    return found;
  }
  const crewOf = async (tx: Tx, conf: Pick<Conf, 'id' | 'zone'>): Promise<Crew[]> => (await crewOfAll(tx, [conf])).get(conf.id) ?? [];

  /** Everybody stays as they are now, also a post that nobody holds. */
  async function freeze(tx: Tx, conf: Conf): Promise<void> {
    const open = new Set((await store.crewOf(tx, [conf.id])).filter((row) => row.frozenAt === null).map((row) => row.id));
    for (const one of await crewOf(tx, conf)) if (open.has(one.id)) await store.freeze(tx, one.id, one, clock.now());
  }

  async function add(tx: Tx, conf: Conf, { role, who }: CrewInput, by: string): Promise<Crew> {
    if (who.kind === 'guest' && !OPEN_TO_GUESTS.has(role)) refuse('crew.guest_moderator');
    const before = await crewOf(tx, conf);
    const id = randomUUID();
    const row = { id, conferenceId: conf.id, role, positionId: null, personId: null, name: null, label: null, email: null };
    if (who.kind === 'guest') {
      const linkHash = tokenHash(tokenOf(id, 1));
      await store.insertCrew(tx, { ...row, name: who.name, label: who.institution, email: who.email, guest: true, linkHash }, by, clock.now());
    } else {
      const chosen = who.kind === 'position' ? { positionId: who.id } : { personId: who.id };
      await store.insertCrew(tx, { ...row, ...chosen, guest: false, linkHash: null }, by, clock.now());
    }
    const added = (await crewOf(tx, conf)).find((one) => one.id === id) ?? refuse('not_found');
    if (added.name === '') refuse('input.invalid', {}, [{ path: 'who.id', message: 'Jabatan atau pegawai ini tidak ditemukan.' }]);
    if (before.some((one) => one.role === role && isSame(one, added))) refuse('crew.twice', { name: added.name });
    return added;
  }

  const tokenOf = (id: string, version: number): string => personalToken(secret, LINK, id, version);
  /** The token stays in the fragment: it is in no server's log and in no Referer. */
  const linkTo = (conf: Pick<Conf, 'slug'>, one: Pick<Crew, 'id' | 'guest' | 'linkVersion'>): `/${string}` | null =>
    one.guest ? `/siaran/${conf.slug}#${tokenOf(one.id, one.linkVersion)}` : null;

  async function renewLink(tx: Tx, one: Crew): Promise<void> {
    const version = one.linkVersion + 1;
    await store.setLink(tx, one.id, version, tokenHash(tokenOf(one.id, version)));
  }

  /** Whose link this is; it refuses a dead one, and one that another browser has entered by. */
  async function byLink(tx: Tx, token: string, caller: Pick<Caller, 'device'>): Promise<Crew | null> {
    const row = await store.crewByHash(tx, tokenHash(token));
    if (!row) refuse('link.revoked');
    if (row.linkBrowser !== null && row.linkBrowser !== rooms.browserMark(caller.device())) refuse('link.other_device');
    return crewOfRow(row, row);
  }

  return { crewOf, crewOfAll, freeze, add, linkTo, renewLink, byLink };
}

const ids = <K extends string>(rows: readonly { [P in K]: string | null }[], key: K): string[] => [...new Set(rows.flatMap((row) => row[key] ?? []))];

const personFace = (person: { name: string; position: string | null; opd: { name: string } | null } | undefined) => ({
  name: person?.name ?? null,
  label: person?.position ?? null,
  opdName: person?.opd?.name ?? null,
});

const isSame = (a: Crew, b: Crew): boolean =>
  a.guest && b.guest
    ? a.name === b.name && a.label === b.label
    : (a.member !== null && a.member === b.member) || (a.positionId !== null && a.positionId === b.positionId);
