// Before the room: yourself, a level meter, who you are, who is inside, and one button.
import { drawing, h, say } from './dom.ts';
import { deviceSelects } from './device-selects.ts';
import type { DeviceStore, Kind, OwnDevices } from './own-devices.ts';
import { icons } from './icons.ts';
import { watchLevel } from './level.ts';
import { notice } from './notice.ts';
import { lineOf } from './people.ts';
import type { Join } from './portal.ts';
import { entry } from './words/entry.ts';

const NAMES_SHOWN = 4;
const STEPS = 12;

export type Prejoin = {
  element: HTMLElement;
  update: (join: Join) => void;
  joining: (on: boolean) => void;
  trouble: (text: string | null) => void;
  close: () => void;
};

export function prejoin({ join, devices, onJoin }: { join: Join; devices: DeviceStore; onJoin: () => void }): Prejoin {
  const words = entry();
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
  const toggles = { microphone: toggle('microphone'), camera: toggle('camera') };
  const level = h('div', { class: 'level', 'aria-hidden': 'true', hidden: true }, ...Array.from({ length: STEPS }, () => h('span')));
  const heard = h('p', { class: 'quiet heard', hidden: true });
  const troubles = h('div', { class: 'troubles', role: 'status' });
  const selects = deviceSelects(devices);
  const inside = h('p', { class: 'inside' });
  const button = h('button', { class: 'button button-main gabung', type: 'button', on: { click: onJoin } }, words.join);
  const problem = h('p', { class: 'trouble', role: 'status', hidden: true });
  let stopLevel = (): void => {};
  let listened: MediaStreamTrack | null = null;
  let media: Join['media'] = join.media;
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

  function drawDevices(): void {
    // The mirror stands still while joining, though the tracks already belong to the room.
    if (busy) return;
    const own = devices.snapshot();
    const { camera, microphone } = own.tracks;
    const shown = (video.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
    if (shown !== camera) video.srcObject = camera ? new MediaStream([camera]) : null;
    video.hidden = camera === null;
    ask.hidden = own.state !== 'unasked';
    say(curtain, own.state === 'unasked' || camera ? '' : own.state === 'starting' && own.wanted.camera ? words.cameraStarting : words.cameraOff);
    for (const kind of ['camera', 'microphone'] as const) toggles[kind].draw(isOn(own, kind));
    drawLevel(microphone);
    troubles.replaceChildren(...troubleTexts(own).map((text) => h('p', { class: 'trouble' }, text)));
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

  function drawButton(): void {
    button.disabled = busy;
    say(button, busy ? words.joining : media === 'ready' ? words.join : words.joinWithoutMedia);
  }

  function trouble(text: string | null): void {
    problem.hidden = text === null;
    say(problem, text ?? '');
  }

  function update(next: Join): void {
    media = next.media;
    const shown = next.inside.slice(0, NAMES_SHOWN);
    say(inside, shown.length === 0 ? words.nobodyInside : words.inside(shown.join(', '), next.inside.length - shown.length));
    trouble(media === 'ready' ? null : words.problems.mediaUnavailable);
    drawButton();
  }

  const { meeting, you } = join;
  const told = notice(join);
  const element = h(
    'section',
    { class: 'prejoin' },
    h(
      'div',
      { class: 'mirror' },
      h('div', { class: 'picture' }, video, curtain, ask),
      h('div', { class: 'toggles' }, toggles.microphone.button, toggles.camera.button),
      h('div', { class: 'hearing' }, level, heard),
      troubles,
    ),
    h(
      'div',
      { class: 'about' },
      h('h1', {}, meeting.title),
      h('p', { class: 'quiet' }, words.meetingBy(meeting.chairName, meeting.opdName)),
      inside,
      h(
        'div',
        { class: 'place-card' },
        h('p', { class: 'quiet' }, words.youAre),
        h('p', { class: 'card-name' }, you.name, you.badge && h('span', { class: 'badge' }, you.badge === 'Tamu' ? words.guest : words.press)),
        h('p', { class: 'card-line' }, lineOf(you)),
      ),
      selects.element,
      told.block,
      h('div', { class: 'go' }, problem, button, told.line),
    ),
  );
  const stop = devices.subscribe(drawDevices);
  drawDevices();
  update(join);
  return {
    element,
    update,
    trouble,
    joining(on) {
      busy = on;
      drawButton();
      // The mirror stands still: a small processor has the others' pictures to decode now.
      if (on) video.pause();
      else void video.play().catch(() => {});
    },
    close() {
      stop();
      selects.close();
      stopLevel();
      video.srcObject = null;
    },
  };
}

const isOn = (own: OwnDevices, kind: Kind): boolean => own.wanted[kind] && own.trouble[kind] === null && !own.insecure && own.state !== 'unasked';

function troubleTexts(own: OwnDevices): string[] {
  const { problems } = entry();
  if (own.insecure) return [problems.insecure];
  return (['camera', 'microphone'] as const).flatMap((kind) => {
    const trouble = own.trouble[kind];
    return trouble === null ? [] : [problems[`${kind}${trouble}`]];
  });
}
