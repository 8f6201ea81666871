// One world and one seed: everybody asks for everything so many times.
import { everyone } from './everyone.ts';
import { fuzz, type Document } from './fuzz.ts';
import { HOST } from './world.ts';

const ASKS_NOBODY: ReadonlySet<string> = new Set(['nobody', 'guest', 'journalist']);

export async function fuzzRound({ seed, rounds, until }: { seed: number; rounds: number; until?: () => boolean }) {
  const broken: string[] = [];
  const { world, clients, own, other, cookies } = await everyone({ heard: (line) => line.includes('unexpected failure') && broken.push(line.slice(0, 2000)) });
  const kept = await world.sql<{ row: string }[]>`select to_jsonb(s)::text as row from people.session s`;
  const comesBack = (): Promise<unknown> =>
    world.sql.begin(async (tx) => {
      await tx`update people.person set disabled_at = null where disabled_at is not null`;
      for (const { row } of kept)
        await tx`insert into people.session select (jsonb_populate_record(null::people.session, ${row}::text::jsonb)).* on conflict do nothing`;
    });
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
