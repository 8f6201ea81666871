// The notice before the first capture, on the wire.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Instant } from './people.ts';

/** What is told before the first capture, as it is shown and as its fingerprint is taken. */
export const NoticeText = z.object({ title: z.string(), points: z.array(z.object({ label: z.string(), text: z.string() })) });
export type NoticeText = z.infer<typeof NoticeText>;
export const Notice = z.object({ version: z.number(), since: Instant, id: NoticeText, en: NoticeText });
export type Notice = z.infer<typeof Notice>;

/** For one who is about to enter: `texts` until this version was acknowledged, then when that was. */
export const NoticeState = z.object({
  version: z.number(),
  acknowledgedAt: Instant.nullable(),
  texts: z.object({ id: NoticeText, en: NoticeText }).nullable(),
});
export type NoticeState = z.infer<typeof NoticeState>;

export const getNotice = endpoint('GET', '/api/notices/:version', {
  who: 'anyone',
  summary: 'A version of the notice on recording attendance, in both languages.',
  params: z.object({ version: z.coerce.number().int().min(0).max(100_000) }),
  reply: Notice,
  refusals: ['not_found'],
});
