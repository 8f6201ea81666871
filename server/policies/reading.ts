// Policies as they are read: the list, one with its versions, and which rule of which decides in an OPD.
import type { DecidedKind, PolicyCard, PolicyView, Reach, RuleView } from '../../shared/policies.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Holding } from './holding.ts';
import { lastDayOf, stateOn, versionOn, warningOn } from './policy.ts';
import { contestOf, decide, type Ground, type Standing } from './resolve.ts';
import type { Rights } from './rights.ts';
import * as store from './store.ts';
import { below, isOpd, nameOf, type Units } from './units.ts';

type World = { sql: Sql; clock: Clock; people: Pick<People, 'opds' | 'topOpd'>; rights: Rights; holding: Holding };
export type Reading = ReturnType<typeof createReading>;

export function createReading({ sql, clock, people, rights, holding }: World) {
  const { keepsRegion, maySee, mayChange, changes, todayOf, found } = rights;
  const ruleView = (units: Units, { id, rule, scope, basis }: Pick<Standing, 'id' | 'rule' | 'scope' | 'basis'>): RuleView => ({
    id,
    rule,
    scope: { units: scope.units.map((unit) => ({ id: unit, name: nameOf(units, unit) })), functions: scope.functions },
    basis,
  });

  function cardOf(units: Units, policy: store.Policy, may: boolean): PolicyCard {
    const today = todayOf(units, policy.opdId);
    const shown = versionOn(policy, today);
    const { version, number, date, issuer, title, from, reviewOn, rules } = shown;
    return {
      id: policy.id,
      opd: policy.opdId === null ? null : { id: policy.opdId, name: nameOf(units, policy.opdId) },
      version,
      number,
      date,
      issuer,
      title,
      from,
      until: lastDayOf(shown, policy),
      reviewOn,
      state: stateOn(policy, today),
      warning: warningOn(policy, today),
      ruleCount: rules.length,
      hasFile: policy.files.length > 0,
      mayChange: may && policy.ending === null,
    };
  }

  async function viewOf(tx: Tx, person: SignedIn, policy: store.Policy): Promise<PolicyView> {
    const units = await people.opds(tx);
    const card = cardOf(units, policy, await mayChange(tx, person, policy.opdId));
    const successorId = policy.ending?.successorId ?? null;
    const successor = successorId === null ? undefined : (await store.policies(tx, successorId))[0];
    const today = todayOf(units, policy.opdId);
    return {
      ...card,
      rules: versionOn(policy, today).rules.map((rule) => ruleView(units, rule)),
      versions: policy.versions.map(({ at, rules, ...version }) => ({
        ...version,
        rules: rules.map((rule) => ruleView(units, rule)),
        at: at.toISOString(),
      })),
      files: policy.files.map((row) => ({ ...row, at: row.at.toISOString() })),
      ending: policy.ending && {
        ...policy.ending,
        at: policy.ending.at.toISOString(),
        successor: successor ? { id: successor.id, number: versionOn(successor, today).number } : null,
      },
      today,
    };
  }

  /** `opdId`: those that may concern it. 404: an OPD whose policies this person does not read. */
  async function list(person: SignedIn, opdId: string | undefined) {
    const units = await people.opds(sql);
    if (opdId !== undefined && !(isOpd(units, opdId) && maySee(person, opdId))) refuse('not_found');
    const all = (await store.policies(sql)).filter((policy) => maySee(person, policy.opdId));
    const ground = opdId === undefined ? null : new Set(below(units, opdId).map(({ id }) => id));
    const concerns = ({ versions, opdId: own }: store.Policy): boolean =>
      ground === null ||
      (own === null
        ? versions.some(({ rules }) => rules.some(({ scope }) => scope.units.length === 0 || scope.units.some((id) => ground.has(id))))
        : own === opdId);
    const mayBeChanged = await changes(sql, person);
    const policies = all.filter(concerns).map((policy) => cardOf(units, policy, mayBeChanged(policy.opdId)));
    const opds = units.filter(({ id, kind }) => kind === 'opd' && mayBeChanged(id)).map(({ id, name }) => ({ id, name }));
    return { policies, may: { region: keepsRegion(person), opds } };
  }

  const view = (person: SignedIn, id: string): Promise<PolicyView> => sql.begin(async (tx) => viewOf(tx, person, await found(tx, person, id)));

  /** `asked`: the day; else today there. 404 as above. */
  async function decided(person: SignedIn, opdId: string, asked: string | undefined) {
    const opd = await people.topOpd(sql, opdId);
    if (!opd || opd.id !== opdId || !maySee(person, opdId)) refuse('not_found');
    const units = await people.opds(sql);
    const day = asked ?? dayIn(clock.now(), opd.zone);
    const ground = await holding.groundOf(sql, opdId);
    const { won, lost } = decide(await holding.standing(sql), ground, day);
    const judged = (rule: Standing) => ({ ...ruleView(units, rule), policy: { id: rule.policy.id, number: rule.policy.number, title: rule.policy.title } });
    const kinds = [...new Set([...won, ...lost].map(({ rule }) => contestOf(rule.rule)))].toSorted();
    return {
      opdId,
      opdName: opd.name,
      day,
      staff: ground.staff.length,
      kinds: kinds.map((kind): DecidedKind => ({
        kind,
        won: won
          .filter(({ rule }) => contestOf(rule.rule) === kind)
          .map((one) => ({ ...judged(one.rule), units: one.units.map((id) => ({ id, name: nameOf(units, id) })), people: one.people?.length ?? null })),
        lost: lost
          .filter(({ rule }) => contestOf(rule.rule) === kind)
          .map((one) => ({ ...judged(one.rule), why: one.why, to: one.to?.policy.number ?? null, people: one.people })),
      })),
    };
  }

  /** For whom each rule decides, in the OPDs that this person reads and that it concerns. */
  async function reach(person: SignedIn, id: string) {
    const policy = await found(sql, person, id);
    const units = await people.opds(sql);
    const today = todayOf(units, policy.opdId);
    const version = versionOn(policy, today);
    const last = lastDayOf(version, policy);
    const day = last !== null && last < today ? last : version.from > today ? version.from : today;
    const rules = await holding.standing(sql);
    const opds: Reach[] = [];
    for (const opd of units.filter((unit) => unit.kind === 'opd' && maySee(person, unit.id))) {
      const ground = await holding.groundOf(sql, opd.id);
      const { won, lost } = decide(rules, ground, day);
      const reached = version.rules.map(({ id: ruleId }) => {
        const theirs = won.filter(({ rule }) => rule.id === ruleId).flatMap((one) => one.people ?? staffIn(ground, one.units));
        const others = lost.filter(({ rule }) => rule.id === ruleId);
        return { ruleId, people: new Set(theirs).size, lost: others.map(({ why, to, people: n }) => ({ why, to: to?.policy.number ?? null, people: n })) };
      });
      const concerned = reached.filter((one) => one.people > 0 || one.lost.length > 0);
      if (concerned.length > 0) opds.push({ opd: { id: opd.id, name: opd.name }, staff: ground.staff.length, rules: concerned });
    }
    return { day, opds };
  }

  return { list, view, reach, viewOf, decided };
}

function staffIn({ units, staff }: Ground, places: readonly string[]): string[] {
  const inside = new Set(places.flatMap((place) => below(units, place).map(({ id }) => id)));
  return staff.flatMap(({ id, unitId }) => (inside.has(unitId) ? [id] : []));
}
