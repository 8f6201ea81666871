// Whether captions are shown on this browser, and how large.
import { useSyncExternalStore } from 'react';

export type CaptionSize = 's' | 'm' | 'l';
export type CaptionChoice = { on: boolean; size: CaptionSize };
const KEY = 'portal.takarir';
const hearers = new Set<() => void>();
let now: CaptionChoice | null = null;

function read(): CaptionChoice {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<CaptionChoice>;
    return { on: kept.on ?? true, size: kept.size === 's' || kept.size === 'l' ? kept.size : 'm' };
  } catch {
    return { on: true, size: 'm' };
  }
}
const current = (): CaptionChoice => (now ??= read());

export function chooseCaptions(next: Partial<CaptionChoice>): void {
  now = { ...current(), ...next };
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // Kept for this page only.
  }
  for (const hear of hearers) hear();
}

export const useCaptionChoice = (): CaptionChoice =>
  useSyncExternalStore((hear) => {
    hearers.add(hear);
    return () => hearers.delete(hear);
  }, current);
