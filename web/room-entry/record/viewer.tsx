// One page of a material, large: in step with who shows it, or leafed through by oneself.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { OpenPdf } from './pdf.ts';
import * as portal from './portal.ts';
import { useRecordWords } from './words.ts';
import './record.css';

type Props = {
  meetingId: string;
  material: portal.Material;
  page: number;
  /** Who shows it to everybody; null: the own page. */
  following: string | null;
  /** This page shows it to everybody: turning turns for all. */
  presenting: boolean;
  onPage: (page: number) => void;
  onFollow?: (() => void) | undefined;
  onStop?: (() => void) | undefined;
  onClose?: (() => void) | undefined;
};

const ZOOMS = [1, 1.25, 1.5, 2, 3, 4] as const;

export default function Viewer({ meetingId, material, page, following, presenting, onPage, onFollow, onStop, onClose }: Props) {
  const words = useRecordWords();
  const isPdf = material.type === 'application/pdf';
  const { pdf, picture, failed, again } = useMaterial(meetingId, material.id, isPdf);
  const [zoom, setZoom] = useState(0);
  const pages = isPdf ? (pdf?.pages ?? null) : 1;
  const at = Math.min(page, pages ?? page);
  const go = (n: number): void => {
    if (n >= 1 && (pages === null || n <= pages) && n !== at) onPage(n);
  };
  const nearer = (by: 1 | -1): void => setZoom((now) => Math.min(ZOOMS.length - 1, Math.max(0, now + by)));
  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const acts: Record<string, () => void> = {
      ArrowRight: () => go(at + 1),
      PageDown: () => go(at + 1),
      ArrowLeft: () => go(at - 1),
      PageUp: () => go(at - 1),
      Home: () => go(1),
      End: () => pages !== null && go(pages),
      '+': () => nearer(1),
      '=': () => nearer(1),
      '-': () => nearer(-1),
      '0': () => setZoom(0),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its own keys, beside the buttons that do the same
    <section className="viewer" aria-label={words.viewer(material.title)} aria-describedby="viewer-keys" data-page={at} onKeyDown={pressed}>
      <p id="viewer-keys" className="for-readers">
        {words.viewerKeys}
      </p>
      <header className="viewer-bar">
        <strong className="viewer-title">{material.title}</strong>
        <span className="viewer-turns">
          <button type="button" className="button" aria-label={words.prev} disabled={at <= 1} onClick={() => go(at - 1)}>
            ‹
          </button>
          <span className="viewer-page" role="status">
            {pages === null ? at : words.page(at, pages)}
          </span>
          <button type="button" className="button" aria-label={words.next} disabled={pages !== null && at >= pages} onClick={() => go(at + 1)}>
            ›
          </button>
        </span>
        <span className="viewer-turns">
          <button type="button" className="button" aria-label={words.zoomOut} disabled={zoom === 0} onClick={() => nearer(-1)}>
            −
          </button>
          <button type="button" className="button" aria-label={words.zoomIn} disabled={zoom === ZOOMS.length - 1} onClick={() => nearer(1)}>
            +
          </button>
        </span>
        {presenting ? (
          onStop && (
            <button type="button" className="button" onClick={onStop}>
              {words.stopShowing}
            </button>
          )
        ) : (
          <span className="viewer-state">{following !== null ? words.following(following) : onFollow && words.own}</span>
        )}
        {onFollow && (
          <button type="button" className="button button-main" onClick={onFollow}>
            {words.follow}
          </button>
        )}
        {onClose && (
          <button type="button" className="panel-close" aria-label={words.closeViewer} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      {failed ? (
        <div className="viewer-failed" role="alert">
          <p>{words.viewerFailed}</p>
          <button type="button" className="button" onClick={again}>
            {words.viewerAgain}
          </button>
        </div>
      ) : isPdf ? (
        <Page pdf={pdf} page={at} zoom={ZOOMS[zoom] ?? 1} />
      ) : (
        <div className="viewer-area" tabIndex={0} aria-busy={picture === null}>
          {picture !== null && <img src={picture} alt={material.title} style={{ width: `${(ZOOMS[zoom] ?? 1) * 100}%` }} />}
        </div>
      )}
    </section>
  );
}

function Page({ pdf, page, zoom }: { pdf: OpenPdf | null; page: number; zoom: number }) {
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  const [busy, setBusy] = useState(true);
  useEffect(() => {
    if (!area.current) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setBox({ width: entry.contentRect.width, height: entry.contentRect.height }));
    observer.observe(area.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!pdf || !canvas.current || !text.current || box.width < 1 || box.height < 1) return undefined;
    setBusy(true);
    const drawing = pdf.draw({ canvas: canvas.current, text: text.current }, page, { ...box, zoom });
    drawing.done.then(
      () => setBusy(false),
      () => setBusy(false),
    );
    return drawing.stop;
  }, [pdf, page, zoom, box]);
  return (
    <div className="viewer-area" ref={area} tabIndex={0} aria-busy={busy}>
      <div className="viewer-sheet">
        <canvas ref={canvas} aria-hidden="true" />
        <div className="textLayer" ref={text} />
      </div>
    </div>
  );
}

/** Opened for as long as it is looked at. */
function useMaterial(meetingId: string, id: string, isPdf: boolean) {
  const [opened, setOpened] = useState<{ of: string; pdf: OpenPdf | null; picture: string | null; failed: boolean } | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    let close = (): void => {};
    const open = async (): Promise<void> => {
      if (isPdf) {
        const { openPdf } = await import('./pdf.ts');
        const pdf = await openPdf(portal.materialAddress(meetingId, id));
        close = pdf.close;
        if (!gone) setOpened({ of: id, pdf, picture: null, failed: false });
        else pdf.close();
        return;
      }
      const picture = URL.createObjectURL(await portal.materialFile(meetingId, id));
      close = () => URL.revokeObjectURL(picture);
      if (!gone) setOpened({ of: id, pdf: null, picture, failed: false });
      else close();
    };
    open().catch(() => !gone && setOpened({ of: id, pdf: null, picture: null, failed: true }));
    return () => {
      gone = true;
      close();
    };
  }, [meetingId, id, isPdf, tries]);
  const known = opened?.of === id ? opened : null;
  return {
    pdf: known?.pdf ?? null,
    picture: known?.picture ?? null,
    failed: known?.failed ?? false,
    again: () => {
      setOpened(null);
      setTries((n) => n + 1);
    },
  };
}
