// The notice on recording attendance: to be read before the first time, a line that opens it ever after.
import type { getNotice, NoticeState, NoticeText } from '../../shared/notices.ts';
import type { Zone } from '../../shared/people.ts';
import { language } from '../platform/language.ts';
import { call } from '../platform/call.ts';
import { h } from '../platform/dom.ts';
import { dayMonth } from '../platform/time.ts';
import { deviceWords } from '../words/devices.ts';

const FIRST = 2;

type Told = { notice: NoticeState; zone: Zone; /** The word on the button that acknowledges it. */ button: string };

/** `block` stands above the button, `line` below it. */
export function notice({ notice: { version, acknowledgedAt, texts }, zone, button }: Told): { block: HTMLElement; line: HTMLElement } {
  const words = deviceWords();
  if (texts)
    return { block: h('section', { class: 'notice' }, ...read(texts[language()])), line: h('p', { class: 'quiet recorded' }, words.noticeAck(button)) };

  const block = h('section', { class: 'notice', hidden: true });
  const opener = h(
    'button',
    { class: 'recorded', type: 'button', 'aria-expanded': 'false', on: { click: () => void turn() } },
    words.noticeRead(version, dayMonth(acknowledgedAt ?? '', zone)),
  );

  async function turn(): Promise<void> {
    block.hidden = !block.hidden;
    opener.setAttribute('aria-expanded', String(!block.hidden));
    if (block.hidden) return;
    if (block.childElementCount === 0) {
      const text = await call<typeof getNotice>('GET', '/api/notices/:version', { params: { version } }).catch(() => null);
      if (text) block.replaceChildren(...read(text[language()]));
      else block.textContent = words.noticeLost;
    }
    block.scrollIntoView({ block: 'nearest' });
  }
  return { block, line: opener };
}

/** What is recorded and what for stands open; the rest is one tap away, so that the button and the mirror stay in sight. */
function read({ title, points }: NoticeText): HTMLElement[] {
  const list = (some: NoticeText['points']): HTMLElement => h('dl', {}, ...some.map(({ label, text }) => h('div', {}, h('dt', {}, label), h('dd', {}, text))));
  return [h('h2', {}, title), list(points.slice(0, FIRST)), h('details', {}, h('summary', {}, deviceWords().noticeMore), list(points.slice(FIRST)))];
}
