// A value once it has stood still for a moment, so that the portal is not asked at every key.
import { useEffect, useState } from 'react';

const STILL_MS = 500;

/** `value` is compared by its text. */
export function useSettled<T>(value: T): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), STILL_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return JSON.parse(settled) as T;
}
