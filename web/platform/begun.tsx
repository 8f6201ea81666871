// The screen one comes by, fetched while the portal is still asked who is there: once React has shown a fallback, it holds back what follows it for 300 ms.
import { lazy, useState, type FunctionComponent } from 'react';

/** At any other address, as `lazy`. */
export function begun<P extends object>(path: string, load: () => Promise<{ default: FunctionComponent<P> }>): FunctionComponent<P> {
  const Later: FunctionComponent<P> = lazy(load);
  if (window.location.pathname !== path) return Later;
  let Screen = Later;
  load().then(
    (module) => (Screen = module.default),
    () => undefined, // Asked again when it is drawn.
  );
  return function Begun(props: P) {
    const [Own] = useState(() => Screen);
    return <Own {...props} />;
  };
}
