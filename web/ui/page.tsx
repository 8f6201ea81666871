// The head of a page: a title over the double rule of a letterhead. Opening a screen names the window and moves the focus here.
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';

type PageProps = { title: string; over?: ReactNode; under?: ReactNode; actions?: ReactNode; children: ReactNode; narrow?: boolean };

let first = true;

export function Page({ title, over, under, actions, children, narrow = false }: PageProps) {
  const w = useWords(commonWords);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${w.portal}`;
  }, [title, w]);
  useEffect(() => {
    // The first screen keeps the focus where the browser put it; every later one starts at its title.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
    window.scrollTo(0, 0);
  }, []);
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div>
          {over !== undefined && <p className="over">{over}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {under !== undefined && <div className="under">{under}</div>}
        </div>
        {actions !== undefined && <div className="row">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** `depth`: how far below another section this one stands in a tree. */
export function Section({
  title,
  note,
  actions,
  children,
  depth,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  depth?: number;
}) {
  return (
    <section className="section" aria-label={title} data-depth={depth}>
      <header>
        <h2>
          {title}
          {note !== undefined && <small> {note}</small>}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
