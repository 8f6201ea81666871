// Noise of the room taken out of the own microphone before anything leaves this device (RNNoise, from the portal's own files).
import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
// oxlint-disable-next-line import/default -- its address, not the module
import worklet from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';
import wasm from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import simd from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
import type { AudioProcessorOptions, Track, TrackProcessor } from 'livekit-client';

/** What RNNoise was made for. */
const RATE = 48_000;
const MEASURE_MS = 6_000;
/** The sound of so much of the time must have been ready in time. */
const IN_TIME = 0.9;

export const canQuiet = (): boolean => 'AudioWorkletNode' in window && 'WebAssembly' in window;

/** `source`: what came in, to hear whether the microphone is alive. */
type Quiet = TrackProcessor<Track.Kind.Audio, AudioProcessorOptions> & { source?: MediaStreamTrack };

export function makeQuiet(onSlow: () => void): Quiet {
  let context: AudioContext | null = null;
  let node: RnnoiseWorkletNode | null = null;
  let timer = 0;

  async function start(track: MediaStreamTrack): Promise<void> {
    const made = new AudioContext({ sampleRate: RATE });
    context = made;
    processor.source = track;
    const [wasmBinary] = await Promise.all([loadRnnoise({ url: wasm, simdUrl: simd }), made.audioWorklet.addModule(worklet)]);
    node = new RnnoiseWorkletNode(made, { maxChannels: 1, wasmBinary });
    const out = made.createMediaStreamDestination();
    made
      .createMediaStreamSource(new MediaStream([track]))
      .connect(node)
      .connect(out);
    await made.resume();
    const [processed] = out.stream.getAudioTracks();
    if (processed) processor.processedTrack = processed;
    measure(made);
  }
  function measure(running: AudioContext): void {
    const at = performance.now();
    const sounded = running.currentTime;
    timer = window.setTimeout(() => {
      if (running.state === 'running' && (running.currentTime - sounded) * 1000 < (performance.now() - at) * IN_TIME) onSlow();
      else measure(running);
    }, MEASURE_MS);
  }
  async function stop(): Promise<void> {
    window.clearTimeout(timer);
    node?.destroy();
    node = null;
    processor.processedTrack?.stop();
    delete processor.processedTrack;
    await context?.close().catch(() => {});
    context = null;
  }
  const processor: Quiet = {
    name: 'redam-bising',
    init: ({ track }) => start(track),
    restart: async ({ track }) => {
      await stop();
      await start(track);
    },
    destroy: stop,
  };
  return processor;
}
