// The heavy parts, downloaded while somebody stands before the room: media first, then the room's screen.
type Media = typeof import('../room/media.ts');
type Screen = typeof import('./room-screen.tsx');

let media: Promise<Media> | null = null;
let screen: Promise<Screen> | null = null;

/** Keeps trying until it is here; `onTrouble` is told when a try failed. */
async function insist<T>(load: () => Promise<T>, onTrouble: () => void): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await load();
    } catch {
      onTrouble();
      await new Promise((done) => setTimeout(done, Math.min(8000, 1000 * 2 ** tries)));
    }
  }
}

export const loadMedia = (onTrouble: () => void = () => {}): Promise<Media> => (media ??= insist(() => import('../room/media.ts'), onTrouble));
export const loadScreen = (): Promise<Screen> =>
  (screen ??= insist(
    () => import('./room-screen.tsx'),
    () => {},
  ));
