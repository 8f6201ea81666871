// A part of the office that is fetched when it is first needed. A line that is cut meanwhile only delays it: the frame around it says so.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { insist } from './insist.ts';

/** Throws when the portal answers and the part does not come, as after an update: `Catch` then offers the new ones. */
// oxlint-disable-next-line typescript/no-explicit-any -- what React.lazy takes
export function piece<T extends ComponentType<any>>(load: () => Promise<{ default: T }>): LazyExoticComponent<T> {
  return lazy(() => {
    let answered = 0;
    return insist(load, async () => {
      mendStyles();
      const portal = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
      if (portal?.ok && ++answered > 1) throw new Error('a part of the page is gone');
    });
  });
}

/** A stylesheet that failed is not asked for again by the next try; a fresh link is. */
function mendStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) if (!link.sheet) link.replaceWith(link.cloneNode());
}
