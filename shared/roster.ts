// Day codes: who is at the office, who at home. The generator, policies and swaps come with the roster work.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, line } from './people.ts';

export const DayCode = z.enum(['WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR']);
export type DayCode = z.infer<typeof DayCode>;

export const putDayCodes = endpoint('PUT', '/api/opds/:id/day-codes', {
  who: ['admin_opd', 'administrator'],
  summary: 'Set the day code of people of an OPD; a former code stays on record.',
  params: ById,
  body: z.object({
    date: Day,
    basis: line(200),
    codes: z
      .array(z.object({ personId: Id, code: DayCode }))
      .min(1)
      .max(1000),
  }),
});
