// Moving with the mouse: an entry follows the pointer from day to day (and by the quarter of an hour where days have hours);
// its lower edge lengthens it. A finger scrolls; it moves by the dialog. Escape leaves everything as it was.
import { useEffect, useRef, useState, type PointerEvent as Press } from 'react';
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { Zone } from '../../shared/people.ts';
import { localIn } from '../platform/format.ts';
import { endedAt, movedTo, snapped, type Times } from './days.ts';

export type Grip = 'whole' | 'end';
export type Ghost = { entry: CalendarEntry; times: Times; day: string };
/** A hand that trembles does not move a meeting. */
const TREMBLE_PX = 5;

/** Columns and cells carry `data-day`; those with hours `data-from-minute` and `data-minute-px` too. */
function pointed(x: number, y: number): { day: string; minute: number | undefined } | null {
  const cell = document.elementsFromPoint(x, y).flatMap((e) => e.closest<HTMLElement>('[data-day]') ?? [])[0];
  const day = cell?.dataset['day'];
  if (!cell || day === undefined) return null;
  const { fromMinute, minutePx } = cell.dataset;
  if (fromMinute === undefined || minutePx === undefined) return { day, minute: undefined };
  return { day, minute: Number(fromMinute) + (y - cell.getBoundingClientRect().top) / Number(minutePx) };
}

export function useDrag(zone: Zone, onDrop: (entry: CalendarEntry, times: Times) => void) {
  const [ghost, setGhost] = useState<Ghost>();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  function grab(event: Press<HTMLElement>, entry: CalendarEntry, grip: Grip): void {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    event.stopPropagation();
    const { clientX, clientY } = event;
    const minuteOf = (at: string): number => Number(localIn(at, zone).slice(11, 13)) * 60 + Number(localIn(at, zone).slice(14));
    const begun = pointed(clientX, clientY);
    const ahead = begun?.minute === undefined ? 0 : begun.minute - minuteOf(entry.startsAt);
    let held: Ghost | undefined;

    function move({ clientX: x, clientY: y }: PointerEvent): void {
      if (!held && Math.hypot(x - clientX, y - clientY) < TREMBLE_PX) return;
      const at = pointed(x, y);
      if (!at) return;
      const { day, minute } = at;
      const times =
        grip === 'end' && minute !== undefined
          ? endedAt(entry, { day: localIn(entry.startsAt, zone).slice(0, 10), minute: snapped(minute) }, zone)
          : movedTo(entry, { day, ...(minute !== undefined && { minute: snapped(minute - ahead) }) }, zone);
      held = { entry, times, day };
      setGhost(held);
    }
    function over(dropped: boolean): void {
      stop.current?.();
      if (!held) return;
      // The press that ended here opens nothing.
      window.addEventListener('click', swallow, { capture: true, once: true });
      window.setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
      const { times } = held;
      // Once this press is over: it would close a dialog that opens within it, as a press beside it.
      if (dropped && (times.startsAt !== entry.startsAt || times.endsAt !== entry.endsAt)) window.setTimeout(() => onDrop(entry, times), 0);
    }
    const up = (): void => over(true);
    const leave = (): void => over(false);
    const escape = (key: KeyboardEvent): void => {
      if (key.key === 'Escape') over(false);
    };
    stop.current = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', leave);
      window.removeEventListener('keydown', escape);
      setGhost(undefined);
      stop.current = undefined;
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', leave);
    window.addEventListener('keydown', escape);
  }

  return { ghost, grab };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
