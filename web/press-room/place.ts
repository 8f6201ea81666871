// Where this page stands: `/siaran/<slug>`, for a guest of the crew with `#<token>` behind it.
// The token stays in the fragment: no server, log or referrer ever sees it in an address.
export type Place = { slug: string; link: string | null };

export function readPlace({ pathname, hash }: { pathname: string; hash: string }): Place {
  const token = decodeURIComponent(hash.slice(1)).trim();
  return { slug: /^\/siaran\/([a-z0-9-]+)\/?$/.exec(pathname)?.[1] ?? 'tidak-ada', link: token === '' ? null : token };
}
