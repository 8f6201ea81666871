// Calls a portal in another process, as a browser would: cookies, its own origin, perhaps a personal link.
import type { CallOf, Endpoint, ReplyOf } from '../../shared/endpoint.ts';
import { postTicket } from '../../shared/meetings.ts';
import type { RefusalBody, RefusalCode } from '../../shared/refusals.ts';

/** As the pages: a portal that does not answer is asked again. */
const ANSWER_WITHIN_MS = 30_000;

/** The portal answered, and not with what was asked. `code` null = not in the portal's own words. */
export class CallFailed extends Error {
  readonly status: number;
  readonly code: RefusalCode | null;
  constructor(endpoint: Endpoint, status: number, text: string) {
    super(`${endpoint.method} ${endpoint.path}: ${status} ${text}`);
    this.status = status;
    this.code = codeOf(text);
  }
}

function codeOf(text: string): RefusalCode | null {
  try {
    return (JSON.parse(text) as RefusalBody).error.code;
  } catch {
    return null;
  }
}

export type PortalClient = ReturnType<typeof portalClient>;

export function portalClient(origin: string, link?: string) {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  function keep({ headers }: Response): void {
    for (const set of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
  }

  /** The page, which leaves its mark: nobody writes without having seen it. */
  async function openPage(): Promise<void> {
    const response = await fetch(origin, { headers: { cookie: cookie() }, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await response.arrayBuffer();
    keep(response);
  }

  async function call<const E extends Endpoint>(endpoint: E, given: CallOf<E>): Promise<ReplyOf<E>> {
    if (endpoint.method !== 'GET' && cookies.size === 0) await openPage();
    const { params, query, body: said } = given as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };
    // Whoever asks for a ticket has read the notice.
    const body = endpoint.path === postTicket.path ? { notice: 1, ...(said as object) } : said;
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
    const asked = Object.entries(query ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
    const response = await fetch(`${origin}${path}${asked.length > 0 ? `?${new URLSearchParams(asked).toString()}` : ''}`, {
      method: endpoint.method,
      headers: { origin, cookie: cookie(), ...(link !== undefined && { 'x-tautan': link }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    keep(response);
    if (!response.ok) throw new CallFailed(endpoint, response.status, await response.text());
    return (response.status === 204 ? undefined : await response.json()) as ReplyOf<E>;
  }
  return { call, openPage, cookie, cookies };
}

/** The account of this role in the block a demonstration portal prints. */
export function demoLogin(said: string, role: string): { login: string; password: string } {
  const [, login, password] = new RegExp(`${role}[^:]*: (\\S+) · (\\S+)`).exec(said) ?? [];
  if (login === undefined || password === undefined) throw new Error(`no demonstration account for ${role}`);
  return { login, password };
}
