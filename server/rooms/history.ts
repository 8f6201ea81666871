// The presence log in bulk, room by room. Postgres puts the facts of a room into one text, because
// taking 200,000 rows apart column by column costs more than reading them.
import type { Tx } from '../platform/database.ts';
import type { PresenceFact } from './store.ts';

const FIELD = '\u001f';
const FACT = '\u001e';

/** All that is known of these rooms, by room. */
export async function historyOf(tx: Tx, roomIds: readonly string[]): Promise<Map<string, PresenceFact[]>> {
  const rows = await tx<{ roomId: string; facts: string }[]>`
    select room_id as "roomId", string_agg(concat_ws(${FIELD}, id, source, kind, coalesce(sid, ''), coalesce(member, ''), coalesce(device, ''),
      (date_part('epoch', at) * 1000)::bigint, coalesce(reason, ''), (date_part('epoch', received_at) * 1000)::bigint), ${FACT} order by id) as facts
    from rooms.presence where room_id = any(${[...roomIds]}::uuid[]) group by room_id`;
  return new Map(rows.map(({ roomId, facts }) => [roomId, facts.split(FACT).map((text) => factOf(roomId, text))]));
}

function factOf(roomId: string, text: string): PresenceFact {
  const [id, source, kind, sid, member, device, at, reason, receivedAt] = text.split(FIELD) as [string, string, string, ...string[]];
  return {
    id,
    roomId,
    source: source as PresenceFact['source'],
    kind: kind as PresenceFact['kind'],
    sid: sid || null,
    member: member || null,
    device: device || null,
    at: new Date(Number(at)),
    reason: reason || null,
    receivedAt: new Date(Number(receivedAt)),
  };
}
