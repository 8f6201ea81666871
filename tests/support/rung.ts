// A call as it stands in the tables while it rings, so that channels can be tested without placing one.
import { randomUUID } from 'node:crypto';
import type { Channel } from '../../shared/calls.ts';
import type { HopNews, Ring } from '../../server/calls/channels/index.ts';
import type { Tx } from '../../server/platform/database.ts';
import type { Actor } from './cast.ts';
import type { World } from './world.ts';

export async function rung(world: World, callee: Pick<Actor, 'id' | 'name'>) {
  const { sql, clock, app } = world;
  const now = clock.now();
  const call = {
    id: randomUUID(),
    meetingId: randomUUID(),
    subject: 'Penyaluran bantuan beras',
    sifat: 'sangat_segera' as const,
    callerName: 'Hartini',
    callerAs: 'Kepala Dinas Sosial',
  };
  const calleeId = randomUUID();
  const news: HopNews[] = [];
  app.channels.onHop(async (_tx, told) => void (told.calleeId === calleeId && news.push(told)));
  await sql`insert into calls.call (id, meeting_id, opd_id, caller_id, caller_name, caller_as, subject, sifat, choice, ladder, quorum, placed_at)
    values (${call.id}, ${call.meetingId}, ${randomUUID()}, ${randomUUID()}, ${call.callerName}, ${call.callerAs}, ${call.subject}, ${call.sifat}, '{}', '[]', 1, ${now})`;
  await sql`insert into calls.callee (id, call_id, meeting_id, person_id, name, state, rung_at)
    values (${calleeId}, ${call.id}, ${call.meetingId}, ${callee.id}, ${callee.name}, 'memanggil', ${now})`;
  const ring = (round = 1): Ring => ({
    hopRound: round,
    calleeId,
    personId: callee.id,
    call: { ...call, placedAt: now },
    link: 'https://rapat.contoh.go.id/r#tautan',
  });
  return {
    call,
    calleeId,
    news,
    kinds: () => news.map(({ channel, kind }) => `${channel} ${kind}`),
    /** Dispatches in a transaction, as a call that is placed does. */
    rings: async (channels: Channel[], round = 1) => app.sql.begin(async (tx: Tx) => app.channels.dispatch(tx, [ring(round)], channels)),
    hops: () => sql<{ id: string; channel: Channel; state: string; detail: string | null; attempts: number }[]>`
      select id, channel, state, detail, attempts from calls.hop where callee_id = ${calleeId} order by at, id`,
    becomes: async (state: string) => void (await sql`update calls.callee set state = ${state} where id = ${calleeId}`),
  };
}
