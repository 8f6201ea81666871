// Who may read a policy, and who may change it.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import * as store from './store.ts';
import { zoneOf, type Units } from './units.ts';

export type Rights = ReturnType<typeof createRights>;

export function createRights({ clock, people }: { clock: Clock; people: Pick<People, 'administers' | 'mayAdminister'> }) {
  const keepsRegion = (person: SignedIn): boolean => person.roles.includes('bkd') || person.roles.includes('administrator');
  const maySee = (person: SignedIn, opdId: string | null): boolean =>
    opdId === null || person.opdId === opdId || person.managesOpds.includes(opdId) || keepsRegion(person);
  const mayChange = async (tx: Tx, person: SignedIn, opdId: string | null): Promise<boolean> =>
    opdId === null ? keepsRegion(person) : people.mayAdminister(tx, person, opdId);
  /** The same for many at once. */
  async function changes(tx: Tx, person: SignedIn): Promise<(opdId: string | null) => boolean> {
    const administers = await people.administers(tx, person);
    return (opdId) => (opdId === null ? keepsRegion(person) : administers(opdId));
  }

  const todayOf = (units: Units, opdId: string | null): string => dayIn(clock.now(), zoneOf(units, opdId));

  /** 404 for whoever may not read it; `lock`: whoever changes it waits. */
  async function found(tx: Tx, person: SignedIn, id: string, lock = false): Promise<store.Policy> {
    const policy = lock ? await store.lockPolicy(tx, id) : (await store.policies(tx, id))[0];
    if (!policy || !maySee(person, policy.opdId)) refuse('not_found');
    return policy;
  }
  /** Held; `role.missing` for whoever reads only. */
  async function changeable(tx: Tx, person: SignedIn, id: string): Promise<store.Policy> {
    const policy = await found(tx, person, id, true);
    if (!(await mayChange(tx, person, policy.opdId))) refuse('role.missing');
    return policy;
  }

  return { keepsRegion, maySee, mayChange, changes, todayOf, found, changeable };
}
