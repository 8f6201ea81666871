// Is the portal well, and what can it be asked.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';

export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  database: z.enum(['ok', 'down']),
  media: z.enum(['ok', 'down', 'absent']),
  /** What somebody should look at; the page of disturbances says more. */
  alarms: z.array(z.string()),
  version: z.string(),
});
export const getHealth = endpoint('GET', '/healthz', {
  who: 'anyone',
  summary: '200 when the database answers (media may be absent), else 503 with the same body.',
  reply: Health,
});
export const getOpenApi = endpoint('GET', '/api/openapi.json', {
  who: 'anyone',
  summary: 'This interface as OpenAPI 3.1, generated from the endpoint values.',
  reply: z.record(z.string(), z.unknown()),
});
export const getDocs = endpoint('GET', '/api/docs', {
  who: 'anyone',
  summary: 'This interface as a page to read.',
  reply: file('text/html'),
});
