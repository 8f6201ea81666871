// Who must have a second factor, and who lacks one.
import type { FactorRole } from '../../shared/sign-in.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as store from './factor-store.ts';
import { dueAt } from './second-factor.ts';

export type FactorRules = ReturnType<typeof createFactorRules>;

export function createFactorRules({ sql, clock }: { sql: Sql; clock: Clock }) {
  async function rules(tx: Tx) {
    const all = await store.rules(tx);
    const people = await store.standings(tx, clock.now(), null);
    const asked = new Set(all.filter((r) => r.required).map((r) => r.role));
    const of = (role: FactorRole) => people.filter((p) => p.roles.includes(role));
    return {
      rules: all.map(({ role, required, graceDays, at, byName }) => ({
        role,
        required,
        graceDays,
        at: at.toISOString(),
        byName,
        must: of(role).length,
        lack: of(role).filter((p) => !p.hasFactor).length,
      })),
      lacking: people
        .map((p) => ({ ...p, roles: p.roles.filter((role): role is FactorRole => asked.has(role as FactorRole)) }))
        .filter((p) => !p.hasFactor && p.roles.length > 0)
        .map(({ id, name, opd, roles, toldSince }) => ({ id, name, opd, roles, due: toldSince && (dueAt(all, roles, toldSince)?.toISOString() ?? null) })),
    };
  }

  async function setRule(by: SignedIn | null, role: FactorRole, { required, graceDays }: { required: boolean; graceDays: number }): Promise<void> {
    await sql.begin(async (tx) => {
      const now = (await store.rules(tx)).find((r) => r.role === role);
      if (now?.required === required && now.graceDays === graceDays) return;
      await store.insertRule(tx, { role, required, graceDays, by: by?.id ?? null, at: clock.now() });
    });
  }

  return { rules, setRule };
}
