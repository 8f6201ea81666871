// Who has a tab open, at any portal process. Each process knows its own tabs and writes down the numbers for the others; the
// database's clock says which processes live, so that no test clock and no clock of a machine makes one dead.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Sql, Tx } from './database.ts';

const BEAT_MS = 10_000;
/** Changes gather this long: ten thousand tabs that open in a minute are a few hundred statements. */
const GATHER_MS = 100;
const STOP_MS = 1_000;
/** Rows of one statement. */
const MOST_ROWS = 2_000;

type Process = { here: boolean; version: string | null; startedAt: Date | null; seenAt: Date };

/** `version`: of the program, for the operator's page. */
export function createTabs({ sql, log, version = null }: { sql: Sql; log: FastifyBaseLogger; version?: string | null }) {
  const id = randomUUID();
  const tabs = new Map<string, number>();
  const unwritten = new Set<string>();
  let beat: NodeJS.Timeout | null = null;
  let soon: NodeJS.Timeout | null = null;
  let turn: Promise<void> = Promise.resolve();

  /** A tab of this person opened (1) or closed (-1) here. */
  function count(personId: string, by: 1 | -1): void {
    const now = (tabs.get(personId) ?? 0) + by;
    if (now > 0) tabs.set(personId, now);
    else tabs.delete(personId);
    unwritten.add(personId);
    if (beat) soon ??= setTimeout(() => void inTurn(write), GATHER_MS).unref();
  }

  /** One statement after the other. What fails is written with the next beat. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work).catch((error: unknown) => log.warn({ err: error }, 'open tabs not written'));
    return turn;
  }

  async function write(): Promise<void> {
    soon = null;
    for (let people = take(); people.length > 0; people = take()) {
      const numbers = people.map((person) => tabs.get(person) ?? 0);
      try {
        await sql`
          with now as (select * from unnest(${people}::uuid[], ${numbers}::int[]) as now(person_id, tabs)),
            gone as (delete from live.tab t using now where t.process_id = ${id} and t.person_id = now.person_id and now.tabs = 0)
          insert into live.tab (process_id, person_id, tabs) select ${id}, person_id, tabs from now where tabs > 0
          on conflict (process_id, person_id) do update set tabs = excluded.tabs`;
      } catch (error) {
        for (const person of people) unwritten.add(person);
        throw error;
      }
    }
  }

  function take(): string[] {
    const people = [...unwritten].slice(0, MOST_ROWS);
    for (const person of people) unwritten.delete(person);
    return people;
  }

  async function sayAlive(): Promise<void> {
    const [row] = await sql<{ fresh: boolean }[]>`
      insert into live.process (id, seen_at, version, started_at) values (${id}, now(), ${version}, now() - make_interval(secs => ${Math.round(process.uptime())}))
      on conflict (id) do update set seen_at = now() returning xmax = 0 as fresh`;
    // New, held dead by another process, or emptied by a crash of the database.
    if (row?.fresh) {
      await sql`delete from live.tab where process_id = ${id}`;
      for (const person of tabs.keys()) unwritten.add(person);
    }
    await write();
    await sql`
      with dead as (select id from live.process where seen_at < now() - interval '60 s' for update skip locked),
        tabs as (delete from live.tab t using dead where t.process_id = dead.id)
      delete from live.process p using dead where p.id = dead.id`;
  }

  async function start(): Promise<void> {
    beat = setInterval(() => void inTurn(sayAlive), BEAT_MS).unref();
    await inTurn(sayAlive);
    await inTurn(async () => void (await sql`delete from live.tab t where not exists (select from live.process p where p.id = t.process_id)`));
  }

  /** Nobody has a tab here any more. A database that is away is not waited for. */
  async function stop(): Promise<void> {
    if (!beat) return;
    clearInterval(beat);
    beat = null;
    if (soon) clearTimeout(soon);
    const gone = inTurn(async () => {
      await sql`with tabs as (delete from live.tab where process_id = ${id}) delete from live.process where id = ${id}`;
    });
    await Promise.race([gone, sleep(STOP_MS, null, { ref: false })]);
  }

  /** Open tabs of these people, those without any left out. A process that was not heard for 30 s counts no more. */
  async function openTabs(tx: Tx, personIds: readonly string[]): Promise<Map<string, number>> {
    const open = new Map(personIds.flatMap((person) => (tabs.has(person) ? [[person, tabs.get(person) ?? 0] as const] : [])));
    const elsewhere = await tx<{ personId: string; tabs: number }[]>`
      select t.person_id as "personId", sum(t.tabs)::int as tabs from live.tab t join live.process p on p.id = t.process_id
      where t.person_id = any(${[...personIds]}::uuid[]) and p.id <> ${id} and p.seen_at > now() - interval '30 s' group by 1`;
    for (const { personId, tabs: more } of elsewhere) open.set(personId, (open.get(personId) ?? 0) + more);
    return open;
  }

  /** Portal processes on this database that were heard in the last half minute. */
  const processes = async (): Promise<Process[]> =>
    sql<Process[]>`
      select id = ${id} as here, version, started_at as "startedAt", seen_at as "seenAt" from live.process
      where seen_at > now() - interval '30 s' order by started_at nulls first, id`;

  return { count, start, stop, openTabs, processes };
}
