// The browser's way to the portal. The endpoint is named by its type only: neither zod nor the endpoint values reach the bundle.
//   const me = await call<typeof postSession>('POST', '/api/session', { body: { login, password } });
import type { CallOf, Endpoint, ReplyOf } from '../../shared/endpoint.ts';
import type { RefusalBody, RefusalCode } from '../../shared/refusals.ts';
import { actKeys } from './act-keys.ts';
import { newKey } from './new-key.ts';

/** `offline`: the portal was not reached. `unreadable`: something between answered in its place. */
export type FailureCode = RefusalCode | 'offline' | 'unreadable';

/** The portal said no (or could not be asked). `message` is in the language of the page and may be shown as it is. */
export class Refused extends Error {
  override name = 'Refused';
  code: FailureCode;
  fields: { path: string; message: string }[];
  values: Record<string, string | number>;
  constructor(code: FailureCode, message: string, fields: { path: string; message: string }[] = [], values: Record<string, string | number> = {}) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.values = values;
  }
}

/** Who calls when nobody is signed in: the personal link this page was opened with. */
export const caller: { link: string | null } = { link: null };

type Given = {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  signal?: AbortSignal;
};
/** What follows the path: nothing to give, nothing to write. */
export type Args<E extends Endpoint> = {} extends CallOf<E> ? [given?: CallOf<E> & { signal?: AbortSignal }] : [given: CallOf<E> & { signal?: AbortSignal }];

/** After these nobody knows whether it was done. */
const UNKNOWN: ReadonlySet<FailureCode> = new Set(['offline', 'unreadable', 'portal.unavailable', 'portal.broken', 'portal.busy']);

/** Calls one endpoint. Throws `Refused`, or the AbortError of the signal given. A text body goes as CSV, a file as its bytes, anything else as JSON. */
export async function call<E extends Endpoint = never>(method: E['method'], path: E['path'], ...args: Args<E>): Promise<ReplyOf<E>> {
  const { params, query, body, signal } = (args[0] ?? {}) as Given;
  const language = document.documentElement.lang || 'id';
  const headers: Record<string, string> = { 'accept-language': language };
  if (caller.link !== null) headers['x-tautan'] = caller.link;
  const isFile = body instanceof Blob || body instanceof Uint8Array;
  if (body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : typeof body === 'string' ? 'text/csv' : 'application/json';
  const init: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    // A file of some megabytes on a slow phone.
    signal: within(isFile ? 300_000 : 30_000, signal),
  };
  if (body !== undefined) init.body = isFile || typeof body === 'string' ? (body as BodyInit) : JSON.stringify(body);
  const address = href(path, params, query);
  const act = method === 'POST' ? `${address} ${isFile ? '' : (init.body as string | undefined)}` : null;
  if (act !== null) headers['idempotency-key'] = isFile ? newKey() : actKeys.of(act);
  let response: Response;
  try {
    response = await fetch(address, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused('offline', offline(language));
  }
  if (!response.ok) {
    const refused = await refusalOf(response, language);
    // Done or refused for good: the same again is another act. Otherwise nobody knows yet.
    if (act !== null && !UNKNOWN.has(refused.code)) actKeys.settled(act);
    throw refused;
  }
  if (act !== null) actKeys.settled(act);
  if (response.status === 204) return undefined as ReplyOf<E>;
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  return (json ? await response.json() : await response.blob()) as ReplyOf<E>;
}

/** The address of an endpoint, for a link or a download. */
export function href(path: string, params: Record<string, string> = {}, query: Given['query'] = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const words = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return words.length > 0 ? `${filled}?${new URLSearchParams(words)}` : filled;
}

async function refusalOf(response: Response, language: string): Promise<Refused> {
  const said = (await response.json().catch(() => null)) as RefusalBody | null;
  if (said?.error) return new Refused(said.error.code, said.error.message, said.error.fields, said.error.values);
  return new Refused(response.status >= 502 ? 'offline' : 'unreadable', offline(language));
}

function within(ms: number, signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(ms);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

const offline = (language: string): string =>
  language === 'en'
    ? 'The portal cannot be reached. What you typed is still on this page. Check the connection, then try again.'
    : 'Portal tidak terjangkau. Isian Anda masih ada di halaman ini. Periksa sambungan, lalu coba lagi.';
