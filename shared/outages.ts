// When the portal, its database or its media server was away: on reports, and as a register on the wire.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { Instant, Zone } from './people.ts';

/** `database`: the portal ran but its database did not answer. */
export const OutageKind = z.enum(['portal', 'database', 'media']);
export type OutageKind = z.infer<typeof OutageKind>;

/** `to: null` = it is away now. */
export const OutageWindow = z.object({ what: OutageKind, from: Instant, to: Instant.nullable() });
export type OutageWindow = z.infer<typeof OutageWindow>;

const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);
const readers = ['bkd', 'administrator', 'admin_opd', 'kepala_opd'] as const;

export const OutageRegister = z.object({
  /** `2026-11`, in `zone`. */
  month: Month,
  zone: Zone,
  outages: z.array(OutageWindow.extend({ minutes: z.number(), /** Meetings and press conferences that ran at the time. */ meetings: z.number() })),
  /** In all; what was away at once counts once. */
  minutes: z.number(),
  /** What somebody should look at now; names as in `/healthz`, and `away_<what>` for an outage that goes on. */
  alarms: z.array(z.object({ what: z.string(), since: Instant, detail: z.string() })),
});
export type OutageRegister = z.infer<typeof OutageRegister>;

export const getOutages = endpoint('GET', '/api/outages', {
  who: readers,
  summary:
    'When the portal, its database or its media server was away, by month (of the reader’s office; this month when none is named), and the alarms of now.',
  query: z.object({ month: Month.optional() }),
  reply: OutageRegister,
});
export const getOutagesPdf = endpoint('GET', '/api/outages.pdf', {
  who: readers,
  summary: 'Surat keterangan gangguan: the outages of a month as an official paper of the reader’s OPD, to be signed.',
  query: z.object({ month: Month.optional() }),
  reply: file('application/pdf'),
  refusals: ['pdf.unavailable'],
});
