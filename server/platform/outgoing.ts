// Calls to somebody else's server: to an address that was checked, answered within seconds, never sent on to another one.
const DEADLINE_MS = 5_000;

/** https; http only to this machine. */
export function mayBeCalled(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** What came back: a status (a redirect is one, and not followed), or why nothing did. `retryAfterMs`: as it asked. */
export type Answer = { status: number; retryAfterMs: number | null } | { status: null; why: 'timeout' | 'unreachable' };

export async function post(address: string, { headers, body }: { headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> }): Promise<Answer> {
  try {
    const response = await fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(DEADLINE_MS) });
    await response.body?.cancel().catch(() => {});
    const after = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { status: response.status, retryAfterMs: Number.isFinite(after) ? after * 1000 : null };
  } catch (error) {
    return { status: null, why: (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable' };
  }
}
