// Injected into both pages of a comparison: when the join button was pressed, and when the first remote video frame was
// painted. Page-agnostic: remote tracks are known by the peer connection that received them.
import type { CDPSession, Page } from 'playwright';

export type Moments = { pressedAt: number; firstFrameAt: number };

/** Runs in the page before its own scripts; plain JavaScript, no outside names. */
function watchFirstFrame(pressAtOnce: boolean): void {
  const remote = new Set<string>();
  const moments = { pressedAt: 0, firstFrameAt: 0 };
  Object.assign(window, { moments });
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', (event) => remote.add(event.track.id));
    }
  };
  const isJoin = (node: EventTarget | null): boolean => node instanceof Element && /^(Gabung|Join)\b/.test(node.closest('button')?.textContent?.trim() ?? '');
  document.addEventListener(
    'click',
    (event) => {
      if (isJoin(event.target) && moments.pressedAt === 0) moments.pressedAt = performance.now();
    },
    true,
  );
  const seen = new WeakSet<HTMLVideoElement>();
  const look = (): void => {
    if (pressAtOnce && moments.pressedAt === 0) {
      const button = [...document.querySelectorAll('button')].find((b) => !b.disabled && isJoin(b));
      button?.click();
    }
    for (const video of document.querySelectorAll('video')) {
      const stream = video.srcObject;
      if (seen.has(video) || !(stream instanceof MediaStream) || !stream.getVideoTracks().some((t) => remote.has(t.id))) continue;
      seen.add(video);
      video.requestVideoFrameCallback(() => (moments.firstFrameAt ||= performance.now()));
    }
    if (moments.firstFrameAt === 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The loader that runs this file names functions through a helper that pages do not have. */
export const firstFrameScript = (pressAtOnce: boolean): string => `{ const __name = (f) => f; (${watchFirstFrame.toString()})(${pressAtOnce}); }`;

export async function firstFrame(page: Page): Promise<Moments> {
  const handle = await page.waitForFunction(
    () => {
      const { moments } = window as unknown as { moments: Moments };
      return moments.firstFrameAt > 0 ? moments : null;
    },
    undefined,
    { timeout: 90_000 },
  );
  return (await handle.jsonValue()) as Moments;
}

/** Bytes that came over HTTP, headers included, since this call. */
export async function countBytes(session: CDPSession): Promise<() => number> {
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await session.send('Network.enable');
  return () => bytes;
}
