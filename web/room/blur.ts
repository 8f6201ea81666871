// The own background blurred before anything leaves this device. Code, model and graph are the portal's own files.
import { VirtualBackgroundProcessor } from '@shiguredo/virtual-background';
import type { Track, TrackProcessor, VideoProcessorOptions } from 'livekit-client';
import folder from 'virtual:background-files';
import { isTooSlow } from './too-slow.ts';

const RADIUS = 14;
/** Loading and the first frames are slow everywhere. */
const SETTLE_MS = 4_000;
const MEASURE_MS = 6_000;

export const canBlur = (): boolean => VirtualBackgroundProcessor.isSupported();

/** `onSlow`: fewer frames come out than a face needs. */
export function makeBlur(onSlow: () => void): TrackProcessor<Track.Kind.Video, VideoProcessorOptions> {
  const inner = new VirtualBackgroundProcessor(folder);
  let stopMeasuring = (): void => {};

  async function start(track: MediaStreamTrack): Promise<void> {
    processor.processedTrack = await inner.startProcessing(track as MediaStreamVideoTrack, { blurRadius: RADIUS, segmentationModel: 'selfie-landscape' });
    stopMeasuring = measure(processor.processedTrack, track.getSettings().frameRate ?? 30, onSlow);
  }
  async function stop(): Promise<void> {
    stopMeasuring();
    inner.stopProcessing();
    processor.processedTrack?.stop();
    delete processor.processedTrack;
  }
  const processor: TrackProcessor<Track.Kind.Video, VideoProcessorOptions> = {
    name: 'kabur-latar',
    init: ({ track }) => start(track),
    restart: async ({ track }) => {
      await stop();
      await start(track);
    },
    destroy: stop,
  };
  return processor;
}

/** Counts what comes out, as long as somebody looks at this page: a page out of sight is given no frames to count. */
function measure(track: MediaStreamTrack, rate: number, onSlow: () => void): () => void {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  void video.play().catch(() => {});
  let timer = 0;
  function round(): void {
    const before = video.getVideoPlaybackQuality().totalVideoFrames;
    const from = performance.now();
    let hidden = document.visibilityState === 'hidden';
    const hide = (): void => void (hidden = true);
    document.addEventListener('visibilitychange', hide, { once: true });
    timer = window.setTimeout(() => {
      document.removeEventListener('visibilitychange', hide);
      const frames = video.getVideoPlaybackQuality().totalVideoFrames - before;
      if (!hidden && track.readyState === 'live' && isTooSlow({ frames, ms: performance.now() - from, rate })) return onSlow();
      round();
    }, MEASURE_MS);
  }
  timer = window.setTimeout(round, SETTLE_MS);
  return () => {
    window.clearTimeout(timer);
    video.srcObject = null;
  };
}
