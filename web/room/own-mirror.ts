// Yourself before a room: the picture as in a mirror, on and off, how loud you are, and what is wrong with a device. Plain DOM.
import { drawing, h, say } from '../platform/dom.ts';
import { icons } from '../ui/icons.ts';
import { deviceWords } from '../words/devices.ts';
import { watchLevel } from './level.ts';
import type { DeviceStore, Kind, OwnDevices } from './own-devices.ts';

const STEPS = 12;
const KINDS: readonly Kind[] = ['microphone', 'camera'];

/** `kinds`: what this person may use at all; without a camera there is no picture. */
export function ownMirror(devices: DeviceStore, kinds: readonly Kind[] = KINDS) {
  const words = deviceWords();
  const video = h('video', {
    muted: true,
    playsinline: true,
    autoplay: true,
    'aria-label': words.preview,
  });
  video.muted = true;
  const curtain = h('p', { class: 'curtain' });
  const ask = h(
    'div',
    { class: 'ask' },
    h('button', { class: 'button button-main', type: 'button', on: { click: () => void devices.start() } }, words.askDevices),
    h('p', {}, words.askDevicesWhy),
  );
  const toggles = kinds.map((kind) => ({ kind, ...toggle(kind) }));
  const level = h('div', { class: 'level', 'aria-hidden': 'true', hidden: true }, ...Array.from({ length: STEPS }, () => h('span')));
  const heard = h('p', { class: 'quiet heard', hidden: true });
  const troubles = h('div', { class: 'troubles', role: 'status' });
  let stopLevel = (): void => {};
  let listened: MediaStreamTrack | null = null;
  let busy = false;

  function toggle(kind: Kind): { button: HTMLButtonElement; draw: (on: boolean) => void } {
    const state = h('span', { class: 'toggle-state' });
    const picture = h('span', { class: 'toggle-icon' });
    const element = h(
      'button',
      {
        class: 'toggle',
        type: 'button',
        on: { click: () => devices.turn(kind, !isOn(devices.snapshot(), kind)) },
      },
      picture,
      h('span', {}, kind === 'camera' ? words.camera : words.microphone, ' ', state),
    );
    const draw = (on: boolean): void => {
      element.setAttribute('aria-pressed', String(on));
      say(state, on ? words.on : words.off);
      picture.replaceChildren(drawing(kind === 'camera' ? (on ? icons.camera : icons.cameraOff) : on ? icons.mic : icons.micOff));
    };
    return { button: element, draw };
  }

  function draw(): void {
    // The mirror stands still while joining, though the tracks already belong to the room.
    if (busy) return;
    const own = devices.snapshot();
    const { camera, microphone } = own.tracks;
    const shown = (video.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
    if (shown !== camera) video.srcObject = camera ? new MediaStream([camera]) : null;
    video.hidden = camera === null;
    ask.hidden = own.state !== 'unasked';
    say(curtain, own.state === 'unasked' || camera ? '' : own.state === 'starting' && own.wanted.camera ? words.cameraStarting : words.cameraOff);
    for (const one of toggles) one.draw(isOn(own, one.kind));
    drawLevel(microphone);
    troubles.replaceChildren(...troubleTexts(own, kinds).map((text) => h('p', { class: 'trouble' }, text)));
  }

  function drawLevel(track: MediaStreamTrack | null): void {
    if (track === listened) return;
    stopLevel();
    listened = track;
    level.hidden = heard.hidden = track === null;
    stopLevel = (): void => {};
    if (track === null) return;
    say(heard, words.levelSilent);
    const bars = [...level.children];
    stopLevel = watchLevel(track, (loud) => {
      const lit = Math.round(loud * STEPS);
      bars.forEach((bar, i) => bar.classList.toggle('lit', i < lit));
      if (lit > STEPS / 3) say(heard, words.levelHeard);
    });
  }

  const stop = devices.subscribe(draw);
  draw();
  return {
    element: h(
      'div',
      { class: 'mirror' },
      h('div', { class: 'picture' }, video, curtain, ask),
      h('div', { class: 'toggles' }, ...toggles.map(({ button }) => button)),
      h('div', { class: 'hearing' }, level, heard),
      troubles,
    ),
    joining(on: boolean): void {
      busy = on;
      // A small processor has the others' pictures to decode now.
      if (on) video.pause();
      else void video.play().catch(() => {});
    },
    close(): void {
      stop();
      stopLevel();
      video.srcObject = null;
    },
  };
}

const isOn = (own: OwnDevices, kind: Kind): boolean => own.wanted[kind] && own.trouble[kind] === null && !own.insecure && own.state !== 'unasked';

function troubleTexts(own: OwnDevices, kinds: readonly Kind[]): string[] {
  const { problems } = deviceWords();
  if (own.insecure) return [problems.insecure];
  return kinds.flatMap((kind) => {
    const trouble = own.trouble[kind];
    return trouble === null ? [] : [problems[`${kind}${trouble}`]];
  });
}
