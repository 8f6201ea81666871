// Policies: the circulars (SE) by which people work at home or on site, their versions, and which rule of which holds where.
import { createHash } from 'node:crypto';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Zone } from '../../shared/people.ts';
import type { AppliedRule, DecidedKind, PolicyCard, PolicyView, RuleView } from '../../shared/policies.ts';
import type * as wire from '../../shared/policies.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import { addDays, boundsOf, dayIn, shortDateText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import { isWhatItSays, LOOKED_AT } from '../platform/sniff.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import { createGroups } from './groups.ts';
import { ageOn, checkFields, lastDayOf, standingOf, stateOn, versionOn, warningOn, type Warning } from './policy.ts';
import { contestOf, decide, resolve, type Ground, type Standing } from './resolve.ts';
import { policyRoutes } from './routes.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  files: Pick<Files, 'write' | 'bytesOf'>;
  people: Pick<People, 'opds' | 'topOpd' | 'staffOf' | 'persons' | 'mayAdminister' | 'holdersOf' | 'headsOf' | 'noteAccess'>;
  notifications: Pick<Notifications, 'notify'>;
};
type Units = Awaited<ReturnType<People['opds']>>;
type Input = BodyOf<typeof wire.postPolicy>['policy'];
export type Policies = ReturnType<typeof createPolicies>;

const REGION_ZONE: Zone = 'Asia/Jakarta';
const MOST_FILE = 5 * 1024 * 1024;
/** A circular that has ended is warned of for a year; after that nobody goes by it any more. */
const WARNED_DAYS = 365;

export function createPolicies({ sql, clock, files, people, notifications }: World) {
  const keepsRegion = (person: SignedIn): boolean => person.roles.includes('bkd') || person.roles.includes('administrator');
  const maySee = (person: SignedIn, opdId: string | null): boolean =>
    opdId === null || person.opdId === opdId || person.managesOpds.includes(opdId) || keepsRegion(person);
  const mayChange = async (tx: Tx, person: SignedIn, opdId: string | null): Promise<boolean> =>
    opdId === null ? keepsRegion(person) : people.mayAdminister(tx, person, opdId);

  const zoneOf = (units: Units, opdId: string | null): Zone => units.find(({ id }) => id === opdId)?.zone ?? REGION_ZONE;
  const todayOf = (units: Units, opdId: string | null): string => dayIn(clock.now(), zoneOf(units, opdId));
  const nameOf = (units: Units, id: string): string => units.find((unit) => unit.id === id)?.name ?? '';
  /** An OPD and all below it. */
  function below(units: Units, opdId: string): Units {
    const found = new Set([opdId]);
    for (const unit of units) if (unit.parentId !== null && found.has(unit.parentId)) found.add(unit.id);
    return units.filter(({ id }) => found.has(id));
  }

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

  async function list(person: SignedIn, opdId: string | undefined) {
    const units = await people.opds(sql);
    if (opdId !== undefined && !(units.some(({ id, kind }) => id === opdId && kind === 'opd') && maySee(person, opdId))) refuse('not_found');
    const all = (await store.policies(sql)).filter((policy) => maySee(person, policy.opdId));
    const ground = opdId === undefined ? null : new Set(below(units, opdId).map(({ id }) => id));
    const concerns = ({ versions, opdId: own }: store.Policy): boolean =>
      ground === null ||
      (own === null
        ? versions.some(({ rules }) => rules.some(({ scope }) => scope.units.length === 0 || scope.units.some((id) => ground.has(id))))
        : own === opdId);
    const policies = [];
    for (const policy of all.filter(concerns)) policies.push(cardOf(units, policy, await mayChange(sql, person, policy.opdId)));
    const tops = units.filter(({ kind }) => kind === 'opd');
    const opds = [];
    for (const { id, name } of tops) if (await mayChange(sql, person, id)) opds.push({ id, name });
    return { policies, may: { region: keepsRegion(person), opds } };
  }

  async function found(tx: Tx, person: SignedIn, id: string, lock = false): Promise<store.Policy> {
    const policy = lock ? await store.lockPolicy(tx, id) : (await store.policies(tx, id))[0];
    if (!policy || !maySee(person, policy.opdId)) refuse('not_found');
    return policy;
  }
  async function changeable(tx: Tx, person: SignedIn, id: string): Promise<store.Policy> {
    const policy = await found(tx, person, id, true);
    if (!(await mayChange(tx, person, policy.opdId))) refuse('role.missing');
    return policy;
  }

  /** Rules that are new get an id; those of an OPD are its own, however little was said of their scope. */
  function fieldsOf(units: Units, opdId: string | null, { rules, ...fields }: Input, known: ReadonlySet<string>): store.Fields {
    const all = new Set(units.map(({ id }) => id));
    const own = opdId === null ? all : new Set(below(units, opdId).map(({ id }) => id));
    const scoped = rules.map((rule) => ({
      ...rule,
      scope: {
        units: rule.scope.units.length === 0 && opdId !== null ? [opdId] : [...new Set(rule.scope.units)].toSorted(),
        functions: [...new Set(rule.scope.functions.map((name) => name.toLocaleLowerCase('id')))].toSorted(),
      },
    }));
    checkFields({ ...fields, rules: scoped }, { own, all }, known);
    return { ...fields, rules: scoped.map((rule) => ({ ...rule, id: rule.id ?? crypto.randomUUID() })) };
  }

  const byOf = (person: { id: string | null; name: string }): store.By => ({ id: person.id, name: person.name });

  async function add(person: SignedIn, { key, opdId, policy: input }: BodyOf<typeof wire.postPolicy>): Promise<PolicyView> {
    return sql.begin(async (tx) => {
      const units = await people.opds(tx);
      if (opdId !== null && !(units.some(({ id, kind }) => id === opdId && kind === 'opd') && maySee(person, opdId))) refuse('not_found');
      if (!(await mayChange(tx, person, opdId))) refuse('role.missing');
      const fields = fieldsOf(units, opdId, input, new Set());
      const now = clock.now();
      if (await store.insertPolicy(tx, { id: key, opdId, by: byOf(person), at: now }))
        await store.insertVersion(tx, key, { ...fields, version: 1, since: fields.from, why: null }, byOf(person), now);
      return viewOf(tx, person, await found(tx, person, key));
    });
  }

  async function change(person: SignedIn, id: string, { version, since, why, policy: input }: BodyOf<typeof wire.putPolicy>): Promise<PolicyView> {
    return sql.begin(async (tx) => {
      const policy = await changeable(tx, person, id);
      if (policy.ending) refuse('policy.ended');
      const newest = policy.versions[0]!;
      if (newest.version !== version) refuse('policy.changed');
      const units = await people.opds(tx);
      if (since < todayOf(units, policy.opdId))
        refuse('input.invalid', {}, [{ path: 'since', message: 'hari yang sudah lewat memakai versi lama; pilih hari ini atau sesudahnya' }]);
      const known = new Set(policy.versions.flatMap(({ rules }) => rules.map((rule) => rule.id)));
      const fields = fieldsOf(units, policy.opdId, input, known);
      await store.insertVersion(tx, id, { ...fields, version: version + 1, since, why }, byOf(person), clock.now());
      return viewOf(tx, person, await found(tx, person, id));
    });
  }

  /** Saying the same again changes nothing. */
  async function end(person: SignedIn, id: string, ending: BodyOf<typeof wire.postPolicyEnd>): Promise<PolicyView> {
    return sql.begin(async (tx) => {
      const policy = await changeable(tx, person, id);
      const same = policy.ending && (['lastDay', 'reason', 'successorId'] as const).every((key) => policy.ending?.[key] === ending[key]);
      if (policy.ending && !same) refuse('policy.ended');
      if (same) return viewOf(tx, person, policy);
      const units = await people.opds(tx);
      if (ending.lastDay < addDays(todayOf(units, policy.opdId), -1))
        refuse('input.invalid', {}, [{ path: 'lastDay', message: 'hari yang sudah lewat tetap memakai kebijakan ini; paling awal kemarin' }]);
      if (ending.successorId !== null) {
        const [next] = await store.policies(tx, ending.successorId);
        if (!next || next.id === id || !maySee(person, next.opdId))
          refuse('input.invalid', {}, [{ path: 'successorId', message: 'kebijakan ini tidak ditemukan' }]);
      }
      await store.insertEnding(tx, id, ending, byOf(person), clock.now());
      return viewOf(tx, person, await found(tx, person, id));
    });
  }

  async function putFile(person: SignedIn, id: string, name: string, body: Blob | Uint8Array): Promise<PolicyView> {
    const bytes = Buffer.from(body as Uint8Array);
    const tail = bytes.subarray(-LOOKED_AT);
    const whole = isWhatItSays('application/pdf', bytes.subarray(0, LOOKED_AT), tail) && tail.subarray(-1024).includes('%%EOF');
    return sql.begin(async (tx) => {
      const policy = await changeable(tx, person, id);
      if (bytes.length > MOST_FILE || !whole) refuse('policy.file');
      if (policy.files[0]?.sha256 === createHash('sha256').update(bytes).digest('hex')) return viewOf(tx, person, policy);
      const own = name.split(/[\\/]/).at(-1) || 'edaran';
      const kept = await files.write(tx, { name: /\.pdf$/i.test(own) ? own : `${own}.pdf`, type: 'application/pdf' }, bytes);
      await store.insertFile(tx, id, kept.id, byOf(person), clock.now());
      return viewOf(tx, person, await found(tx, person, id));
    });
  }

  async function file(person: SignedIn, id: string, sha256: string | undefined): Promise<ServedFile> {
    const policy = await found(sql, person, id);
    const row = policy.files.find((one) => sha256 === undefined || one.sha256 === sha256) ?? refuse('not_found');
    return { content: await files.bytesOf(sql, row.fileId, 0, row.size), name: row.name, type: 'application/pdf' };
  }

  async function groundOf(tx: Tx, opdId: string): Promise<Ground> {
    const units = below(await people.opds(tx), opdId);
    const staff = (await people.staffOf(tx, opdId)).flatMap(({ id, unit }) => (unit ? [{ id, unitId: unit.id }] : []));
    const groups = await store.memberships(
      tx,
      staff.map(({ id }) => id),
    );
    return { top: opdId, units, staff, groups };
  }
  const standing = async (tx: Tx): Promise<Standing[]> => (await store.policies(tx)).flatMap(standingOf);

  /** The rules that hold in an OPD between two days, both included, after the narrowest scope has won. */
  const applied = async (tx: Tx, opdId: string, from: string, until: string): Promise<AppliedRule[]> =>
    resolve(await standing(tx), await groundOf(tx, opdId), from, until);

  async function decided(person: SignedIn, opdId: string, asked: string | undefined) {
    const opd = await people.topOpd(sql, opdId);
    if (!opd || opd.id !== opdId || !maySee(person, opdId)) refuse('not_found');
    const units = await people.opds(sql);
    const day = asked ?? dayIn(clock.now(), opd.zone);
    const ground = await groundOf(sql, opdId);
    const { won, lost } = decide(await standing(sql), ground, day);
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

  /** Function groups of people on a day. */
  async function functionsOf(tx: Tx, personIds: readonly string[], day: string): Promise<Map<string, string[]>> {
    const groups = (personIds.length === 0 ? [] : await store.memberships(tx, personIds)).filter((g) => g.from <= day && (g.until === null || day <= g.until));
    return new Map(personIds.map((id) => [id, groups.filter((g) => g.personId === id).map((g) => g.name)]));
  }

  /** By how many rules somebody is at home first on a day: 0 = by none. Why is told to nobody. */
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
          ground.units.filter(({ id }) => units.some((unit) => below(ground.units as Units, unit).some((one) => one.id === id))).map(({ id }) => id),
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

  /** Comes round: whoever keeps a policy is told once that it ends, has ended, or is due for review. */
  async function warn(): Promise<number> {
    const units = await people.opds(sql);
    let told = 0;
    for (const policy of await store.policies(sql)) {
      const warning = warningOn(policy, todayOf(units, policy.opdId));
      if (!warning || warning.days > WARNED_DAYS) continue;
      await sql.begin(async (tx) => {
        if (!(await store.noteWarned(tx, policy.id, warning, clock.now()))) return;
        const { number } = versionOn(policy, warning.on);
        await notifications.notify(tx, {
          kind: 'jadwal',
          personIds: await keepersOf(tx, policy.opdId),
          ref: policy.id,
          words: wordsOf(number, warning),
          path: `/kebijakan/${policy.id}`,
        });
        told += 1;
      });
    }
    return told;
  }
  async function keepersOf(tx: Tx, opdId: string | null): Promise<string[]> {
    if (opdId === null) return [...(await people.holdersOf(tx, 'bkd')), ...(await people.holdersOf(tx, 'administrator'))];
    const admins = [];
    for (const id of await people.holdersOf(tx, 'admin_opd')) if (await people.mayAdminister(tx, { id, roles: [] }, opdId)) admins.push(id);
    return admins;
  }

  const groups = createGroups({ sql, clock, people });
  return {
    routes: policyRoutes({
      list,
      view: (person, id) => sql.begin(async (tx) => viewOf(tx, person, await found(tx, person, id))),
      add,
      change,
      end,
      putFile,
      file,
      decided,
      groups,
    }),
    applied,
    functionsOf,
    homeFirst,
    expiring,
    warn,
    add,
    addToGroup: groups.add,
  };
}

function wordsOf(number: string, { what, on }: Warning): { id: { title: string; text: string }; en: { title: string; text: string } } {
  const day = shortDateText(boundsOf(on, REGION_ZONE).from, REGION_ZONE);
  const words: Record<Warning['what'], [id: string, en: string]> = {
    menjelang: [`${number} berakhir ${day}`, `${number} ends on ${day}`],
    lewat: [`${number} sudah berakhir ${day}`, `${number} ended on ${day}`],
    tinjau: [`${number} waktunya ditinjau (${day})`, `${number} is due for review (${day})`],
  };
  return {
    id: { title: words[what][0], text: 'Perpanjang, ganti, atau cabut supaya jadwal sesudahnya mempunyai dasar.' },
    en: { title: words[what][1], text: 'Prolong, replace or end it, so that later rosters rest on something.' },
  };
}
