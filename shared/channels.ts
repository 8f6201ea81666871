// Ringing without an open tab, on the wire: a person's own devices (Web Push), and the gateways of the region.
import { z } from 'zod';
import { GatewayChannel, HopState } from './calls.ts';
import { endpoint } from './endpoint.ts';
import { ById, Id, Instant, line } from './people.ts';

/** What the last ring that was sent came to. `detail`: why it failed, in words. */
export const Result = z.object({ state: HopState, detail: z.string().nullable(), at: Instant, trial: z.boolean() });
export type Result = z.infer<typeof Result>;

/** `mark`: SHA-256 of its address at the push service, so that a browser knows which one it is itself. */
export const Device = z.object({ id: Id, name: z.string(), mark: z.string(), since: Instant, seenAt: Instant, last: Result.nullable() });
export type Device = z.infer<typeof Device>;

export const OwnDevices = z.object({
  /** Which key browsers subscribe with; null = this portal sends no Web Push. */
  publicKey: z.string().nullable(),
  devices: z.array(Device),
  /** A device rings for this long after the portal was last opened on it. */
  days: z.number(),
});
export type OwnDevices = z.infer<typeof OwnDevices>;

const base64url = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .regex(/^[\w-]+=*$/);

export const getDevices = endpoint('GET', '/api/push', {
  who: 'signedIn',
  summary: 'The own devices that ring while the portal is closed, and the key to subscribe with (null = Web Push is off).',
  reply: OwnDevices,
});
export const postDevice = endpoint('POST', '/api/push/devices', {
  who: 'signedIn',
  summary: 'This browser rings while the portal is closed. The same one again only counts as seen; another person takes it over.',
  body: z.object({
    endpoint: z.url().max(2000),
    keys: z.object({ p256dh: base64url(80, 100), auth: base64url(16, 40) }),
    language: z.enum(['id', 'en']),
  }),
  reply: Device,
  refusals: ['push.off', 'push.host', 'push.too_many'],
});
export const deleteDevice = endpoint('DELETE', '/api/push/devices/:id', {
  who: 'signedIn',
  summary: 'An own device rings no more; its address is forgotten. Removing twice is removing once.',
  params: ById,
});
export const postDeviceTrial = endpoint('POST', '/api/push/devices/:id/trial', {
  who: 'signedIn',
  summary: 'A trial ring to an own device. Whether it rang is in the list of devices a moment later.',
  params: ById,
  reply: Result,
  refusals: ['push.off', 'limit.reached'],
});
export const postRang = endpoint('POST', '/api/push/rings/:id', {
  who: 'anyone',
  summary: 'A device says that a ring arrived, or is shown. Who knows its id was sent it. Answers whether it still rings.',
  params: ById,
  body: z.object({ state: z.enum(['diterima', 'berdering']) }),
  reply: z.object({ rings: z.boolean() }),
});

export const Gateway = z.object({
  id: Id,
  name: z.string(),
  channel: GatewayChannel,
  url: z.string(),
  enabled: z.boolean(),
  secretVersion: z.number(),
  changedAt: Instant,
  changedByName: z.string().nullable(),
  /** The latest, newest first, at most five. */
  results: z.array(Result),
});
export type Gateway = z.infer<typeof Gateway>;
const GatewayFields = z.object({ name: line(60), url: z.url().max(500), enabled: z.boolean() });

export const getGateways = endpoint('GET', '/api/gateways', {
  who: ['administrator'],
  summary: 'Gateways for SMS, WhatsApp, SIP and e-mail, with the latest results of each.',
  reply: z.array(Gateway),
});
export const postGateway = endpoint('POST', '/api/gateways', {
  who: ['administrator'],
  once: true,
  summary: 'Set up a gateway: an address that takes signed webhooks. https only; http only on this machine.',
  body: GatewayFields.extend({ channel: GatewayChannel }),
  reply: Gateway,
  refusals: ['gateway.url'],
});
export const putGateway = endpoint('PUT', '/api/gateways/:id', {
  who: ['administrator'],
  summary: 'Change name, address or whether it is used.',
  params: ById,
  body: GatewayFields,
  reply: Gateway,
  refusals: ['gateway.url'],
});
export const deleteGateway = endpoint('DELETE', '/api/gateways/:id', {
  who: ['administrator'],
  summary: 'Remove a gateway: nothing is sent through it, and its reports are refused.',
  params: ById,
});
const GatewaySecret = z.object({ secret: z.string(), version: z.number() });
export const postGatewaySecret = endpoint('POST', '/api/gateways/:id/secret', {
  who: ['administrator'],
  fresh: true,
  summary: 'Show what webhooks of this gateway are signed with, or renew it (the former one holds no more). Either stands on record.',
  params: ById,
  body: z.object({ renew: z.boolean() }),
  reply: GatewaySecret,
});
export const postGatewayTrial = endpoint('POST', '/api/gateways/:id/trial', {
  who: ['administrator'],
  summary: 'Send a trial through a gateway to oneself, and say what it answered.',
  params: ById,
  reply: Result,
  refusals: ['gateway.no_contact', 'limit.reached'],
});
export const postGatewayReport = endpoint('POST', '/api/gateways/:id/reports', {
  who: 'anyone',
  summary:
    'A gateway says what became of a delivery: {id, state: diterima | berdering | gagal, detail?}. Signed as the webhooks it got (webhook-id, webhook-timestamp, webhook-signature); each report once.',
  params: ById,
  bodyType: 'application/webhook+json',
  body: z.string().max(4000),
  refusals: ['gateway.signature', 'gateway.replayed'],
});
export const Report = z.object({ id: Id, state: z.enum(['diterima', 'berdering', 'gagal']), detail: z.string().trim().max(200).optional() });
