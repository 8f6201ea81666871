// What every part of the press room is handed: who and where, the portal's socket, the stage, and what the portal knows.
// For the parts in `floor/` and `kit/`: they are drawn in places of their own (a strip below the stage, a panel in the stage's
// stead on a phone and below the interpreter on a desk). No `dialog`, nothing `fixed`: the interpreter is never covered.
import type { z } from 'zod';
import type { FloorView } from '../../shared/press-floor.ts';
import type { PressJoin, PressRoomView } from '../../shared/press-room.ts';
import type { LiveSocket } from '../platform/live-socket.ts';
import type { Stage } from '../room/media.ts';
import type { OwnSnapshot } from '../room/stage-room.tsx';

export type Join = z.output<typeof PressJoin>;
export type Room = z.output<typeof PressRoomView>;
export type Floor = z.output<typeof FloorView>;

/** What the portal told last; null before it told anything. Goes with `useSyncExternalStore`. */
export type Kept<T> = {
  snapshot: () => T | null;
  subscribe: (hear: () => void) => () => void;
  /** Asks the portal again. */
  refresh: () => void;
  /** An answer that came by another way: every floor verb answers the whole floor. */
  put: (value: T) => void;
};

export type Visit = {
  slug: string;
  /** As it was on entering; what may change since stands in `room`. */
  join: Join;
  /** Watches `press:<id>` already. */
  live: LiveSocket;
  stage: Stage;
  /** Conference, you, crew, counts: asked again at `press.changed`. */
  room: Kept<Room>;
  /** Turns and queue: asked again at `floor.changed`. */
  floor: Kept<Floor>;
  /** Comes in again as who one is now. */
  again: () => void;
};

export type PanelName = 'run' | 'questions' | 'kit' | 'settings';
/** The strip below the stage, always there: whose turn, the countdown, raise and give. */
export type StripProps = {
  visit: Visit;
  /** One's own devices; `may.microphone`: the floor is mine at the media server. */ own: OwnSnapshot;
  onOpen: (panel: PanelName) => void;
};
/** A panel draws itself inside `Panel` of `./panel.tsx`. */
export type PanelProps = { visit: Visit; own: OwnSnapshot; onClose: () => void };
