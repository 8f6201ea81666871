// One world and one seed: everybody asks for everything so many times.
import type { Sql } from '../../server/platform/database.ts';
import { everyone } from './everyone.ts';
import { fuzz, type Document } from './fuzz.ts';
import { HOST } from './world.ts';

const ASKS_NOBODY: ReadonlySet<string> = new Set(['nobody', 'guest', 'journalist']);

/** Answers how whoever was signed out or disabled since now is as they were. */
export async function comingBack(sql: Sql): Promise<() => Promise<unknown>> {
  const kept = await sql<{ row: string }[]>`select to_jsonb(s)::text as row from people.session s`;
  return () =>
    sql.begin(async (tx) => {
      await tx`update people.person set disabled_at = null where disabled_at is not null`;
      for (const { row } of kept)
        await tx`insert into people.session select (jsonb_populate_record(null::people.session, ${row}::text::jsonb)).* on conflict do nothing`;
    });
}

export async function fuzzRound({ seed, rounds, until }: { seed: number; rounds: number; until?: () => boolean }) {
  const broken: string[] = [];
  const { world, clients, own, other, cookies } = await everyone({ heard: (line) => line.includes('unexpected failure') && broken.push(line.slice(0, 2000)) });
  const comesBack = await comingBack(world.sql);
  try {
    const { payload } = await world.app.fastify.inject('/api/openapi.json');
    const result = await fuzz({
      document: JSON.parse(payload) as Document,
      ids: [own.ids, own.fields, own.drafts, other.ids, other.fields, other.drafts],
      seed,
      rounds,
      ...(until && { until }),
      async send(caller, { method, url, body, contentType }) {
        const held = clients[caller].cookies;
        const reply = await world.app.fastify.inject({
          method: method as 'GET',
          url,
          headers: {
            host: HOST,
            origin: `http://${HOST}`,
            ...(held.size > 0 && { cookie: [...held].map(([name, value]) => `${name}=${value}`).join('; ') }),
            ...(caller === 'guest' && { 'x-tautan': own.link }),
            ...(contentType !== undefined && { 'content-type': contentType }),
          },
          ...(body !== undefined && { payload: body }),
        });
        // Who was signed out, disabled, or had the pass taken, comes back as they were.
        if (reply.statusCode === 401 && !ASKS_NOBODY.has(caller)) {
          held.clear();
          await comesBack();
        }
        for (const [name, value] of held.size === 0 ? (cookies[caller] ?? []) : []) held.set(name, value);
        return { status: reply.statusCode, headers: reply.headers, text: reply.payload };
      },
    });
    return { ...result, broken };
  } finally {
    await world.close();
  }
}
