// A screen of words with a way on: whoever cannot be in the room reads here why, what is safe, and what to do.
import { chooseLanguage, language } from '../platform/language.ts';
import { h } from '../platform/dom.ts';

export type Action = { label: string; main?: boolean } & ({ href: string } | { press: () => void });
export type Gate = { title: string; body: string; actions: Action[]; tone?: 'alarm' | 'wait' };

export function gate({ title, body, actions, tone }: Gate): HTMLElement {
  return h(
    'section',
    { class: 'gate', ...(tone && { 'data-tone': tone }) },
    h('h1', {}, title),
    h('p', {}, body),
    h('div', { class: 'gate-actions' }, ...actions.map(button)),
  );
}

function button(action: Action): HTMLElement {
  const look = action.main ? 'button button-main' : 'button';
  if ('href' in action) return h('a', { class: look, href: action.href }, action.label);
  return h('button', { class: look, type: 'button', on: { click: action.press } }, action.label);
}

export function languageButton(): HTMLElement {
  return h(
    'button',
    {
      class: 'language',
      type: 'button',
      lang: language() === 'id' ? 'en' : 'id',
      on: { click: () => chooseLanguage(language() === 'id' ? 'en' : 'id') },
    },
    language() === 'id' ? 'English' : 'Bahasa Indonesia',
  );
}

/** Puts one screen in the place of another and moves the reader to its heading. */
export function show(root: HTMLElement, screen: HTMLElement, name: string): void {
  root.dataset['screen'] = name;
  root.replaceChildren(screen);
  const heading = screen.querySelector<HTMLElement>('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}
