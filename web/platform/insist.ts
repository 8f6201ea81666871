/**
 * Keeps trying until it is here. `onTrouble` is told when a try failed; what it throws ends the tries.
 */
export async function insist<T>(load: () => Promise<T>, onTrouble: () => unknown = () => {}): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await load();
    } catch {
      await onTrouble();
      await new Promise((done) => setTimeout(done, Math.min(8000, 1000 * 2 ** tries)));
    }
  }
}
