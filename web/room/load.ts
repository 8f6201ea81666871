// The heavy parts of a room, downloaded while somebody stands before it.
import { insist } from '../platform/insist.ts';

export type Media = typeof import('./media.ts');

let media: Promise<Media> | null = null;

export const loadMedia = (onTrouble?: () => void): Promise<Media> => (media ??= insist(() => import('./media.ts'), onTrouble));

/**
 * The media code is downloaded, though perhaps not run yet: from now on something else may use the line. Asking earlier would
 * slow it down, asking after it has run leaves a weak phone's line idle for a second.
 */
export function mediaDownloaded(): Promise<unknown> {
  const awaited = new Set([...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')].map(({ href }) => href));
  const seen = new Promise<void>((done) => {
    const observer = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) awaited.delete(name);
      if (awaited.size > 0) return;
      observer.disconnect();
      done();
    });
    observer.observe({ type: 'resource', buffered: true });
  });
  return Promise.race([seen, loadMedia()]);
}
