// When an item is published, and what its state is called at a moment; sizes in words. Pure.
import type { DeskItem, DeskKit } from '../../../shared/press-kit.ts';
import type { Zone } from '../../../shared/people.ts';
import { dayAfter, nextClock } from '../../platform/format.ts';

/** The instant of a clock on a day of this zone. */
export const instantOf = (day: string, time: string, zone: Zone): string => nextClock(time, nextClock('00:00', `${dayAfter(day, -1)}T14:00:00Z`, zone), zone);

export type ItemState = 'visible' | 'waits' | 'noTime' | 'noFile' | 'noText' | 'withdrawn';
export function stateOf(item: DeskItem, kit: Pick<DeskKit, 'embargoAt'>, now: number): { state: ItemState; at: string | null } {
  const at = kit.embargoAt === null ? null : (item.embargoAt ?? kit.embargoAt);
  if (item.withdrawn) return { state: 'withdrawn', at };
  if (item.kind === 'siaran' && item.release === null) return { state: 'noText', at };
  if (item.kind !== 'siaran' && item.file === null) return { state: 'noFile', at };
  if (at === null) return { state: 'noTime', at };
  return { state: Date.parse(at) <= now ? 'visible' : 'waits', at };
}

/** `12,4 MB`: in thousands, as the public page and phones count. */
export function sizeText(bytes: number, language: string): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [Math.max(1, bytes / 1000), 'KB'];
  return `${value.toLocaleString(language === 'en' ? 'en-GB' : 'id-ID', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}
