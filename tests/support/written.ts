// Every address that writes, asked by anybody of anything with a body that fits; what was written is told and taken back.
import type { Sql } from '../../server/platform/database.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import { CALLERS, everyone, type CallerName, type Ids } from './everyone.ts';
import { noteChanges, type Change } from './undo.ts';
import { bodyOf, factsOf, nameOf, QUERY, WORDS, type Side } from './writes.ts';

const NOBODY = '00000000-0000-4000-8000-00000000dead';
export type Written = { status: number; text: string; changes: Change[] };
export type Writing = Awaited<ReturnType<typeof openWriting>>;

/** Written by the portal of itself, at any moment: heartbeats, who was seen, how often somebody failed to sign in. */
const OF_ITSELF: readonly string[] = [
  'UPDATE live.process',
  'UPDATE people.session',
  'INSERT people.sign_in_bucket',
  'UPDATE people.sign_in_bucket',
  'INSERT people.sign_in',
];

export async function openWriting() {
  const all = await everyone();
  const undo = await noteChanges(all.world.sql);
  const sideOf = async (sql: Sql, { ids, fields, drafts }: typeof all.own): Promise<Side> => ({
    ids: { ...ids, 'drafts/meeting': drafts['meetings/:id']! },
    fields,
    facts: await factsOf(sql, ids),
  });
  const own = await sideOf(all.world.sql, all.own);
  const other = await sideOf(all.world.sql, all.other);
  const draft = await sideOf(all.world.sql, { ...all.own, ids: { ...all.own.ids, ...all.own.drafts } });
  const nobodys: Ids = Object.fromEntries(
    Object.entries(all.own.ids).map(([key, id]) => [
      key,
      key.endsWith(':slug') ? 'tidak-ada' : key.endsWith(':member') ? id.replace(/[0-9a-f-]{36}$/, NOBODY) : NOBODY,
    ]),
  );

  const keysOf = ({ path }: Endpoint): string[] =>
    [...path.matchAll(/:\w+/g)].map(({ 0: name, index }) => path.slice(1, index + name.length).replace(/^api\//, ''));
  const endpoints = all.world.app.routes.map(({ endpoint }) => endpoint).filter(({ method }) => method !== 'GET');

  async function ask(
    caller: CallerName,
    endpoint: Endpoint,
    { ids, body, query }: { ids: Ids; body: unknown; query?: Record<string, string> },
  ): Promise<Written> {
    const client = all.clients[caller];
    const held = [...client.cookies];
    const params = Object.fromEntries(keysOf(endpoint).map((key) => [key.slice(key.lastIndexOf(':') + 1), WORDS[key] ?? ids[key] ?? NOBODY]));
    const { status, text } = await client.send(endpoint, { params, query: { ...QUERY[nameOf(endpoint)], ...query }, body });
    const changes = (await undo.takeBack()).filter(isSomebodys);
    client.cookies.clear();
    for (const [name, value] of held) client.cookies.set(name, value);
    return { status, text, changes };
  }

  /** The first who may, with what is their own or not yet announced; null: nobody. */
  async function whoCan(endpoint: Endpoint): Promise<{ caller: CallerName; side: Side; body: unknown } | null> {
    for (const side of keysOf(endpoint).some((key) => key in all.own.drafts) ? [own, draft] : [own])
      for (const caller of LIKELY) {
        const body = bodyOf(endpoint, side);
        const { status } = await ask(caller, endpoint, { ids: side.ids, body });
        if (status < 300) return { caller, side, body };
      }
    return null;
  }

  return { all, undo, own, other, draft, nobodys, endpoints, keysOf, ask, whoCan, close: () => all.world.close() };
}
const LIKELY: readonly CallerName[] = [...new Set<CallerName>(['head', 'administrator', 'operator', 'bkd', 'admin', 'staff', 'journalist', ...CALLERS])];

function isSomebodys({ table, op, before, after }: Change): boolean {
  if (OF_ITSELF.includes(`${op} ${table}`)) return false;
  // That the media server was told of a right, once a transaction before has decided it.
  return table !== 'rooms.member' || op !== 'UPDATE' || before?.['revision'] !== after?.['revision'];
}
