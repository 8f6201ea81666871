// One endpoint value is what the server serves, the browser calls, the documentation shows and the tests exercise.
import type { z } from 'zod';
import type { Role } from './people.ts';
import type { RefusalCode } from './refusals.ts';

/**
 * Who may call. Required, so that forgetting authorization is a type error.
 * - `anyone`: no account needed, and nobody is looked up.
 * - `visitor`: no account needed; a session, a personal link or a press pass says more where there is one.
 * - `signedIn`: a person with a session.
 * - `member`: a session or a personal link (header `x-tautan`); the verb decides on the object.
 * - a list of roles: a session whose person holds at least one of them (`administrator` always passes).
 */
export type Who = 'anyone' | 'visitor' | 'signedIn' | 'member' | readonly Role[];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A reply that is not JSON. */
export type FileReply = { file: string };
export const file = (mediaType: string): FileReply => ({ file: mediaType });

type Shape = z.ZodType;

export type EndpointSpec = {
  who: Who;
  /** One sentence for the documentation. */
  summary: string;
  params?: Shape;
  query?: Shape;
  /** JSON body; with another `bodyType` the raw text, with `application/octet-stream` the bytes. */
  body?: Shape;
  bodyType?: 'application/json' | 'text/csv' | 'application/webhook+json' | 'application/octet-stream';
  /** JSON reply (200), a file, or nothing (204). */
  reply?: Shape | FileReply;
  /** A dangerous act: whoever has a second factor must have shown it in the last 15 minutes. */
  fresh?: true;
  /** Makes a new thing each time: heeds `Idempotency-Key`, and the same key with the same act again makes nothing and is answered the same. */
  once?: true;
  /** The status beside 200 that comes with the same reply. */
  also?: number;
  /** The refusals this endpoint can answer beside those every endpoint can. */
  refusals?: readonly RefusalCode[];
};

/** Method and path stay literal in the type, so that a browser may name them without importing the value (and zod with it). */
export type Endpoint<S extends EndpointSpec = EndpointSpec, M extends Method = Method, P extends string = string> = S & { method: M; path: P };

export function endpoint<const S extends EndpointSpec, M extends Method, P extends `/${string}`>(method: M, path: P, spec: S): Endpoint<S, M, P> {
  return { ...spec, method, path };
}

type Infer<T, Fallback> = T extends Shape ? z.output<T> : Fallback;
type Input<T, Fallback> = T extends Shape ? z.input<T> : Fallback;

export type ParamsOf<E extends EndpointSpec> = Infer<E['params'], Record<string, never>>;
export type QueryOf<E extends EndpointSpec> = Infer<E['query'], Record<string, never>>;
export type BodyOf<E extends EndpointSpec> = Infer<E['body'], undefined>;
export type ReplyOf<E extends EndpointSpec> = E['reply'] extends FileReply ? Blob : Infer<E['reply'], void>;

/** What a caller gives: params, query and body as far as the endpoint has them. */
export type CallOf<E extends EndpointSpec> = (E['params'] extends Shape ? { params: Input<E['params'], never> } : {}) &
  (E['query'] extends Shape ? { query?: Input<E['query'], never> } : {}) &
  (E['body'] extends Shape ? { body: Input<E['body'], never> } : {});
