// Siap tayang: what must be ready before a conference goes on air, and what then keeps it from it. Pure.
import type { CheckName, CrewRole } from '../../shared/press.ts';

/** What the portal sees at this moment. */
export type Sight = {
  media: boolean;
  /** Who is listed, and how many of them are in the room. */
  crew: Record<CrewRole, { listed: number; inside: number }>;
  /** A speaker's microphone or the interpreter's camera is really published. null: the media server did not say. */
  published: boolean | null;
  /** Registrations that wait for the desk. */
  waiting: number;
  /** There is material under embargo, or visible already. */
  kit: boolean;
};
export type Said = { done: boolean; note: string | null; byName: string; at: Date };
/** Which words say it; `count` goes into them. */
export type Finding = { name: CheckName; ok: boolean; blocking: boolean; byHand: boolean; seen: string; count: number };

/** In the order of the page. `materi` is looked at, and can be said to be none. */
const CHECKS: readonly { name: CheckName; blocking: boolean; byHand: boolean }[] = [
  { name: 'media', blocking: true, byHand: false },
  { name: 'moderator', blocking: true, byHand: false },
  { name: 'narasumber', blocking: true, byHand: false },
  { name: 'jbi', blocking: true, byHand: false },
  { name: 'suara', blocking: true, byHand: false },
  { name: 'rekaman', blocking: true, byHand: true },
  { name: 'siaran', blocking: true, byHand: true },
  { name: 'registrasi', blocking: false, byHand: false },
  { name: 'materi', blocking: false, byHand: true },
];
export const isByHand = (name: CheckName): boolean => CHECKS.some((check) => check.name === name && check.byHand);

export const findings = (sight: Sight, said: ReadonlyMap<CheckName, Pick<Said, 'done'>>): Finding[] =>
  CHECKS.map((check) => ({ ...check, ...look(check.name, sight, said.get(check.name)?.done ?? false) }));

type Look = Pick<Finding, 'ok' | 'seen' | 'count'>;
function look(name: CheckName, sight: Sight, done: boolean): Look {
  switch (name) {
    case 'media':
      return { ok: sight.media, seen: sight.media ? 'ready' : 'away', count: 0 };
    case 'moderator':
    case 'narasumber':
    case 'jbi': {
      const { listed, inside } = sight.crew[name];
      return { ok: inside > 0, seen: inside > 0 ? 'inside' : listed > 0 ? 'outside' : 'unlisted', count: inside };
    }
    case 'suara':
      return { ok: sight.published === true, seen: sight.published === null ? 'unknown' : sight.published ? 'heard' : 'silent', count: 0 };
    case 'registrasi':
      return { ok: sight.waiting === 0, seen: sight.waiting === 0 ? 'none' : 'waiting', count: sight.waiting };
    case 'materi':
      return { ok: sight.kit || done, seen: sight.kit ? 'there' : done ? 'none' : 'open', count: 0 };
    case 'rekaman':
    case 'siaran':
      return { ok: done, seen: done ? 'said' : 'open', count: 0 };
  }
}

/** What keeps it from going on air. */
export const missing = (found: readonly Finding[], waived: ReadonlySet<CheckName>): Finding[] =>
  found.filter((check) => check.blocking && !check.ok && !waived.has(check.name));
