// The notice on recording attendance: to be read before the first time, a line that opens it ever after.
import type { NoticeText } from '../../shared/notices.ts';
import { language } from '../platform/language.ts';
import { h } from './dom.ts';
import * as portal from './portal.ts';
import { dayMonth } from './time.ts';
import { entry } from './words/entry.ts';

const FIRST = 2;

/** `block` stands above the button, `line` below it. */
export function notice({ notice: { version, acknowledgedAt, texts }, meeting }: portal.Join): { block: HTMLElement; line: HTMLElement } {
  const words = entry();
  if (texts)
    return { block: h('section', { class: 'notice' }, ...read(texts[language()])), line: h('p', { class: 'quiet recorded' }, words.noticeAck(words.join)) };

  const block = h('section', { class: 'notice', hidden: true });
  const opener = h(
    'button',
    { class: 'recorded', type: 'button', 'aria-expanded': 'false', on: { click: () => void turn() } },
    words.noticeRead(version, dayMonth(acknowledgedAt ?? '', meeting.zone)),
  );

  async function turn(): Promise<void> {
    block.hidden = !block.hidden;
    opener.setAttribute('aria-expanded', String(!block.hidden));
    if (block.hidden) return;
    if (block.childElementCount === 0) {
      const text = await portal.notice(version).catch(() => null);
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
  return [h('h2', {}, title), list(points.slice(0, FIRST)), h('details', {}, h('summary', {}, entry().noticeMore), list(points.slice(FIRST)))];
}
