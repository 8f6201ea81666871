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
  summary: '200 when the database answers (media may be absent), else 503 with the same body. Answers within two seconds whatever hangs.',
  query: z.object({
    /** `process`: 200 also while the database is away; for whoever would start the process anew. */ of: z.enum(['process', 'portal']).optional(),
  }),
  reply: Health,
  also: 503,
});
export const NotReady = z.enum(['starting', 'closing', 'database', 'migrations', 'media']);
export type NotReady = z.infer<typeof NotReady>;
const ReadyNote = z.enum(['pool exhausted']);
export type ReadyNote = z.infer<typeof ReadyNote>;
export const Ready = z.object({
  ready: z.boolean(),
  /** What speaks against it. */ reasons: z.array(NotReady),
  /** What is slow meanwhile, and no reason to send people elsewhere. */ notes: z.array(ReadyNote),
  version: z.string(),
});
export const getReady = endpoint('GET', '/readyz', {
  who: 'anyone',
  summary: '200 when this process may be given traffic, else 503 with the reasons by name.',
  query: z.object({ /** `media`: not ready either while the media server is away. */ needs: z.enum(['media']).optional() }),
  reply: Ready,
  also: 503,
});
export const getMetrics = endpoint('GET', '/metrics', {
  who: 'anyone',
  summary: 'Figures of this process for Prometheus; needs METRICS_TOKEN as a bearer token. Not there while none is set.',
  reply: file('text/plain'),
  refusals: ['not_found', 'metrics.token'],
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
