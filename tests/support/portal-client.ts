// Calls a portal in another process, as a browser would: cookies, its own origin, perhaps a personal link.
import type { CallOf, Endpoint, ReplyOf } from '../../shared/endpoint.ts';

export function portalClient(origin: string, link?: string) {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function call<const E extends Endpoint>(endpoint: E, given: CallOf<E>): Promise<ReplyOf<E>> {
    const { params, body } = given as { params?: Record<string, string>; body?: unknown };
    const response = await fetch(`${origin}${endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''))}`, {
      method: endpoint.method,
      headers: { origin, cookie: cookie(), ...(link !== undefined && { 'x-tautan': link }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    if (!response.ok) throw new Error(`${endpoint.method} ${endpoint.path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as ReplyOf<E>;
  }
  return { call, cookie, cookies };
}

/** The account of this role in the block a demonstration portal prints. */
export function demoLogin(said: string, role: string): { login: string; password: string } {
  const [, login, password] = new RegExp(`${role}[^:]*: (\\S+) · (\\S+)`).exec(said) ?? [];
  if (login === undefined || password === undefined) throw new Error(`no demonstration account for ${role}`);
  return { login, password };
}
