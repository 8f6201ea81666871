// What the portal's parts know of tracing, whether it is on or not; nothing of the library is read here.
import type { FastifyInstance } from 'fastify';
import type { Sql } from './database.ts';

export type Tracing = {
  /** One piece of work, below the one it is part of. `attributes`: words of the code. */
  span<T>(name: string, attributes: Record<string, string>, work: () => Promise<T>): Promise<T>;
  requestsOf(app: FastifyInstance): void;
  /** What was not sent yet is sent. */
  stop(): Promise<void>;
};

/** Each of its promises is a span, named after the method. */
export function traced<T extends object>(tracing: Tracing | null, what: string, device: T): T {
  if (!tracing) return device;
  return new Proxy(device, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      const method = value as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        const answer = method.apply(target, args);
        return answer instanceof Promise ? tracing.span(`${what} ${name}`, {}, async () => answer) : answer;
      };
    },
  });
}

/** Each transaction is a span; statements are not: they are many, and hold values. */
export function traceTransactions(tracing: Tracing | null, sql: Sql): void {
  if (!tracing) return;
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>;
  Object.assign(sql, { begin: async (...args: unknown[]) => tracing.span('postgres transaction', { 'db.system.name': 'postgresql' }, () => begin(...args)) });
}
