// The shell of whatever is called beside the stage: a heading, a way to close it, and the focus where it belongs.
import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './icon.tsx';

type Props = { title: string; /** The word on its cross. */ close: string; onClose: () => void; children: ReactNode };

export function SidePanel({ title, close, onClose, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside className="panel" aria-label={title}>
      <header className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="panel-close" onClick={onClose} aria-label={close}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </aside>
  );
}
