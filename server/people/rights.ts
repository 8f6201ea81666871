// Who may change whose record.
import type { Role } from '../../shared/people.ts';
import { refuse } from '../platform/refusal.ts';

/** Whoever acts: a signed-in person, or the portal itself (`id` null) at its first start. */
export type Actor = { id: string | null; roles: readonly Role[] };
export const portalItself: Actor = { id: null, roles: ['administrator'] };

export type Granted = { role: 'admin_opd' | 'operator_dkis' | 'bkd' | 'administrator'; opdId: string | null };

/** Of which OPDs the actor is the admin; an administrator of every one. */
export type Reach = { all: boolean; opds: ReadonlySet<string> };
export const reaches = (reach: Reach, topOpdId: string | null): boolean => reach.all || (topOpdId !== null && reach.opds.has(topOpdId));

/** Somebody else's object does not exist for the caller. */
export function requireReach(reach: Reach, topOpdId: string | null): void {
  if (!reaches(reach, topOpdId)) refuse('not_found');
}

/** An OPD's admin who could reset the password of an administrator would be one: accounts with granted roles are the administrator's. */
export function requireOrdinary(reach: Reach, granted: readonly Granted[]): void {
  if (!reach.all && granted.length > 0) refuse('role.missing');
}
