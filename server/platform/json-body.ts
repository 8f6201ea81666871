// A body of JSON as far as it can be judged before anybody knows what it is for: text that is text, not deeper and not of more parts than any form of the portal.
import { isUtf8 } from 'node:buffer';

const MOST_LEVELS = 32;
const MOST_PARTS = 200_000;
const MOST_KEYS = 1_000;

export const isText = (bytes: Buffer): boolean => isUtf8(bytes);

/** Walked level by level: no depth of a body is a depth of calls. */
export function isModest(value: unknown): boolean {
  let level: unknown[] = [value];
  let parts = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return false;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      const inside: unknown[] = Array.isArray(one) ? one : Object.values(one);
      parts += inside.length;
      if (parts > MOST_PARTS || (!Array.isArray(one) && inside.length > MOST_KEYS)) return false;
      for (const part of inside) if (typeof part === 'object' && part !== null) next.push(part);
    }
    level = next;
  }
  return true;
}
