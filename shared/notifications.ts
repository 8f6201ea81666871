// Notices to one person: what the portal told, over which channels it went, and what the person chose.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, Zone } from './people.ts';

/** What a notice is about. */
export const NoticeKind = z.enum(['rapat', 'pengingat', 'ruang_tunggu', 'tugas', 'notulen', 'konferensi', 'fasilitas', 'presensi', 'jadwal', 'akun']);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** Beside the portal itself, where every notice stands: own devices (Web Push), e-mail, and gateways that an administrator set up. */
export const NoticeChannel = z.enum(['push', 'surel', 'sms', 'whatsapp']);
export type NoticeChannel = z.infer<typeof NoticeChannel>;
export const noticeChannels = NoticeChannel.options;

/**
 * `menunggu`: to be sent at `at`. `terkirim`, `gagal`: at `at`. `tidak_dikirim`: `why` says so: nowhere to reach the person, quiet hours that end too late,
 * no longer true, or read in the portal before.
 */
export const Delivery = z.object({
  channel: NoticeChannel,
  state: z.enum(['menunggu', 'terkirim', 'gagal', 'tidak_dikirim']),
  why: z.enum(['tidak_terjangkau', 'tenang', 'basi', 'dibaca', 'gagal', 'tidak_disetel']).nullable(),
  /** Held until the end of the quiet hours. */
  held: z.boolean(),
  at: Instant,
  detail: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

const Words = z.object({ title: z.string(), text: z.string() });
export const Notice = z.object({
  id: Id,
  kind: NoticeKind,
  words: z.object({ id: Words, en: Words }),
  /** What it opens. */
  path: z.string(),
  urgent: z.boolean(),
  at: Instant,
  readAt: Instant.nullable(),
  deliveries: z.array(Delivery),
});
export type Notice = z.infer<typeof Notice>;

export const NOTICES_A_PAGE = 50;
export const getNotices = endpoint('GET', '/api/me/notices', {
  who: 'signedIn',
  summary: 'Own notices, newest first, at most 50: over which channels each went and when, or why not. `before`: those older than that one.',
  query: z.object({ kind: NoticeKind.optional(), unread: z.enum(['ya']).optional(), before: Id.optional() }),
  reply: z.object({ notices: z.array(Notice), more: z.boolean(), unread: z.number() }),
});
export const getUnread = endpoint('GET', '/api/me/notices/unread', {
  who: 'signedIn',
  summary: 'How many own notices were not read.',
  reply: z.object({ unread: z.number() }),
});
export const postNoticesRead = endpoint('POST', '/api/me/notices/read', {
  who: 'signedIn',
  summary: 'Read: these, or all there are (of one kind). Those of somebody else are not touched.',
  body: z.object({ ids: z.array(Id).max(200).optional(), kind: NoticeKind.optional(), read: z.boolean().default(true) }),
  reply: z.object({ unread: z.number() }),
});

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'tulis sebagai 21:00');
/** From–to in a zone; over midnight where `to` is before `from`. `days`: those it begins on, Monday = 1. */
export const Quiet = z.object({ from: Clock, to: Clock, days: z.array(z.number().int().min(1).max(7)).min(1).max(7), zone: Zone });
export type Quiet = z.infer<typeof Quiet>;
export const Channels = z.record(NoticeKind, z.array(NoticeChannel).max(4));
export type Channels = z.infer<typeof Channels>;

export const Choice = z.object({
  channels: Channels,
  quiet: Quiet.nullable(),
  /** Reminders also of meetings in which somebody represents them. */
  represented: z.boolean(),
});
export type Choice = z.infer<typeof Choice>;
export const Choosing = Choice.extend({
  /** Set up at this portal, and whether this person can be reached there. */
  available: z.array(z.object({ channel: NoticeChannel, reachable: z.boolean() })),
  /** When it was chosen; null = the portal's own. */
  since: Instant.nullable(),
  /** When it was chosen before, newest first. */
  former: z.array(Instant),
});
export type Choosing = z.infer<typeof Choosing>;
export const getNoticeChoice = endpoint('GET', '/api/me/notice-choice', {
  who: 'signedIn',
  summary: 'Over which channels this person hears what, and when they want quiet. Urgent calls ring whatever stands here.',
  reply: Choosing,
});
export const putNoticeChoice = endpoint('PUT', '/api/me/notice-choice', {
  who: 'signedIn',
  summary: 'Choose anew; what was chosen before stays on record.',
  body: Choice,
  reply: Choosing,
  refusals: ['quiet.empty', 'quiet.days'],
});
