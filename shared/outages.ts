// When the portal, its database or its media server was away: on reports, and as a register on the wire.
import { z } from 'zod';
import { Instant } from './people.ts';

/** `database`: the portal ran but its database did not answer. */
export const OutageKind = z.enum(['portal', 'database', 'media']);
export type OutageKind = z.infer<typeof OutageKind>;

/** `to: null` = it is away now. */
export const OutageWindow = z.object({ what: OutageKind, from: Instant, to: Instant.nullable() });
export type OutageWindow = z.infer<typeof OutageWindow>;
