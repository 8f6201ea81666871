// A very small way to make elements, for what must stand before (or without) React: the way into the room, and the ringing screen.
type Child = Node | string | null | false | undefined;
type Hearers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
type Props = { on?: Hearers } & Record<string, string | number | boolean | undefined | Hearers>;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'on') for (const [type, hear] of Object.entries(props.on ?? {})) element.addEventListener(type, hear as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string' || typeof value === 'number') element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false && child !== undefined));
  return element;
}

/** Changes text only when it differs, so that a screen reader is not told twice. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const NS = 'http://www.w3.org/2000/svg';

/** A line drawing of 24 × 24 from path data. */
export function drawing(paths: string): SVGSVGElement {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(NS, 'path');
  path.setAttribute('d', paths);
  svg.append(path);
  return svg;
}
