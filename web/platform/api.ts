// Server state: every GET is kept under its path and what it was asked with; a write names the paths it changes.
import { QueryCache, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallOf, Endpoint, ReplyOf } from '../../shared/endpoint.ts';
import { call, Refused, type Args } from './call.ts';
import { fresh } from './fresh.ts';

const passing = new Set(['offline', 'portal.unavailable']);

export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // A session that has ended shows itself in whichever question comes first: ask who is there, and the way to sign-in opens.
      onError: (error, query) => {
        if (error instanceof Refused && error.code === 'session.required' && query.queryKey[0] !== '/api/me')
          void client.resetQueries({ queryKey: ['/api/me'] });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: 'always',
        retry: (count, error) => count < 2 && error instanceof Refused && passing.has(error.code),
        retryDelay: (count) => 600 * 2 ** count + Math.random() * 400,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

/** What a screen knows of something it asked for. `value` may be old while `failure` is set: then both are shown. */
export type Remote<T> = { value: T | undefined; failure: Refused | undefined; asking: boolean; again: () => void };

type Reading = Endpoint & { method: 'GET' };
type ReadOptions = { enabled?: boolean; keepWhileAsking?: boolean };

export const readKey = (path: string, given: object): readonly unknown[] => [path, given];

/** Asks and keeps asking when told that it changed. Another parameter is another question. */
export const useRead = <E extends Reading = never>(path: E['path'], given: CallOf<E>, options: ReadOptions = {}): Remote<ReplyOf<E>> =>
  useKept<E>('GET', path, given, options);

type Asking = Endpoint & { method: 'POST' };
/** A question that is too long for an address and changes nothing: asked by POST, kept like a GET. */
export const useAsk = <E extends Asking = never>(path: E['path'], given: CallOf<E>, options: ReadOptions = {}): Remote<ReplyOf<E>> =>
  useKept<E>('POST', path, given, options);

function useKept<E extends Endpoint>(method: E['method'], path: E['path'], given: CallOf<E>, { enabled = true, keepWhileAsking = false }: ReadOptions) {
  const query = useQuery<ReplyOf<E>, Refused>({
    queryKey: readKey(path, given),
    queryFn: ({ signal }) => call<E>(method, path, ...([{ ...given, signal }] as unknown as Args<E>)),
    enabled,
    ...(keepWhileAsking ? { placeholderData: (before: unknown) => before as never } : {}),
  });
  return { value: query.data, failure: query.error ?? undefined, asking: query.isFetching, again: () => void query.refetch() };
}

/** Asks before the screen that will is there; `useRead` finds it under way. */
export const askAhead = <E extends Reading = never>(client: QueryClient, path: E['path'], given: CallOf<E>): Promise<ReplyOf<E>> =>
  client.fetchQuery({ queryKey: readKey(path, given), queryFn: ({ signal }) => call<E>('GET', path, ...([{ ...given, signal }] as unknown as Args<E>)) });

/** Puts an answer that came by another way in place of what was known. */
export function useKnown<E extends Reading = never>(path: E['path']): (given: CallOf<E>, reply: ReplyOf<E>) => void {
  const client = useQueryClient();
  return (given, reply) => void client.setQueryData(readKey(path, given), reply);
}

export type Write<E extends Endpoint> = {
  /** Answers the reply, or undefined when refused: `failure` then says why. Wrapped, because some replies are nothing. */
  run: (given: CallOf<E>) => Promise<{ reply: ReplyOf<E> } | undefined>;
  busy: boolean;
  failure: Refused | undefined;
  /** Of the last success. */
  reply: ReplyOf<E> | undefined;
  forget: () => void;
};

/** A change. `changes`: the paths whose answers are old once it is done. */
export function useWrite<E extends Endpoint = never>(method: E['method'], path: E['path'], changes: readonly string[] = []): Write<E> {
  const client = useQueryClient();
  const mutation = useMutation<ReplyOf<E>, Refused, CallOf<E>>({
    mutationFn: (given) => {
      const write = () => call<E>(method, path, ...([given] as unknown as Args<E>));
      return write().catch(async (error: unknown) => {
        // A dangerous act goes on once the factor was shown again.
        if (error instanceof Refused && error.code === 'session.fresh_needed' && (await fresh.ask?.())) return write();
        throw error;
      });
    },
    onSuccess: () => void Promise.all(changes.map((changed) => client.invalidateQueries({ queryKey: [changed] }))),
  });
  return {
    run: (given) =>
      mutation.mutateAsync(given).then(
        (reply) => ({ reply }),
        () => undefined,
      ),
    busy: mutation.isPending,
    failure: mutation.error ?? undefined,
    reply: mutation.data,
    forget: mutation.reset,
  };
}

/** The refusal's words for one field of a form. */
export const fieldFailure = (failure: Refused | undefined, path: string): string | undefined =>
  failure?.fields.find((field) => field.path === path || field.path.endsWith(`.${path}`))?.message;
