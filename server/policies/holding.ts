// What holds in an OPD: the rules, the function groups and the ranks that rosters are made by.
import type { AppliedRule } from '../../shared/policies.ts';
import type { Tx } from '../platform/database.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import { ageOn, standingOf, versionOn, warningOn, WARNED_DAYS, type Warning } from './policy.ts';
import { resolve, type Ground, type Standing } from './resolve.ts';
import * as store from './store.ts';
import { below } from './units.ts';

type World = { people: Pick<People, 'opds' | 'staffOf' | 'persons' | 'mayAdminister'> };
export type Holding = ReturnType<typeof createHolding>;

export function createHolding({ people }: World) {
  /** An OPD with its units, its staff and all their groups, whenever held. */
  async function groundOf(tx: Tx, opdId: string): Promise<Ground> {
    const units = below(await people.opds(tx), opdId);
    const staff = (await people.staffOf(tx, opdId)).flatMap(({ id, unit }) => (unit ? [{ id, unitId: unit.id }] : []));
    const groups = await store.memberships(
      tx,
      staff.map(({ id }) => id),
    );
    return { top: opdId, units, staff, groups };
  }
  /** Every rule of every policy, on the days on which its version counts. */
  const standing = async (tx: Tx): Promise<Standing[]> => (await store.policies(tx)).flatMap(standingOf);

  /** The rules that hold in an OPD between two days, both included, after the narrowest scope has won. */
  const applied = async (tx: Tx, opdId: string, from: string, until: string): Promise<AppliedRule[]> =>
    resolve(await standing(tx), await groundOf(tx, opdId), from, until);

  /** Function groups of people on a day, by person; everybody asked for is in it. */
  async function functionsOf(tx: Tx, personIds: readonly string[], day: string): Promise<Map<string, string[]>> {
    const groups = (personIds.length === 0 ? [] : await store.memberships(tx, personIds)).filter((g) => g.from <= day && (g.until === null || day <= g.until));
    return new Map(personIds.map((id) => [id, groups.filter((g) => g.personId === id).map((g) => g.name)]));
  }

  /**
   * By how many rules (`dahulukan_rumah`: age, health) somebody is at home first on a day: 0 = by none. For the generator, which ranks by it;
   * beside a rule of health a rank tells who is flagged, so it is shown to nobody but who `readsRanks`.
   */
  async function homeFirst(tx: Tx, personIds: readonly string[], day: string): Promise<Map<string, number>> {
    const persons = await people.persons(tx, personIds);
    const ranks = new Map(personIds.map((id): [string, number] => [id, 0]));
    const opdIds = [...new Set([...persons.values()].flatMap(({ opd }) => opd?.id ?? []))];
    if (opdIds.length === 0) return ranks;
    const rules = await standing(tx);
    const flagged = await store.flagged(tx, personIds);
    for (const opdId of opdIds) {
      const ground = await groundOf(tx, opdId);
      for (const { rule, units, people: only } of resolve(rules, ground, day, day)) {
        if (rule.kind !== 'dahulukan_rumah') continue;
        const places = new Set(
          ground.units.filter(({ id }) => units.some((unit) => below(ground.units, unit).some((one) => one.id === id))).map(({ id }) => id),
        );
        for (const [id, { nip, unit }] of persons) {
          const concerned = unit !== null && places.has(unit.id) && (only === null || only.includes(id));
          const first = rule.by === 'kesehatan' ? flagged.has(id) : (ageOn(nip, day) ?? 0) >= (rule.fromAge ?? Infinity);
          if (concerned && first) ranks.set(id, (ranks.get(id) ?? 0) + 1);
        }
      }
    }
    return ranks;
  }

  /** The admin of this OPD, and nobody else: no administrator, no head, no BKD. Who reads the flag of health, and with it a rank. */
  const readsRanks = (tx: Tx, person: Pick<SignedIn, 'id' | 'roles'>, opdId: string): Promise<boolean> =>
    people.mayAdminister(tx, { id: person.id, roles: person.roles.filter((role) => role !== 'administrator') }, opdId);

  /** Policies that concern an OPD and end within 30 days, have ended, or are due for review. */
  async function expiring(tx: Tx, opdId: string, day: string): Promise<{ id: string; number: string; title: string; warning: Warning }[]> {
    const ground = new Set(below(await people.opds(tx), opdId).map(({ id }) => id));
    return (await store.policies(tx)).flatMap((policy) => {
      const { number, title, rules } = versionOn(policy, day);
      const warning = warningOn(policy, day);
      const concerns = rules.some(({ scope }) => scope.units.length === 0 || scope.units.some((id) => ground.has(id)));
      return warning && concerns && warning.days <= WARNED_DAYS ? [{ id: policy.id, number, title, warning }] : [];
    });
  }

  return { groundOf, standing, applied, functionsOf, homeFirst, readsRanks, expiring };
}
