// RSS 2.0: announced, called off, published. What is under embargo has no item.
import { Feed } from 'feed';
import type { PublicKit } from '../../../shared/press-kit.ts';
import { clockText, dateText } from '../../platform/local-time.ts';
import type { PublicView } from '../showing.ts';
import type { Conf } from '../store.ts';

export type FeedEntry = { conf: Pick<Conf, 'id' | 'announcedAt' | 'cancelledAt'>; view: PublicView; kit: PublicKit };

export function feedOf(entries: readonly FeedEntry[], { regionName, origin }: { regionName: string; origin: string }): string {
  const items = entries.flatMap((entry) => itemsOf(entry, origin)).sort((a, b) => b.date.getTime() - a.date.getTime());
  const feed = new Feed({
    id: `${origin}/pers`,
    title: bare(`Konferensi pers ${regionName}`),
    description: bare(`Pengumuman konferensi pers dan siaran pers ${regionName}`),
    link: `${origin}/pers`,
    language: 'id',
    generator: false,
    updated: items[0]?.date ?? new Date(0),
    feedLinks: { rss: `${origin}/pers/rss.xml` },
  });
  for (const item of items) feed.addItem(item);
  return feed.rss2();
}

function itemsOf({ conf, view, kit }: FeedEntry, origin: string) {
  const link = `${origin}/pers/${view.slug}`;
  const starts = new Date(view.startsAt);
  const when = `${dateText(starts, view.zone)}, ${clockText(starts, view.zone)}`;
  const item = (mark: string, date: Date, title: string, text: string) => ({
    // Of this conference, not of its address or title.
    guid: `${conf.id}#${mark}`,
    id: `${conf.id}#${mark}`,
    link,
    date,
    title: asText(title),
    description: text
      .split(/\n+/)
      .map((part) => `<p>${asText(part)}</p>`)
      .join(''),
  });
  const releases = kit.items.filter(({ kind }) => kind === 'siaran');
  const others = kit.items.filter(({ kind }) => kind !== 'siaran');
  const newest = others
    .map(({ publishedAt }) => publishedAt)
    .toSorted()
    .at(-1);
  return [
    ...(conf.announcedAt === null ? [] : [item('diumumkan', conf.announcedAt, `Konferensi pers: ${view.title}`, `${when}. ${view.opdName}.\n${view.summary}`)]),
    ...(conf.cancelledAt === null ? [] : [item('dibatalkan', conf.cancelledAt, `Dibatalkan: ${view.title}`, view.cancelReason ?? '')]),
    ...releases.map((one) => item(`siaran-${one.id}`, new Date(one.publishedAt), `Siaran pers: ${one.title}`, firstWords(one.release ?? []))),
    ...(newest === undefined ? [] : [item('materi', new Date(newest), `Materi pers: ${view.title}`, others.map(({ title }) => title).join('\n'))]),
  ];
}

const firstWords = (blocks: NonNullable<PublicKit['items'][number]['release']>): string =>
  blocks
    .filter(({ kind }) => kind === 'paragraph')
    .slice(0, 2)
    .map(({ runs }) => runs.map(({ text }) => text).join(''))
    .join('\n');

/** What may stand in XML 1.0, without control characters and half pairs. */
const bare = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]|[\p{Cs}\uFFFE\uFFFF]/gu, ' ');
/** Readers take titles and texts for HTML. */
const asText = (text: string): string => bare(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
