// Where this page stands: `/r#<link token>` (a personal or guest link), `/r/<meeting id>` (a signed-in person), or `/m/<code>` (the common link of a
// meeting, to its waiting room).
// The token stays in the fragment: no server, log or referrer ever sees it in an address.
// `?periksa` (or `/periksa`, without a meeting): only the check of devices and network.
// `?langsung`: an urgent call was answered, the person is to be inside at once.
export type Place = { link: string | null; meetingId: string | null; code: string | null; atOnce: boolean; check: boolean };

export function readPlace({ pathname, hash, search }: { pathname: string; hash: string; search: string }): Place {
  const token = decodeURIComponent(hash.slice(1)).trim();
  const meetingId = /^\/r\/([0-9a-f-]{36})\/?$/.exec(pathname)?.[1] ?? null;
  const code = /^\/m\/([\w-]{1,64})\/?$/.exec(pathname)?.[1] ?? null;
  const asked = new URLSearchParams(search);
  const check = asked.has('periksa') || /^\/periksa\/?$/.test(pathname);
  return { link: token === '' ? null : token, meetingId, code, atOnce: asked.has('langsung'), check };
}
