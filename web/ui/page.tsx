// The head of a page: a title over the double rule of a letterhead. Opening a screen names the window and moves the focus here.
// A long page gets an index of its sections, which stays at the top while one reads.
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';

type PageProps = { title: string; over?: ReactNode; under?: ReactNode; actions?: ReactNode; children: ReactNode; narrow?: boolean; index?: boolean };

/** Says that a section stands here, until the answered function is called. */
type Enters = (element: HTMLElement, title: string) => () => void;
const IndexContext = createContext<Enters | null>(null);
/** Fewer are seen at once. */
const WORTH_AN_INDEX = 4;

let first = true;

export function Page({ title, over, under, actions, children, narrow = false, index = false }: PageProps) {
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
      {index ? <Indexed>{children}</Indexed> : children}
    </div>
  );
}

/** Sections come as they are read from the portal: in the index they stand as on the page. */
function Indexed({ children }: { children: ReactNode }) {
  const w = useWords(commonWords);
  const [sections, setSections] = useState<readonly { element: HTMLElement; title: string }[]>([]);
  const enters = useMemo<Enters>(
    () => (element, title) => {
      const one = { element, title };
      const below = (other: HTMLElement): boolean => (element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      setSections((all) => [...all.filter((s) => !below(s.element)), one, ...all.filter((s) => below(s.element))]);
      return () => setSections((all) => all.filter((s) => s !== one));
    },
    [],
  );
  function goTo(element: HTMLElement): void {
    element.scrollIntoView();
    element.querySelector('h2')?.focus({ preventScroll: true });
  }
  return (
    <>
      <nav className="page-index" aria-label={w.onThisPage} hidden={sections.length < WORTH_AN_INDEX}>
        {sections.map(({ element, title }) => (
          <button key={title} type="button" onClick={() => goTo(element)}>
            {title}
          </button>
        ))}
      </nav>
      <IndexContext.Provider value={enters}>{children}</IndexContext.Provider>
    </>
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
  const enters = useContext(IndexContext);
  const element = useRef<HTMLElement>(null);
  useEffect(() => (enters && element.current && depth === undefined ? enters(element.current, title) : undefined), [enters, title, depth]);
  return (
    <section className="section" aria-label={title} data-depth={depth} ref={element}>
      <header>
        <h2 tabIndex={enters ? -1 : undefined}>
          {title}
          {note !== undefined && <small> {note}</small>}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
