// What month, week and agenda are handed: the days, what stands in them, and what may be done.
import type { KeyboardEvent, PointerEvent } from 'react';
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Ghost, Grip } from './use-drag.ts';

export type Sight = {
  zone: Zone;
  serverTime: string;
  days: readonly string[];
  /** The one that is chosen. */
  day: string;
  today: string;
  of: (day: string) => readonly CalendarEntry[];
  holiday: (day: string) => string | undefined;
  code: (day: string) => DayCode | undefined;
  ghost: Ghost | undefined;
  choose: (day: string) => void;
  open: (entry: CalendarEntry) => void;
  openDay: (day: string) => void;
  move: (entry: CalendarEntry) => void;
  grab: (event: PointerEvent<HTMLElement>, entry: CalendarEntry, grip: Grip) => void;
  onKey: (event: KeyboardEvent<HTMLElement>) => void;
};
