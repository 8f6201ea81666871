// Connects, and stays connected: whatever ends the connection except the four real endings, the portal is asked for a new
// ticket and the room is joined again, for as long as the page is open.
import { ConnectionState, DisconnectReason, RoomEvent, type Room } from 'livekit-client';
import type { FailureCode } from '../platform/call.ts';
import type { OwnMedia } from './own-media.ts';
import { firstWait, nextWait } from './rejoin.ts';

export type Ticket = { token: string };

/** Why it is over, from which no page returns by itself. */
export type Ending = { kind: 'removed' } | { kind: 'ended' } | { kind: 'elsewhere' } | { kind: 'refused'; code: FailureCode; message: string };
export type Connection =
  | { state: 'connecting' | 'in' | 'resuming' }
  /** `obstacle`: what the last try met. */
  | { state: 'rejoining'; obstacle: 'network' | 'server' | 'path' | 'full' | null; everIn: boolean }
  | { state: 'over'; ending: Ending };

type Options = {
  room: Room;
  url: string;
  own: OwnMedia;
  /** Asks the portal; throws with a `code` when it says no. */
  newTicket: () => Promise<Ticket>;
  /** How many are in the room whom LiveKit tells nobody about. */
  unseen: () => number;
};

/** Refusals that a later try may not meet. */
const PASSING: readonly FailureCode[] = [
  'offline',
  'unreadable',
  'media.unavailable',
  'portal.unavailable',
  'portal.broken',
  'limit.reached',
  'meeting.not_started',
  'press.not_live',
  'press.full',
];

const ENDINGS: Partial<Record<DisconnectReason, Ending>> = {
  [DisconnectReason.DUPLICATE_IDENTITY]: { kind: 'elsewhere' },
  [DisconnectReason.PARTICIPANT_REMOVED]: { kind: 'removed' },
  [DisconnectReason.ROOM_DELETED]: { kind: 'ended' },
};

export function keepConnected({ room, url, own, newTicket, unseen }: Options) {
  let now: Connection = { state: 'connecting' };
  const hearers = new Set<() => void>();
  let stopped = false;
  let running = false;
  let everIn = false;
  let people = 1;

  function become(next: Connection): void {
    if (now.state === 'over') return;
    now = next;
    for (const hear of hearers) hear();
  }

  room
    .on(RoomEvent.Reconnecting, () => become({ state: 'resuming' }))
    .on(RoomEvent.SignalReconnecting, () => become({ state: 'resuming' }))
    .on(RoomEvent.Reconnected, () => become({ state: 'in' }))
    .on(RoomEvent.ParticipantConnected, () => (people = room.remoteParticipants.size + 1))
    .on(RoomEvent.Disconnected, (reason) => {
      // While joining, the join itself reports its failure.
      if (running || stopped) return;
      const ending = reason === undefined ? undefined : ENDINGS[reason];
      if (ending) return become({ state: 'over', ending });
      void rejoin();
    });

  function start(ticket: Ticket | null, known: number): void {
    people = known;
    void run(ticket, false);
  }

  function rejoin(): Promise<void> {
    become({ state: 'rejoining', obstacle: null, everIn });
    return run(null, true);
  }

  async function run(given: Ticket | null, spread: boolean): Promise<void> {
    if (running) return;
    running = true;
    let next = given;
    if (spread) await pause(firstWait(people + unseen(), Math.random()));
    for (let tries = 0; !stopped && now.state !== 'over'; tries++) {
      try {
        next ??= await newTicket();
        if (stopped) break;
        await room.connect(url, next.token, { autoSubscribe: true, maxRetries: 0 });
        // Not earlier: publishing into the first negotiation delays the first picture of the others by a round.
        own.publish();
        everIn = true;
        people = room.remoteParticipants.size + 1;
        become({ state: 'in' });
        break;
      } catch (error) {
        next = null;
        const met = obstacleOf(error);
        if ('ending' in met) {
          become({ state: 'over', ending: met.ending });
          break;
        }
        // A first ticket that was refused at the door is simply replaced.
        if (tries > 0 || met.obstacle !== null) become({ state: 'rejoining', obstacle: met.obstacle, everIn });
        await pause(tries === 0 && met.obstacle === null ? 0 : nextWait(tries, Math.random()));
      }
    }
    running = false;
    // Lost again between the last event and here.
    if (now.state === 'in' && room.state === ConnectionState.Disconnected && !stopped) void rejoin();
  }

  return {
    connection: {
      snapshot: () => now,
      subscribe(hear: () => void) {
        hearers.add(hear);
        return () => hearers.delete(hear);
      },
    },
    start,
    stop() {
      stopped = true;
    },
  };
}

function obstacleOf(error: unknown): { ending: Ending } | { obstacle: 'network' | 'server' | 'path' | 'full' | null } {
  const { code, message, status } = error as {
    code?: FailureCode | number;
    message?: string;
    status?: number;
  };
  if (typeof code === 'string') {
    if (!PASSING.includes(code)) return { ending: { kind: 'refused', code, message: message ?? '' } };
    return {
      obstacle: code === 'offline' ? 'network' : code === 'limit.reached' || code === 'press.full' ? 'full' : 'server',
    };
  }
  if (!navigator.onLine) return { obstacle: 'network' };
  // The door refused this ticket (or the room of it is gone): the portal will say why when asked for another.
  if (status === 401 || status === 403 || status === 404) return { obstacle: null };
  return { obstacle: /pc connection|peer connection|ice/i.test(message ?? '') ? 'path' : 'server' };
}

/** Waits, but not longer than until the network is back. */
function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      window.removeEventListener('online', end);
      window.clearTimeout(timer);
      done();
    };
    const timer = window.setTimeout(end, ms);
    window.addEventListener('online', end);
  });
}
