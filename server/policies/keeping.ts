// A policy is entered, changed from a day on, ended, and its signed paper put beside it.
import { createHash } from 'node:crypto';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { PolicyView } from '../../shared/policies.ts';
import type * as wire from '../../shared/policies.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import { addDays } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { Scanner } from '../platform/scanner.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import { isWhatItSays, LOOKED_AT } from '../platform/sniff.ts';
import type { People } from '../people/index.ts';
import { checkFields } from './policy.ts';
import type { Reading } from './reading.ts';
import type { Rights } from './rights.ts';
import * as store from './store.ts';
import { below, isOpd, type Units } from './units.ts';

type World = {
  sql: Sql;
  clock: Clock;
  files: Pick<Files, 'write' | 'bytesOf'>;
  scanner: Pick<Scanner, 'judge'>;
  people: Pick<People, 'opds'>;
  rights: Rights;
  reading: Reading;
};
type Input = BodyOf<typeof wire.postPolicy>['policy'];

const MOST_FILE = 5 * 1024 * 1024;

export function createKeeping({ sql, clock, files, scanner, people, rights, reading }: World) {
  const { maySee, mayChange, todayOf, found, changeable } = rights;
  const { viewOf } = reading;

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

  /** `key` becomes its id: the same asked again adds nothing. 404: another's OPD; `role.missing`; `input.invalid` names the rule and the field. */
  async function add(person: SignedIn, { key, opdId, policy: input }: BodyOf<typeof wire.postPolicy>): Promise<PolicyView> {
    return sql.begin(async (tx) => {
      const units = await people.opds(tx);
      if (opdId !== null && !(isOpd(units, opdId) && maySee(person, opdId))) refuse('not_found');
      if (!(await mayChange(tx, person, opdId))) refuse('role.missing');
      const fields = fieldsOf(units, opdId, input, new Set());
      const now = clock.now();
      if (await store.insertPolicy(tx, { id: key, opdId, by: byOf(person), at: now }))
        await store.insertVersion(tx, key, { ...fields, version: 1, since: fields.from, why: null }, byOf(person), now);
      return viewOf(tx, person, await found(tx, person, key));
    });
  }

  /** A version more, from `since` on. `policy.changed`: somebody was first; `policy.ended`; `input.invalid` also for a day that is over. */
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

  /** Once (`policy.ended`), from yesterday on at the earliest. Saying the same again changes nothing. */
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

  /** A PDF of 5 MiB at most (`policy.file`); the same again adds nothing, a former one stays. */
  async function putFile(person: SignedIn, id: string, name: string, body: Blob | Uint8Array): Promise<PolicyView> {
    const bytes = Buffer.from(body as Uint8Array);
    const tail = bytes.subarray(-LOOKED_AT);
    const whole = isWhatItSays('application/pdf', bytes.subarray(0, LOOKED_AT), tail) && tail.subarray(-1024).includes('%%EOF');
    await sql.begin((tx) => changeable(tx, person, id));
    if (bytes.length > MOST_FILE || !whole) refuse('policy.file');
    await scanner.judge(name, bytes);
    return sql.begin(async (tx) => {
      const policy = await changeable(tx, person, id);
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

  return { add, change, end, putFile, file };
}
