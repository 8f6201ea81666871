// A small camera that shows fine stripes, and microphones that give what a test wants to be heard: what Chromium's own fakes cannot.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright';

const [WIDTH, HEIGHT, FRAMES, STRIPE] = [160, 96, 8, 8] as const;

/** Stripes that walk sideways, two pictures a second; small, since nothing but a processor draws in a test. The flag that makes it the camera. */
export function stripedCamera(path: string): string {
  const parts = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F2:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const row = Buffer.from(Array.from({ length: WIDTH }, (_, x) => (Math.floor((x + frame * 2) / STRIPE) % 2 === 0 ? 30 : 220)));
    parts.push(Buffer.from('FRAME\n'), ...Array.from({ length: HEIGHT }, () => row), Buffer.alloc((WIDTH * HEIGHT) / 2, 128));
  }
  writeFileSync(path, Buffer.concat(parts));
  return `--use-file-for-fake-video-capture=${path}`;
}

const SOURCES = {
  /** Nothing at all: a microphone that is dead or muted on its cable. */
  mati: '',
  /** A fan: noise without an end. */
  kipas: `
    const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
    buffer.getChannelData(0).forEach((_, i, all) => { all[i] = (Math.random() - 0.5) / 5; });
    const noise = new AudioBufferSourceNode(context, { buffer, loop: true });
    noise.connect(out);
    noise.start();`,
} as const;

/** The microphone of this page; to be called before it is opened. */
export async function hasMicrophone(page: Page, kind: keyof typeof SOURCES): Promise<void> {
  const content = `
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    for (const track of stream.getAudioTracks()) {
      const context = new AudioContext();
      const out = context.createMediaStreamDestination();
      ${SOURCES[kind]}
      stream.removeTrack(track);
      track.stop();
      stream.addTrack(out.stream.getAudioTracks()[0]);
    }
    return stream;
  };`;
  await page.addInitScript({ content });
}
