// What a pure rule says: the code of its refusal, or null.
import { Refusal } from '../../server/platform/refusal.ts';

export function refusalOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
