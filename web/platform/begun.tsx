// The screen one comes by, fetched while the portal is still asked who is there: once React has shown a fallback, it holds back what follows it for 300 ms.
import { useState, type FunctionComponent } from 'react';
import { piece } from './piece.ts';

/** At any other address, as `piece`. `ask`: what the screen will ask for, begun with it. */
export function begun<P extends object>(
  path: string,
  load: () => Promise<{ default: FunctionComponent<P> }>,
  ask?: () => Promise<unknown>,
): FunctionComponent<P> {
  const Later: FunctionComponent<P> = piece(load);
  if (window.location.pathname !== path) return Later;
  let Screen = Later;
  load().then(
    (module) => (Screen = module.default),
    () => undefined, // Asked again when it is drawn.
  );
  // Once the page's language is known. What fails is asked again, and said, by the screen.
  void Promise.resolve()
    .then(ask)
    .catch(() => undefined);
  return function Begun(props: P) {
    const [Own] = useState(() => Screen);
    return <Own {...props} />;
  };
}
