// Who is in which function group (guru, tenaga kesehatan) from when until when, and who asked to be at home first for health.
import type { z } from 'zod';
import type * as wire from '../../shared/policies.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { addDays, dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Holding } from './holding.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'topOpd' | 'staffOf' | 'persons' | 'mayAdminister' | 'noteAccess'>;
  holding: Pick<Holding, 'readsRanks'>;
};
type List = z.input<typeof wire.getFunctionGroups.reply>;

/** What offices have asked for so far; a region adds its own by using them. */
const USUAL = ['guru', 'tenaga kesehatan', 'penyuluh kesehatan', 'petugas loket', 'petugas siaga'];
/** `Guru` and `guru` are one. */
const plain = (name: string): string => name.toLocaleLowerCase('id');

export function createGroups({ sql, clock, people, holding: { readsRanks } }: World) {
  async function opdOf(tx: Tx, person: SignedIn, opdId: string) {
    const opd = await people.topOpd(tx, opdId);
    if (!opd || opd.id !== opdId || !(person.managesOpds.includes(opdId) || person.roles.includes('administrator'))) refuse('not_found');
    return { ...opd, mayChange: await people.mayAdminister(tx, person, opdId), today: dayIn(clock.now(), opd.zone) };
  }
  async function keptBy(tx: Tx, person: SignedIn, opdId: string) {
    const opd = await opdOf(tx, person, opdId);
    if (!opd.mayChange) refuse('role.missing');
    return opd;
  }

  async function list(tx: Tx, person: SignedIn, opdId: string): Promise<List> {
    const opd = await opdOf(tx, person, opdId);
    const staff = await people.staffOf(tx, opdId);
    const ids = staff.map(({ id }) => id);
    const groups = await store.memberships(tx, ids);
    const health = (await readsRanks(tx, person, opdId)) ? await store.flagged(tx, ids) : null;
    await people.noteAccess(tx, {
      by: person.id,
      what: health ? 'kelompok_fungsi+tanda_kesehatan' : 'kelompok_fungsi',
      subject: opd.name,
      count: staff.length,
      scope: { kind: 'opd', id: opdId },
    });
    return {
      opdId,
      opdName: opd.name,
      today: opd.today,
      people: staff.map(({ id, name, position, unit }) => ({
        id,
        name,
        position,
        unitName: unit?.name ?? null,
        groups: groups.filter((g) => g.personId === id),
        health: health && health.has(id),
      })),
      names: [...new Set([...USUAL, ...(await store.groupNames(tx))])].toSorted((a, b) => a.localeCompare(b, 'id')),
      mayChange: opd.mayChange,
    };
  }

  async function staffHere(tx: Tx, opdId: string, personIds: readonly string[]) {
    const persons = await people.persons(tx, personIds);
    if (personIds.some((id) => persons.get(id)?.opd?.id !== opdId)) refuse('not_found');
    return persons;
  }

  async function add(person: SignedIn, opdId: string, { personIds, name, from, until, basis }: BodyOf<typeof wire.postFunctionGroup>): Promise<List> {
    if (until !== null && until < from) refuse('input.invalid', {}, [{ path: 'until', message: 'mendahului tanggal mulai' }]);
    const group = { name: plain(name), from, until, basis };
    return sql.begin(async (tx) => {
      await keptBy(tx, person, opdId);
      const ids = [...new Set(personIds)];
      const persons = await staffHere(tx, opdId, ids);
      await store.lockPersons(tx, ids);
      const known = (await store.memberships(tx, ids)).filter((one) => one.name === group.name);
      const same = (one: store.Membership): boolean => one.from === from && one.until === until;
      const news = ids.filter((id) => !known.some((one) => one.personId === id && same(one)));
      const clash = known.find((one) => news.includes(one.personId) && (until === null || one.from <= until) && (one.until === null || from <= one.until));
      if (clash) refuse('function.overlap', { name: persons.get(clash.personId)?.name ?? '' }, [{ path: 'personIds', message: 'sudah tercatat' }]);
      await store.insertMemberships(tx, news, group, person.id, clock.now());
      return list(tx, person, opdId);
    });
  }

  /** Days that are over stay as they were: plans were made by them. */
  async function end(person: SignedIn, id: string, until: string): Promise<List> {
    return sql.begin(async (tx) => {
      const group = (await store.lockMembership(tx, id)) ?? refuse('not_found');
      const opdId = (await people.persons(tx, [group.personId])).get(group.personId)?.opd?.id ?? refuse('not_found');
      const { today } = await keptBy(tx, person, opdId);
      if (until < addDays(today, -1)) refuse('input.invalid', {}, [{ path: 'until', message: 'hari yang sudah lewat tidak diubah; paling awal kemarin' }]);
      if (group.until !== null && group.until < until) refuse('input.invalid', {}, [{ path: 'until', message: 'sesudah tanggal akhir yang tercatat' }]);
      if (until < group.from) await store.dropMembership(tx, id);
      else await store.endMembership(tx, id, until, person.id, clock.now());
      return list(tx, person, opdId);
    });
  }

  async function setHealth(person: SignedIn, opdId: string, { personId, yes }: BodyOf<typeof wire.putHealthFlag>): Promise<List> {
    return sql.begin(async (tx) => {
      await opdOf(tx, person, opdId);
      if (!(await readsRanks(tx, person, opdId))) refuse('role.missing');
      await staffHere(tx, opdId, [personId]);
      if (yes) await store.setFlag(tx, personId, person.id, clock.now());
      else await store.dropFlag(tx, personId);
      // What was said is not written down, only that it was set.
      await people.noteAccess(tx, {
        by: person.id,
        what: 'tanda_kesehatan.ubah',
        subject: opdId,
        count: 1,
        scope: { kind: 'person', id: personId },
        persons: [personId],
      });
      return list(tx, person, opdId);
    });
  }

  return { read: (person: SignedIn, opdId: string): Promise<List> => sql.begin((tx) => list(tx, person, opdId)), add, end, setHealth };
}
