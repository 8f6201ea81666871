// Pages, calendar and feed of the press for everybody: made by the server, readable without an account and without script.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ById, Instant } from './people.ts';

/** Whatever stands in the address: a wrong one gets a page, not a word of the interface. */
const Address = z.object({ slug: z.string().max(300) });
const InLanguage = z.object({ bahasa: z.string().max(20).optional().catch(undefined) });

export const getSchedulePage = endpoint('GET', '/pers', {
  who: 'anyone',
  summary: 'The schedule of press conferences as a page: on air, to come, past. Language by Accept-Language, or ?bahasa=en.',
  query: InLanguage,
  reply: file('text/html'),
});
export const getConferencePage = endpoint('GET', '/pers/:slug', {
  who: 'anyone',
  summary: 'One announced conference as a page: who, when, how to join; what is published; from the end on the question log.',
  params: Address,
  query: InLanguage,
  reply: file('text/html'),
});
export const getScheduleCalendar = endpoint('GET', '/pers/jadwal.ics', {
  who: 'anyone',
  summary: 'All announced conferences as a calendar to subscribe to (RFC 5545); those called off stay in it, as such.',
  reply: file('text/calendar'),
});
export const getConferenceCalendar = endpoint('GET', '/pers/:slug/acara.ics', {
  who: 'anyone',
  summary: 'One announced conference for a calendar.',
  params: Address,
  reply: file('text/calendar'),
});
export const getPressFeed = endpoint('GET', '/pers/rss.xml', {
  who: 'anyone',
  summary: 'RSS 2.0: announcements, cancellations, and what was published, from its time on.',
  reply: file('application/rss+xml'),
});

/** Letters of thanks after the end. `sentAt`: when they were first asked for; null = not yet. `mails`: letters go out from this portal. */
export const Thanks = z.object({ letters: z.number(), sentAt: Instant.nullable(), mails: z.boolean() });
export type Thanks = z.infer<typeof Thanks>;
export const getThanks = endpoint('GET', '/api/conferences/:id/thanks', {
  who: ['operator_dkis'],
  summary: 'How many journalists were thanked by mail, and since when.',
  params: ById,
  reply: Thanks,
});
export const postThanks = endpoint('POST', '/api/conferences/:id/thanks', {
  who: ['operator_dkis'],
  summary: 'Thank every journalist of this conference by mail, once, with links to page, release and question log. Archiving does it too.',
  params: ById,
  reply: Thanks,
  refusals: ['thanks.not_over'],
});
