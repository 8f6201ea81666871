// Whether somebody is ready before the meeting: what their own check found, kept with their invitation. Never which devices they have.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { Badge, Ticket } from './meetings.ts';
import { Member } from './member.ts';
import { ById, Instant } from './people.ts';

export const ReadinessProblem = z.enum(['mikrofon', 'kamera', 'suara', 'jaringan', 'peramban']);
export type ReadinessProblem = z.infer<typeof ReadinessProblem>;
/** How sound and picture reach the media server. */
export const MediaPath = z.enum(['udp', 'tcp', 'turn']);
export type MediaPath = z.infer<typeof MediaPath>;
const most = (max: number) => z.number().int().min(0).max(max).nullable().default(null);
const Checked = {
  problems: z.array(ReadinessProblem).max(5),
  path: MediaPath.nullable().default(null),
  roundTripMs: most(60_000),
  upKbit: most(10_000_000),
  downKbit: most(10_000_000),
};
export const Readiness = z.object({ ...Checked, state: z.enum(['siap', 'masalah', 'belum']), checkedAt: Instant.nullable() });
export type Readiness = z.infer<typeof Readiness>;
export const ReadinessRow = z.object({
  member: Member,
  name: z.string(),
  position: z.string().nullable(),
  opdName: z.string().nullable(),
  badge: Badge,
  readiness: Readiness,
});
export type ReadinessRow = z.infer<typeof ReadinessRow>;

export const putReadiness = endpoint('PUT', '/api/meetings/:id/readiness/me', {
  who: 'member',
  summary: 'What the own check of camera, microphone, sound and network found; the newest counts.',
  params: ById,
  body: z.object(Checked),
  reply: Readiness,
  refusals: ['meeting.removed', 'meeting.ended', 'meeting.cancelled', 'link.revoked', 'link.other_device'],
});
export const getMyReadiness = endpoint('GET', '/api/meetings/:id/readiness/me', {
  who: 'member',
  summary: 'What the own last check found.',
  params: ById,
  reply: Readiness,
  refusals: ['meeting.removed', 'link.revoked', 'link.other_device'],
});
export const getReadiness = endpoint('GET', '/api/meetings/:id/readiness', {
  who: 'signedIn',
  summary: 'Who of the invited has checked and what was found; for who leads, serves or prepares the meeting.',
  params: ById,
  reply: z.array(ReadinessRow),
  refusals: ['meeting.removed', 'readiness.not_host'],
});
export const postCheckTicket = endpoint('POST', '/api/readiness/ticket', {
  who: 'member',
  summary: 'A ticket into the room of checks: seen by nobody, sending nothing, only to learn by which path the media server is reached.',
  reply: Ticket,
  refusals: ['media.unavailable', 'link.revoked', 'link.other_device'],
});
export const CHECK_BYTES = 384 * 1024;
export const getCheckBytes = endpoint('GET', '/api/readiness/bytes', {
  who: 'member',
  summary: 'As many bytes as the check of the speed of the network takes down; of no meaning.',
  reply: file('application/octet-stream'),
  refusals: ['link.revoked', 'link.other_device'],
});
export const postCheckBytes = endpoint('POST', '/api/readiness/bytes', {
  who: 'member',
  summary: 'As many bytes as the check of the speed of the network takes up; kept nowhere.',
  bodyType: 'application/octet-stream',
  body: z.instanceof(Uint8Array),
  refusals: ['link.revoked', 'link.other_device'],
});
