// The same act asked for twice is done once: a page sends `Idempotency-Key` with each act, and the same key with the same act again (a
// second tap, a reply that was lost on the way) is answered what the first was answered. The key is written in the first transaction
// of the verb, so it is there exactly when what the verb made is there; the unique key lets one of several at once through.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Clock } from './clock.ts';
import type { Sql, Tx } from './database.ts';
import { refuse } from './refusal.ts';

/** `standing`: its row may still be written, is being written, or must not be any more. */
type Act = { personId: string; key: string; asked: Buffer; standing: 'open' | 'writing' | 'closed' };
export type Once = Pick<ReturnType<typeof createOnce>, 'run'>;

const KEPT_MS = 86_400_000;
/** Whoever asked for the same elsewhere has this long to write down what was answered. */
const REPLY_WITHIN_MS = 5_000;
const ASK_EVERY_MS = 50;
const KEY = /^[\x21-\x7e]{8,100}$/;

/** A reply may hold a link that lets somebody in: a stolen database must not. `owner` is bound in. */
type Sealing = { seal: (owner: string, text: string) => string; /** Null: by another secret. */ unseal: (owner: string, sealed: string) => string | null };

/** Somebody else's transaction wrote this key first. */
class Taken extends Error {}

export function createOnce({ sql, clock, log, seal, unseal }: { sql: Sql; clock: Clock; log: FastifyBaseLogger } & Sealing) {
  const acts = new AsyncLocalStorage<Act>();
  /** At work in this process: whoever asks for the same waits here, and not with a connection in hand. */
  const atWork = new Map<string, Promise<unknown>>();

  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>;
  Object.assign(sql, {
    async begin(...args: unknown[]): Promise<unknown> {
      const act = acts.getStore();
      const work = args.at(-1) as (tx: Tx) => unknown;
      if (act?.standing !== 'open') return begin(...args);
      act.standing = 'writing';
      try {
        const answer = await begin(...args.slice(0, -1), async (tx: Tx) => {
          await claim(tx, act);
          return work(tx);
        });
        act.standing = 'closed';
        return answer;
      } catch (error) {
        act.standing = 'open';
        throw error;
      }
    },
  });

  async function claim(tx: Tx, { personId, key, asked }: Act): Promise<void> {
    const rows = await tx`
      insert into once.act (person_id, key, asked, at) values (${personId}, ${key}, ${asked}, ${clock.now()}) on conflict do nothing returning 1`;
    if (rows.length === 0) throw new Taken();
  }

  /** What the first was answered, as JSON; null when nobody has asked yet. */
  async function known({ personId, key, asked }: Act): Promise<string | null> {
    for (const until = performance.now() + REPLY_WITHIN_MS; ;) {
      const [row] = await sql<
        { asked: Buffer; at: Date; reply: string | null }[]
      >`select asked, at, reply from once.act where person_id = ${personId} and key = ${key}`;
      if (!row) return null;
      if (!row.asked.equals(asked)) refuse('once.other_act');
      if (row.reply !== null) return unseal(`${personId} ${key}`, row.reply) ?? refuse('once.done');
      if (performance.now() > until || clock.now().getTime() - row.at.getTime() > REPLY_WITHIN_MS) refuse('once.done');
      await wait(ASK_EVERY_MS);
    }
  }

  /** `work` answers the reply as JSON. Whose key it is, is part of it: another person's is another act. */
  async function run(request: FastifyRequest, personId: string, work: () => Promise<string>): Promise<string> {
    const given = request.headers['idempotency-key'];
    if (given === undefined) return work();
    if (typeof given !== 'string' || !KEY.test(given)) refuse('input.invalid', {}, [{ path: 'Idempotency-Key', message: '8–100 huruf ASCII' }]);
    const act: Act = { personId, key: given, asked: sumOf(request), standing: 'open' };
    const place = `${personId} ${given}`;
    for (let others = atWork.get(place); others; others = atWork.get(place)) await others.catch(() => {});
    const working = first(act, work);
    atWork.set(place, working);
    try {
      return await working;
    } finally {
      if (atWork.get(place) === working) atWork.delete(place);
    }
  }

  async function first(act: Act, work: () => Promise<string>): Promise<string> {
    const before = await known(act);
    if (before !== null) return before;
    try {
      const reply = await acts.run(act, work);
      await keep(act, reply);
      return reply;
    } catch (error) {
      if (!(error instanceof Taken)) throw error;
      return (await known(act)) ?? refuse('portal.unavailable');
    } finally {
      act.standing = 'closed';
    }
  }

  /** What was made stands, whether its reply can be kept or not. */
  async function keep({ personId, key, asked }: Act, reply: string): Promise<void> {
    try {
      await sql`
        insert into once.act (person_id, key, asked, at, reply) values (${personId}, ${key}, ${asked}, ${clock.now()}, ${seal(`${personId} ${key}`, reply)})
        on conflict (person_id, key) do update set reply = excluded.reply where once.act.asked = excluded.asked and once.act.reply is null`;
    } catch (error) {
      log.warn({ err: error }, 'a reply was not kept');
    }
  }

  const sweep = async (): Promise<unknown> => sql`delete from once.act where at < ${new Date(clock.now().getTime() - KEPT_MS)}`;

  return { run, sweep };
}

function sumOf({ method, url, body }: FastifyRequest): Buffer {
  const sum = createHash('sha256').update(`${method} ${url}\n`);
  return sum.update(body instanceof Uint8Array ? body : (JSON.stringify(body) ?? '')).digest();
}
