import { useEffect, useRef } from 'react';

/** Single keys, unless somebody is typing (Escape always) or holds a modifier. */
export function useShortcuts(on: boolean, keys: Record<string, (() => void) | undefined>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!on) return undefined;
    function press(event: KeyboardEvent): void {
      if (
        event.repeat ||
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        (event.key !== 'Escape' && isTyping(event.target)) ||
        document.querySelector('dialog[open]')
      )
        return;
      const act = latest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on]);
}

/** A key that is held down: `act(true)`, and `act(false)` when it is let go or the window loses it. Not while somebody types or stands on a button. */
export function useHold(on: boolean, key: string, act: (down: boolean) => void): void {
  const latest = useRef(act);
  const held = useRef(false);
  latest.current = act;
  useEffect(() => {
    function down(event: KeyboardEvent): void {
      if (!on || event.key !== key || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || isPressable(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (event.repeat || held.current) return;
      held.current = true;
      latest.current(true);
    }
    function up(event: Event): void {
      if (!held.current || (event instanceof KeyboardEvent && event.key !== key)) return;
      held.current = false;
      latest.current(false);
    }
    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up);
    window.addEventListener('blur', up);
    return () => {
      document.removeEventListener('keydown', down);
      document.removeEventListener('keyup', up);
      window.removeEventListener('blur', up);
    };
  }, [on, key]);
}

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a[href], summary, [role="button"], [contenteditable]') !== null;
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
