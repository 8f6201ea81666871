// A refused form goes to the first field that is wrong: on a phone it stands out of sight, and the button below it seems dead.
import { useEffect, useRef, type RefObject } from 'react';
import type { Refused } from '../platform/call.ts';

export function useFirstWrong(failure: Refused | undefined): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [failure]);
  return form;
}
