// What the portal knows of the room (people, hands), fetched again when its socket says that something changed.
// A store outside React: it lives as long as the visit.
import { Refused } from '../platform/call.ts';
import type { Visit } from './entrance.ts';
import type { Reason } from './gates.ts';
import * as portal from './portal.ts';

/** Messages come in bursts (everybody joins at once): one question for all of them. */
const GATHER_MS = 250;
const RETRY_MS = 3000;
/** What is kept with the room is read by its own part. */
const KEPT = new Set<string>(['chat.posted', 'polls.changed', 'materials.changed', 'showing.changed']);

export type RoomState = { view: portal.Room | null; portalLost: boolean };
export type RoomStore = ReturnType<typeof createRoomView>;

export function createRoomView({ join, live }: Pick<Visit, 'join' | 'live'>, onOver: (reason: Reason) => void) {
  const { id } = join.meeting;
  const hearers = new Set<() => void>();
  let now: RoomState = { view: null, portalLost: false };
  let timer = 0;
  let asking = false;
  let askAgain = false;
  let closed = false;
  /** Before entering, one look is enough: names and chat are then there at once. */
  let entered = false;

  function change(next: Partial<RoomState>): void {
    now = { ...now, ...next };
    for (const hear of hearers) hear();
  }

  async function refresh(): Promise<void> {
    if (closed) return;
    if (asking) return void (askAgain = true);
    asking = true;
    try {
      const view = await portal.room(id);
      change({ view });
      if (view.meeting.state === 'berakhir') onOver({ kind: 'ended' });
    } catch (error) {
      const code = error instanceof Refused ? error.code : 'offline';
      if (code === 'meeting.removed') onOver({ kind: 'removed' });
      else if (code === 'meeting.ended') onOver({ kind: 'ended' });
      else if (code === 'session.required' || code === 'link.revoked' || code === 'link.other_device' || code === 'not_found')
        onOver({ kind: 'refused', code, message: '' });
      else if (entered) soon(RETRY_MS);
    } finally {
      asking = false;
      if (askAgain) soon(GATHER_MS);
      askAgain = false;
    }
  }

  function soon(ms = GATHER_MS): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void refresh(), ms);
  }

  const stopMessages = live.onMessage((message) => {
    if (!entered || !('meetingId' in message) || message.meetingId !== id) return;
    // Being removed must not wait for others' news.
    if (message.type === 'right.changed' && message.member === join.you.member) void refresh();
    else if (message.type === 'meeting.changed') soon(50);
    else if (message.type !== 'attendance.changed' && message.type !== 'proceedings.changed' && message.type !== 'minutes.changed' && !KEPT.has(message.type))
      soon();
  });
  const stopState = live.onState((state) => {
    change({ portalLost: state === 'lost' });
    if (entered && state === 'open') soon(Math.random() * 1000);
  });
  void refresh();

  return {
    snapshot: () => now,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    refresh: () => void refresh(),
    enter() {
      entered = true;
      soon();
    },
    close() {
      closed = true;
      window.clearTimeout(timer);
      stopMessages();
      stopState();
    },
  };
}
