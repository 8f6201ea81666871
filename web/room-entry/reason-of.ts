import type { Ending } from '../room/media.ts';
import type { Reason } from './gates.ts';

/** How the stage ended, as a reason to stand before the door. */
export function reasonOf(ending: Ending): Reason {
  if (ending.kind !== 'refused') return { kind: ending.kind };
  if (ending.code === 'meeting.removed') return { kind: 'removed' };
  return ending.code === 'meeting.ended' ? { kind: 'ended' } : { kind: 'refused', code: ending.code, message: ending.message };
}
