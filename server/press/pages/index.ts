// The public pages of the press: made by the server from what everybody may know at this moment, and kept by no cache without asking again.
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { LogQuestion } from '../../../shared/press-floor.ts';
import type { PublicKit } from '../../../shared/press-kit.ts';
import * as wire from '../../../shared/press-pages.ts';
import type { People } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { isDatabaseAway, type Sql, type Tx } from '../../platform/database.ts';
import { languageOf, refuse, type Language } from '../../platform/refusal.ts';
import { serve, type Route, type ServedFile } from '../../platform/serve.ts';
import { calendarOf } from '../calendar.ts';
import type { Conf, Press } from '../index.ts';
import { ConferencePage } from './conference.tsx';
import { createCrewLetters, type CrewLettersWorld } from './crew-letters.ts';
import { createFarewell, type FarewellWorld } from './farewell.ts';
import { feedOf } from './feed.ts';
import { Instead, type Frame } from './layout.tsx';
import { SchedulePage } from './schedule.tsx';

type Showing = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'regionName'>;
  press: Pick<Press, 'announced' | 'bySlug' | 'isPublic' | 'publicView' | 'publicViews'>;
  /** The only way to what is published; before its time there is nothing in it. */
  kit: { published: (tx: Tx, conf: Conf, now: Date) => Promise<PublicKit> };
  floor: { log: (tx: Tx, conferenceId: string) => Promise<LogQuestion[]> };
  /** The one origin pages come from; else where this process listens. Never what a request says. */
  origin: string;
  version: string;
};
type Asked = { request: FastifyRequest; reply: FastifyReply };

const FEED_CONFERENCES = 30;
const OVER = new Set(['selesai', 'arsip']);

export function createPressPages(world: Showing & FarewellWorld & CrewLettersWorld) {
  createCrewLetters(world);
  const farewell = createFarewell(world);
  const routes = [
    ...pageRoutes(world),
    serve(wire.getThanks, ({ params }) => farewell.thanked(params.id)),
    serve(wire.postThanks, ({ params }) => farewell.thankAll(params.id)),
  ];
  return { routes };
}

export function pageRoutes({ sql, clock, people, press, kit, floor, origin, version }: Showing): Route[] {
  const frameOf = async (path: string, language: Language): Promise<Frame> => ({ language, regionName: await people.regionName(sql), path, origin, version });

  async function found(slug: string): Promise<Conf | null> {
    const conf = /^[a-z0-9-]{3,120}$/.test(slug) ? await press.bySlug(sql, slug) : null;
    return conf && press.isPublic(conf) ? conf : null;
  }

  async function schedule(language: Language): Promise<string> {
    const conferences = await press.publicViews(sql, await press.announced(sql));
    return html(createElement(SchedulePage, { frame: await frameOf('/pers', language), conferences }));
  }

  async function one(slug: string, language: Language): Promise<string | null> {
    const conf = await found(slug);
    if (!conf) return null;
    const [conference, published, log] = await Promise.all([
      press.publicView(sql, conf),
      kit.published(sql, conf, clock.now()),
      OVER.has(conf.state) ? floor.log(sql, conf.id) : null,
    ]);
    return html(createElement(ConferencePage, { frame: await frameOf(`/pers/${conf.slug}`, language), conference, kit: published, log }));
  }

  async function calendar(slug: string | null): Promise<string> {
    const confs = slug === null ? await press.announced(sql) : [(await found(slug)) ?? refuse('not_found')];
    const views = new Map((await press.publicViews(sql, confs)).map((view) => [view.id, view]));
    const entries = confs.flatMap((conf) => {
      const view = views.get(conf.id);
      return view ? [{ conf, view }] : [];
    });
    const name = slug === null ? `Konferensi pers ${await people.regionName(sql)}` : (entries[0]?.view.title ?? '');
    return calendarOf(entries, { name, origin, now: clock.now() });
  }

  async function feed(): Promise<string> {
    const confs = (await press.announced(sql)).slice(0, FEED_CONFERENCES);
    const now = clock.now();
    const views = await press.publicViews(sql, confs);
    const entries = await Promise.all(confs.map(async (conf, n) => ({ conf, view: views[n]!, kit: await kit.published(sql, conf, now) })));
    return feedOf(entries, { regionName: await people.regionName(sql), origin });
  }

  /** Asked again each time, and answered in two lines while it is the same. */
  function unlessSame({ request, reply }: Asked, content: string, vary: boolean): ServedFile | void {
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
    void reply.header('cache-control', 'no-cache').header('etag', tag);
    if (vary) void reply.header('vary', 'accept-language');
    if (request.headers['if-none-match']?.split(/,\s*/).some((known) => known.replace(/^W\//, '') === tag)) {
      void reply.code(304).send();
      return;
    }
    return { content };
  }

  /** Whoever reads pages gets a page, also where there is none, or the database is away. */
  async function paged(asked: Asked, language: Language, make: () => Promise<string | null>): Promise<ServedFile> {
    try {
      const page = await make();
      if (page !== null) return unlessSame(asked, page, true) as ServedFile;
      return instead(asked, 404, 'missing', await frameOf('/pers', language));
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      asked.reply.header('retry-after', '5');
      return instead(asked, 503, 'broken', { language, regionName: '', path: '/pers', origin, version });
    }
  }

  function instead({ reply }: Asked, status: number, why: 'missing' | 'broken', frame: Frame): ServedFile {
    void reply.code(status).header('cache-control', 'no-store');
    return { content: html(createElement(Instead, { frame, why })) };
  }

  return [
    serve(wire.getSchedulePage, ({ query, ...asked }) => {
      const language = chosen(query, asked);
      return paged(asked, language, () => schedule(language));
    }),
    serve(wire.getConferencePage, ({ params, query, ...asked }) => {
      const language = chosen(query, asked);
      return paged(asked, language, () => one(params.slug, language));
    }),
    serve(wire.getScheduleCalendar, async ({ reply }) => fresh(reply, await calendar(null))),
    serve(wire.getConferenceCalendar, async ({ params, reply }) => fresh(reply, await calendar(params.slug))),
    serve(wire.getPressFeed, async (asked) => unlessSame(asked, await feed(), false) as ServedFile),
  ];
}

const html = (page: ReactElement): string => `<!doctype html>${renderToStaticMarkup(page)}`;

const chosen = ({ bahasa }: { bahasa?: string | undefined }, { request }: Asked): Language =>
  bahasa === 'en' || bahasa === 'id' ? bahasa : languageOf(request.headers['accept-language']);

function fresh(reply: FastifyReply, content: string): ServedFile {
  void reply.header('cache-control', 'no-cache');
  return { content };
}
