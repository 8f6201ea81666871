// The way in is plain DOM on purpose: it stands before React is downloaded.
export { drawing, h, say } from '../platform/dom.ts';

/** Puts one screen in the place of another and moves the reader to its heading. */
export function show(root: HTMLElement, screen: HTMLElement, name: string): void {
  root.dataset['screen'] = name;
  root.replaceChildren(screen);
  const heading = screen.querySelector<HTMLElement>('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}
