// Before the green room, for the crew: yourself, a level meter, who you are, who is there, the notice, and one button.
import { h, say } from '../platform/dom.ts';
import { deviceSelects } from '../room/device-selects.ts';
import { notice } from '../room/notice.ts';
import type { DeviceStore } from '../room/own-devices.ts';
import { ownMirror } from '../room/own-mirror.ts';
import { hall as words } from '../words/press-hall.ts';
import { crewList } from './crew-list.ts';
import { onAir, type Hall } from './hall.ts';
import { kindsOf } from './send.ts';
import type { Join } from './visit.ts';

export function prejoin({ join, devices, onJoin }: { join: Join; devices: DeviceStore; onJoin: () => void }): Hall {
  const text = words();
  const kinds = kindsOf(join.you);
  const mirror = kinds.length > 0 ? ownMirror(devices, kinds) : null;
  const selects = deviceSelects(devices, [...kinds, 'speaker']);
  const button = h('button', { class: 'button button-main gabung', type: 'button', on: { click: onJoin } });
  const problem = h('p', { class: 'trouble', role: 'status', hidden: true });
  const under = h('p', { class: 'quiet' });
  let live = onAir(join);
  let busy = false;

  function draw(): void {
    button.disabled = busy;
    say(button, busy ? text.connecting : live ? text.enterLive : text.enterGreen);
    say(under, kinds.length === 0 ? text.operatorUnder : live ? text.liveUnder : text.greenUnder);
  }

  function trouble(said: string | null): void {
    problem.hidden = said === null;
    say(problem, said ?? '');
  }

  function update(next: Join): void {
    live = onAir(next);
    trouble(next.media === 'ready' ? null : text.problems.mediaUnavailable);
    draw();
  }

  const { conference, you } = join;
  const told = join.notice && notice({ notice: join.notice, zone: conference.zone, button: live ? text.enterLive : text.enterGreen });
  const element = h(
    'section',
    { class: 'prejoin' },
    mirror?.element ?? h('div', { class: 'siaran-what' }, crewList(join)),
    h(
      'div',
      { class: 'about' },
      h('h1', {}, conference.title),
      h('p', { class: 'quiet' }, text.by(conference.opdName)),
      h(
        'div',
        { class: 'place-card' },
        h('p', { class: 'quiet' }, `${text.crewAs} ${you.role ? text.roles[you.role].toLowerCase() : ''}`),
        h('p', { class: 'card-name' }, you.name ?? ''),
        h('p', { class: 'card-line' }, you.label ?? ''),
      ),
      selects.element,
      told?.block,
      h('div', { class: 'go' }, problem, under, button, told?.line),
    ),
  );
  update(join);
  return {
    element,
    update,
    trouble,
    joining(on) {
      busy = on;
      draw();
      mirror?.joining(on);
    },
    close() {
      selects.close();
      mirror?.close();
    },
  };
}
