// Camera, microphone and speaker tried before anybody is near: seen and heard by nobody else. For the check page and the waiting room. Plain DOM.
import type { ReadinessProblem } from '../../shared/readiness.ts';
import { chime } from '../platform/chime.ts';
import { h, say } from '../platform/dom.ts';
import { checkWords } from '../words/check.ts';
import { deviceSelects } from './device-selects.ts';
import { createOwnDevices } from './own-devices.ts';
import { ownMirror } from './own-mirror.ts';
import { watchLevel } from './level.ts';
import './check.css';

const RECORD_MS = 3_000;
/** A voice, and not the room. */
const VOICE = 0.35;

export function deviceCheck(): { element: HTMLElement; stop: () => void; problems: () => ReadinessProblem[] } {
  const w = checkWords();
  const devices = createOwnDevices();
  const mirror = ownMirror(devices);
  const selects = deviceSelects(devices);
  let heardMicrophone = false;
  let heardSpeaker: boolean | null = null;
  let address: string | null = null;
  let listened: MediaStreamTrack | null = null;
  let stopListening = (): void => {};
  const stopDevices = devices.subscribe(() => {
    const track = devices.snapshot().tracks.microphone;
    if (track === listened) return;
    stopListening();
    listened = track;
    stopListening = track ? watchLevel(track, (level) => (heardMicrophone ||= level >= VOICE)) : () => {};
  });
  void devices.start();

  const recorded = h('p', { class: 'quiet', role: 'status' });
  const player = h('audio', { controls: true, hidden: true, 'aria-label': w.playing });
  const record = h('button', { class: 'button', type: 'button', on: { click: () => void recordMe() } }, w.record);
  async function recordMe(): Promise<void> {
    const track = devices.snapshot().tracks.microphone;
    if (!track || !('MediaRecorder' in window)) return say(recorded, w.recordFailed);
    record.disabled = true;
    player.hidden = true;
    say(recorded, w.recording);
    const parts: Blob[] = [];
    try {
      const recorder = new MediaRecorder(new MediaStream([track]));
      recorder.ondataavailable = ({ data }) => void parts.push(data);
      const ended = new Promise((done) => (recorder.onstop = done));
      recorder.start();
      window.setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), RECORD_MS);
      await ended;
      if (address !== null) URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
      player.src = address;
      player.hidden = false;
      say(recorded, w.playing);
      await player.play().catch(() => {});
    } catch {
      say(recorded, w.recordFailed);
    } finally {
      record.disabled = false;
    }
  }

  const advice = h('p', { class: 'trouble', role: 'status', hidden: true });
  const answer = (heard: boolean) => (): void => {
    heardSpeaker = heard;
    advice.hidden = heard;
    say(advice, heard ? '' : w.unheardWhat);
    for (const [button, of] of [
      [yes, true],
      [no, false],
    ] as const)
      button.setAttribute('aria-pressed', String(of === heard));
  };
  const yes = h('button', { class: 'button', type: 'button', on: { click: answer(true) } }, w.heard);
  const no = h('button', { class: 'button', type: 'button', on: { click: answer(false) } }, w.unheard);
  const asked = h('div', { class: 'check-answer', hidden: true }, h('p', {}, w.toneAsk), yes, no);
  const tone = h('button', { class: 'button', type: 'button', on: { click: () => (chime(), (asked.hidden = false)) } }, w.tone);

  return {
    element: h(
      'div',
      { class: 'check-devices' },
      h('section', {}, h('h2', {}, w.devices), mirror.element, selects.element, h('div', { class: 'check-answer' }, record, recorded), player),
      h('section', {}, h('h2', {}, w.speaker), tone, asked, advice),
    ),
    stop() {
      stopDevices();
      stopListening();
      selects.close();
      mirror.close();
      devices.stop();
      if (address !== null) URL.revokeObjectURL(address);
    },
    problems() {
      const { trouble, tracks, insecure } = devices.snapshot();
      const silent = trouble.microphone !== null || tracks.microphone === null || !heardMicrophone;
      return [
        ...(insecure || silent ? (['mikrofon'] as const) : []),
        ...(insecure || trouble.camera !== null ? (['kamera'] as const) : []),
        ...(heardSpeaker === false ? (['suara'] as const) : []),
      ];
    },
  };
}
