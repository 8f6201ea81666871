// What is asked before anything costs: is there a place, and is it this caller's turn? From memory alone, before a body is read, kept by each portal process on
// its own (decision 49). A caller is known by its browser's mark; whoever has none shares what the address has.
import { isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '../../shared/endpoint.ts';
import { createBuckets, type Budget } from './buckets.ts';
import type { Clock } from './clock.ts';
import { knownDevice, type Marks } from './marks.ts';
import { refuse } from './refusal.ts';

export type Limits = {
  /** Requests in work at once that may ask the database; `bare`: of callers without a mark. */
  places: { all: number; bare: number };
  /** Marks given by pages to one address: so many browsers are new there. */
  marks: Budget;
  /** Writes that need no account, of one browser. */
  browser: Budget;
  /** The same without a mark, by address: no browser asks like this. */
  bare: Budget;
  /** Passwords tried at one address by browsers their account does not know. */
  strangers: Budget;
};

export const LIMITS: Limits = {
  places: { all: 400, bare: 40 },
  marks: { size: 1_200, everyMs: 100 },
  browser: { size: 120, everyMs: 500 },
  bare: { size: 30, everyMs: 3_000 },
  strangers: { size: 1_200, everyMs: 50 },
};

const BUSY_S = 3;

export type Gate = ReturnType<typeof createGate>;

export function createGate({ clock, limits = LIMITS }: { clock: Clock; limits?: Limits | undefined }) {
  const budgets = {
    marks: createBuckets(limits.marks),
    browser: createBuckets(limits.browser),
    bare: createBuckets(limits.bare),
    strangers: createBuckets(limits.strangers),
  };
  const inWork = { all: 0, bare: 0 };

  function mustBeWithin(budget: keyof typeof budgets, key: string): void {
    const seconds = budgets[budget](key, clock.now());
    if (seconds > 0) refuse('limit.reached', { seconds });
  }

  /** Before the body is read. */
  function check(endpoint: Endpoint, request: FastifyRequest): void {
    const device = knownDevice(request);
    if (inWork.all >= limits.places.all || (device === null && inWork.bare >= limits.places.bare)) refuse('portal.busy', { seconds: BUSY_S });
    if (!isOpenWrite(endpoint)) return;
    if (device === null) mustBeWithin('bare', addressOf(request));
    else mustBeWithin('browser', device);
  }

  /** Counted until it is answered or has failed, whether or not the caller is still there. */
  async function hold<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
    const bare = knownDevice(request) === null ? 1 : 0;
    inWork.all += 1;
    inWork.bare += bare;
    try {
      return await work();
    } finally {
      inWork.all -= 1;
      inWork.bare -= bare;
    }
  }

  /** A page leaves its mark, unless this address has had more than an office has browsers. The page comes all the same. */
  const mark =
    (marks: Marks) =>
    (request: FastifyRequest, reply: FastifyReply): void => {
      if (knownDevice(request) === null && budgets.marks(addressOf(request), clock.now()) > 0) return;
      marks.give(request, reply);
    };

  return { check, hold, mark, strangerMustBeWithin: (request: FastifyRequest): void => mustBeWithin('strangers', addressOf(request)) };
}

/** Anybody may send it: the only work of a caller nobody knows. What a media server or a gateway signs is no browser's. */
const isOpenWrite = ({ method, who, bodyType }: Endpoint): boolean =>
  method !== 'GET' && (who === 'anyone' || who === 'visitor') && bodyType !== 'application/webhook+json';

/** One household, office or phone has a whole /64 of the newer addresses. */
export function addressOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  if (!isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = ip.split('%', 1)[0]!.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
