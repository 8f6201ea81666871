// Papers of the portal on the wire: what anybody who holds one may know of it.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Instant, Zone } from './people.ts';

export const Verification = z.object({
  paper: z.enum(['daftar_hadir', 'notulen']),
  number: z.string(),
  title: z.string(),
  opdName: z.string(),
  regionName: z.string(),
  chairName: z.string(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  zone: Zone,
  /** When it was frozen: made final, or approved. */
  finalisedAt: Instant,
  present: z.number(),
  invited: z.number(),
  /** Of a notulen: how many it holds. */
  decisions: z.number().nullable(),
  fingerprint: z.string(),
});
export type Verification = z.infer<typeof Verification>;
export const getVerification = endpoint('GET', '/api/verifications/:code', {
  who: 'anyone',
  summary: "What the portal has on record for the code printed on a paper; no personal data beyond the chair's name.",
  params: z.object({ code: z.string().regex(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/) }),
  reply: Verification,
  refusals: ['not_found'],
});
