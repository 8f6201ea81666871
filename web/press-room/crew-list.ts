// Who is on stage, as place cards: name, below it the position. Plain DOM.
import { h } from '../platform/dom.ts';
import { hall } from '../words/press-hall.ts';
import type { Join } from './visit.ts';

const SHOWN = ['narasumber', 'moderator', 'jbi'] as const;

export function crewList({ conference }: Join): HTMLElement {
  const { roles } = hall();
  const rows = SHOWN.flatMap((role) => conference.crew.filter((one) => one.role === role).sort((a, b) => a.order - b.order));
  return h(
    'ul',
    { class: 'crew' },
    ...rows.map(({ role, name, label, opdName }) =>
      h(
        'li',
        {},
        h('p', { class: 'card-name' }, name),
        h('p', { class: 'card-line' }, label ?? opdName ?? ''),
        role !== 'narasumber' && h('p', { class: 'crew-role' }, roles[role]),
      ),
    ),
  );
}
