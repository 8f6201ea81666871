// The frame of every public page: whose it is, the other language, and where to subscribe.
import type { ReactNode } from 'react';
import type { Language } from '../../platform/refusal.ts';
import { words } from './words.ts';

export type Frame = {
  language: Language;
  regionName: string;
  /** Path of this page, without the language. */
  path: string;
  origin: string;
  /** Of the portal: a new one asks for the styles anew. */
  version: string;
};
type Props = Frame & {
  title: string;
  description: string;
  kind?: 'website' | 'article';
  calendar?: string;
  watching?: { slug: string; state: string };
  children: ReactNode;
};

export function Layout({ language, regionName, path, origin, version, title, description, kind = 'website', calendar, watching, children }: Props) {
  const w = words[language];
  const whole = path === '/pers' ? `${title} – ${regionName}` : `${title} – ${w.title} ${regionName}`;
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{whole}</title>
        <meta name="description" content={description} />
        <meta name="color-scheme" content="light dark" />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:type" content={kind} />
        <meta property="og:url" content={`${origin}${path}`} />
        <meta property="og:site_name" content={`${w.press} ${regionName}`} />
        <meta property="og:locale" content={language === 'id' ? 'id_ID' : 'en_GB'} />
        <link rel="canonical" href={`${origin}${path}`} />
        <link rel="alternate" hrefLang="id" href={`${origin}${path}?bahasa=id`} />
        <link rel="alternate" hrefLang="en" href={`${origin}${path}?bahasa=en`} />
        <link rel="alternate" type="application/rss+xml" title={w.title} href="/pers/rss.xml" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={`/pers.css?v=${version}`} />
        {watching && <script defer src={`/pers.js?v=${version}`} data-slug={watching.slug} data-state={watching.state} />}
      </head>
      <body className="pers">
        <header className="pers-head">
          <a className="pers-mark" href={to('/pers', language)} aria-label={`${w.press} ${regionName}`}>
            <img src="/icon.svg" alt="" width="32" height="32" />
            <span>
              <b>{w.press}</b>
              <small>{regionName}</small>
            </span>
          </a>
          <a href={`${path}?bahasa=${w.otherTag}`} hrefLang={w.otherTag} lang={w.otherTag}>
            {w.other}
          </a>
        </header>
        <main className="pers-main">{children}</main>
        <footer className="pers-foot">
          {path !== '/pers' && <a href={to('/pers', language)}>{w.schedule}</a>}
          <a href={calendar ?? '/pers/jadwal.ics'}>{w.calendar}</a>
          <a href="/pers/rss.xml">{w.feed}</a>
          <a href="/">{w.office}</a>
        </footer>
      </body>
    </html>
  );
}

/** The language goes with every step, for it is remembered nowhere. */
export const to = (path: string, language: Language): string => `${path}?bahasa=${language}`;

/** A page that is not there, or cannot be made now. */
export function Instead({ frame, why }: { frame: Frame; why: 'missing' | 'broken' }) {
  const w = words[frame.language];
  const [title, how] = why === 'missing' ? [w.missing, w.missingHow] : [w.broken, w.brokenHow];
  return (
    <Layout {...frame} title={title} description={how}>
      <h1>{title}</h1>
      <p className="pers-lead">{how}</p>
      <p>
        <a className="btn btn-plain" href={to('/pers', frame.language)}>
          {w.schedule}
        </a>
      </p>
    </Layout>
  );
}
