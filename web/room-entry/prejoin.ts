// Before the room: yourself, a level meter, who you are, who is inside, and one button.
import { h, say } from '../platform/dom.ts';
import { deviceSelects } from '../room/device-selects.ts';
import { notice } from '../room/notice.ts';
import type { DeviceStore } from '../room/own-devices.ts';
import { ownMirror } from '../room/own-mirror.ts';
import { lineOf } from './people.ts';
import type { Join } from './portal.ts';
import { entry } from './words/entry.ts';

const NAMES_SHOWN = 4;

export type Prejoin = {
  element: HTMLElement;
  update: (join: Join) => void;
  joining: (on: boolean) => void;
  trouble: (text: string | null) => void;
  close: () => void;
};

export function prejoin({ join, devices, onJoin }: { join: Join; devices: DeviceStore; onJoin: () => void }): Prejoin {
  const words = entry();
  const mirror = ownMirror(devices);
  const selects = deviceSelects(devices);
  const inside = h('p', { class: 'inside' });
  const button = h('button', { class: 'button button-main gabung', type: 'button', on: { click: onJoin } }, words.join);
  const problem = h('p', { class: 'trouble', role: 'status', hidden: true });
  let media: Join['media'] = join.media;
  let busy = false;

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
  const told = notice({ notice: join.notice, zone: meeting.zone, button: words.join });
  const element = h(
    'section',
    { class: 'prejoin' },
    mirror.element,
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
  update(join);
  return {
    element,
    update,
    trouble,
    joining(on) {
      busy = on;
      drawButton();
      mirror.joining(on);
    },
    close() {
      selects.close();
      mirror.close();
    },
  };
}
