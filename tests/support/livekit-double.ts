// A stand-in for the media server in API tests: tokens and signatures are the real SDK's, the rooms are a map.
// tests/api/livekit-contract.test.ts holds it to the real server.
import { randomBytes } from 'node:crypto';
import { connectLiveKit, type Listed, type LiveKit } from '../../server/rooms/livekit.ts';
import { grantsFor, type Word } from '../../server/rooms/rights.ts';

export const doubleKeys = {
  tokenKey: { key: 'APItokentest', secret: 'rahasia-uji-token-0123456789abcdef' },
  webhookKey: { key: 'APIwebhooktest', secret: 'rahasia-uji-webhook-0123456789abcdef' },
};

export type LiveKitDouble = LiveKit & {
  calls: {
    verb: 'ensureRoom' | 'deleteRoom' | 'remove' | 'allow' | 'mute';
    room: string;
    identity?: string;
    word?: Word;
    bars?: readonly string[];
  }[];
  arrives(room: string, identity: string, joinedAt: Date, extra?: Partial<Listed>): string;
  leaves(room: string, identity: string): void;
  rooms: Map<string, Map<string, Listed>>;
  /** What its clock says; null = it does not say. */
  time: () => Date | null;
};

export function createLiveKitDouble(): LiveKitDouble {
  const real = connectLiveKit({ url: 'http://127.0.0.1:1', ...doubleKeys });
  const rooms = new Map<string, Map<string, Listed>>();
  const calls: LiveKitDouble['calls'] = [];
  const double: LiveKitDouble = {
    ...real,
    rooms,
    calls,
    time: () => null,
    tellsTime: async () => double.time(),
    async ensureRoom(room) {
      calls.push({ verb: 'ensureRoom', room });
      if (!rooms.has(room)) rooms.set(room, new Map());
    },
    async deleteRoom(room) {
      calls.push({ verb: 'deleteRoom', room });
      rooms.delete(room);
    },
    // An unknown room is an empty list, as at the real server.
    list: async (room) => [...(rooms.get(room)?.values() ?? [])],
    async remove(room, identity) {
      calls.push({ verb: 'remove', room, identity });
      rooms.get(room)?.delete(identity);
    },
    async allow(room, identity, word, bars = []) {
      calls.push({ verb: 'allow', room, identity, word, ...(bars.length > 0 && { bars }) });
      // As the real one: what is no longer allowed is sent no longer.
      const listed = rooms.get(room)?.get(identity);
      const { canPublish, sources } = grantsFor(word, bars);
      if (listed) listed.sources = listed.sources.filter((source) => canPublish && (sources as readonly string[]).includes(source));
    },
    async mute(room, whose) {
      const open = [...(rooms.get(room)?.values() ?? [])].filter((one) => whose(one.identity) && one.sources.includes('microphone'));
      for (const one of open) {
        calls.push({ verb: 'mute', room, identity: one.identity });
        one.sources = one.sources.filter((source) => source !== 'microphone');
      }
      return open.map(({ identity }) => identity);
    },
    arrives(room, identity, joinedAt, extra = {}) {
      const sid = `PA_${randomBytes(6).toString('hex')}`;
      const people = rooms.get(room) ?? new Map<string, Listed>();
      rooms.set(room, people.set(identity, { identity, sid, joinedAt, active: true, counts: true, hidden: false, sources: [], ...extra }));
      return sid;
    },
    leaves: (room, identity) => void rooms.get(room)?.delete(identity),
  };
  return double;
}
