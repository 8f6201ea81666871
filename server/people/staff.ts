// Records of persons: added, changed, given roles and first passwords, disabled. Every change is a new row of the record.
import type { PersonCard } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { JsonValue, Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import * as accounts from './account-store.ts';
import { hashPassword } from './accounts.ts';
import { dayIn } from './days.ts';
import { cardOf } from './directory.ts';
import { lockImports } from './import-store.ts';
import { nipProblem } from './nip.ts';
import { makeFirstPassword } from './password.ts';
import * as store from './person-store.ts';
import { reaches, requireOrdinary, requireReach, type Actor, type Granted, type Reach } from './rights.ts';
import type { Sessions } from './sessions.ts';
import * as units from './unit-store.ts';

type Record = NonNullable<Awaited<ReturnType<typeof store.lockPerson>>>;

export function createStaff({ sql, clock, sessions }: { sql: Sql; clock: Clock; sessions: Sessions }) {
  const disabledListeners: ((tx: Tx, personId: string) => Promise<void>)[] = [];

  async function reachOf(tx: Tx, actor: Actor): Promise<Reach> {
    if (actor.roles.includes('administrator')) return { all: true, opds: new Set() };
    const granted = actor.id === null ? [] : await store.grantedTo(tx, actor.id);
    return { all: false, opds: new Set(granted.flatMap((g) => (g.role === 'admin_opd' && g.opdId !== null ? [g.opdId] : []))) };
  }

  /** The person, locked; somebody of another OPD does not exist for the actor. */
  async function lockFor(tx: Tx, actor: Actor, id: string): Promise<{ person: Record; reach: Reach }> {
    const person = await store.lockPerson(tx, id);
    if (!person) refuse('not_found');
    const reach = await reachOf(tx, actor);
    requireReach(reach, person.topId);
    return { person, reach };
  }

  async function checkFields(tx: Tx, fields: store.PersonFields, reach: Reach, except: string | null): Promise<void> {
    const problem = fields.nip === null ? null : nipProblem(fields.nip, dayIn('Asia/Jakarta', clock.now()));
    if (problem) refuse('input.invalid', {}, [{ path: 'nip', message: `NIP: ${problem}.` }]);
    const unit = fields.opdId === null ? null : await units.unit(tx, fields.opdId);
    if (fields.opdId !== null && !unit) refuse('input.invalid', {}, [{ path: 'opdId', message: 'Unit tidak ditemukan.' }]);
    if (!reaches(reach, unit?.topId ?? null)) refuse('role.missing');
    // The same NIP or address twice at one moment is refused by its name, also beside an import.
    await lockImports(tx);
    const taken = await store.takenBy(tx, { nip: fields.nip, email: fields.email, except });
    if (taken) refuse('person.duplicate', { field: taken });
  }

  const note = (tx: Tx, actor: Actor, personId: string, what: string, before: JsonValue | null = null, after: JsonValue | null = null) =>
    store.insertChange(tx, { personId, by: actor.id, at: clock.now(), what, before, after });

  const card = async (tx: Tx, id: string): Promise<PersonCard> => cardOf((await store.byIds(tx, { now: clock.now() }, [id]))[0]!);

  /** Without a password: such a person cannot sign in yet. */
  async function addIn(tx: Tx, actor: Actor, fields: store.PersonFields): Promise<string> {
    const id = await store.insertPerson(tx, fields, clock.now());
    await note(tx, actor, id, 'ditambahkan', null, fields);
    return id;
  }

  async function changeIn(tx: Tx, actor: Actor, before: store.PersonFields & { id: string }, fields: store.PersonFields): Promise<void> {
    const changed = (Object.keys(fields) as (keyof store.PersonFields)[]).filter((key) => fields[key] !== before[key]);
    if (changed.length === 0) return;
    await store.updatePerson(tx, before.id, fields);
    await note(
      tx,
      actor,
      before.id,
      'diubah',
      Object.fromEntries(changed.map((key) => [key, before[key]])),
      Object.fromEntries(changed.map((key) => [key, fields[key]])),
    );
  }

  async function addPerson(actor: Actor, fields: store.PersonFields): Promise<PersonCard> {
    return sql.begin(async (tx) => {
      await checkFields(tx, fields, await reachOf(tx, actor), null);
      return card(tx, await addIn(tx, actor, fields));
    });
  }

  async function addPersonWithPassword(actor: Actor, fields: store.PersonFields): Promise<{ person: PersonCard; firstPassword: string }> {
    const firstPassword = makeFirstPassword();
    const passwordHash = await hashPassword(firstPassword);
    return sql.begin(async (tx) => {
      await checkFields(tx, fields, await reachOf(tx, actor), null);
      const id = await addIn(tx, actor, fields);
      await accounts.setPassword(tx, [id], passwordHash, true);
      return { person: await card(tx, id), firstPassword };
    });
  }

  async function changePerson(actor: Actor, id: string, fields: store.PersonFields): Promise<PersonCard> {
    return sql.begin(async (tx) => {
      const { person, reach } = await lockFor(tx, actor, id);
      requireOrdinary(reach, await store.grantedTo(tx, id));
      await checkFields(tx, fields, reach, id);
      await changeIn(tx, actor, person, fields);
      return card(tx, id);
    });
  }

  async function resetPassword(actor: Actor, id: string): Promise<{ firstPassword: string }> {
    const firstPassword = makeFirstPassword();
    const passwordHash = await hashPassword(firstPassword);
    return sql.begin(async (tx) => {
      const { reach } = await lockFor(tx, actor, id);
      requireOrdinary(reach, await store.grantedTo(tx, id));
      await accounts.setPassword(tx, [id], passwordHash, true);
      await accounts.forgetDevices(tx, id, null);
      await sessions.endAll(tx, id);
      await note(tx, actor, id, 'kata sandi dibuat ulang');
      return { firstPassword };
    });
  }

  async function setDisabled(actor: Actor, id: string, disabled: boolean): Promise<PersonCard> {
    return sql.begin(async (tx) => {
      const { person, reach } = await lockFor(tx, actor, id);
      if (disabled && id === actor.id) refuse('person.self');
      requireOrdinary(reach, await store.grantedTo(tx, id));
      if (person.disabled !== disabled) {
        await store.setDisabled(tx, id, disabled ? clock.now() : null);
        if (disabled) {
          await sessions.endAll(tx, id);
          for (const hear of disabledListeners) await hear(tx, id);
        }
        await note(tx, actor, id, disabled ? 'akun dinonaktifkan' : 'akun diaktifkan');
      }
      return card(tx, id);
    });
  }

  async function rolesOf(tx: Tx, id: string): Promise<Granted[]> {
    if ((await store.byIds(tx, { now: clock.now() }, [id])).length === 0) refuse('not_found');
    return store.grantedTo(tx, id);
  }

  /** Replaces the granted roles; the portal always keeps an administrator who can sign in. */
  async function grantRoles(actor: Actor, id: string, wanted: readonly Granted[]): Promise<Granted[]> {
    return sql.begin(async (tx) => {
      await lockFor(tx, actor, id);
      const same = (a: Granted) => (b: Granted) => a.role === b.role && a.opdId === b.opdId;
      for (const { role, opdId } of wanted) {
        const opd = opdId === null ? null : await units.unit(tx, opdId);
        if (role === 'admin_opd' ? opd?.kind !== 'opd' : opdId !== null)
          refuse('input.invalid', {}, [{ path: 'opdId', message: 'Peran admin OPD menyebut satu OPD; peran lain tidak.' }]);
      }
      const before = await store.grantedTo(tx, id);
      const gone = before.filter((b) => !wanted.some(same(b)));
      const fresh = wanted.filter((w, i) => !before.some(same(w)) && wanted.findIndex(same(w)) === i);
      if (gone.some((g) => g.role === 'administrator') && !(await store.administrators(tx)).some((other) => other !== id)) {
        refuse('input.invalid', {}, [{ path: 'role', message: 'Sedikitnya satu administrator harus tetap ada.' }]);
      }
      for (const g of gone) await store.revoke(tx, id, g, actor.id, clock.now());
      for (const g of fresh) await store.grant(tx, id, g, actor.id, clock.now());
      const after = await store.grantedTo(tx, id);
      if (gone.length + fresh.length > 0) {
        await note(tx, actor, id, 'peran diubah', [...before], [...after]);
        await tell(tx, [`person:${id}`], { type: 'rights.changed' });
      }
      return after;
    });
  }

  /** Hears in the same transaction when somebody loses their account. */
  const onDisabled = (hear: (typeof disabledListeners)[number]): void => void disabledListeners.push(hear);

  return { onDisabled, reachOf, addIn, changeIn, addPerson, addPersonWithPassword, changePerson, resetPassword, setDisabled, rolesOf, grantRoles };
}
