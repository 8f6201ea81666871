// The only file that imports pdfjs-dist, downloaded when a PDF is opened. Its worker is one of our own files; nothing in a document runs.
// The build for older browsers: phones of the office are not new.
import { getDocument, GlobalWorkerOptions, TextLayer, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
// oxlint-disable-next-line import/default -- an address that the build makes
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

/** Bytes asked for at once: a page is there long before the whole. */
const PIECE = 65_536;
/** Dots of one drawing; more would take a phone's memory. */
const MOST_DOTS = 6_000_000;

export type OpenPdf = { pages: number; draw: (on: { canvas: HTMLCanvasElement; text: HTMLElement }, n: number, fit: Fit) => Drawing; close: () => void };
/** The box a page is fitted into, in CSS pixels, and how much larger than that. */
export type Fit = { width: number; height: number; zoom: number };
export type Drawing = { done: Promise<void>; stop: () => void };

export async function openPdf(address: { url: string; httpHeaders: Record<string, string> }): Promise<OpenPdf> {
  const task = getDocument({
    ...address,
    withCredentials: true,
    rangeChunkSize: PIECE,
    // Page by page, as they are looked at.
    disableAutoFetch: true,
    disableStream: true,
    isEvalSupported: false,
    enableXfa: false,
  });
  const pdf = await task.promise;
  return { pages: pdf.numPages, draw: (on, n, fit) => drawing(pdf, on, n, fit), close: () => void task.destroy() };
}

function drawing(pdf: PDFDocumentProxy, { canvas, text }: { canvas: HTMLCanvasElement; text: HTMLElement }, n: number, { width, height, zoom }: Fit): Drawing {
  let stopped = false;
  let stop = (): void => {};
  async function draw(): Promise<void> {
    const page = await pdf.getPage(n);
    if (stopped) return;
    const plain = page.getViewport({ scale: 1 });
    const scale = Math.min(width / plain.width, height / plain.height) * zoom;
    const viewport = page.getViewport({ scale });
    const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_DOTS / (viewport.width * viewport.height)));
    const fresh = document.createElement('canvas');
    fresh.width = Math.floor(viewport.width * density);
    fresh.height = Math.floor(viewport.height * density);
    const context = fresh.getContext('2d');
    if (!context) return;
    const rendering = page.render({ canvasContext: context, viewport, transform: [density, 0, 0, density, 0, 0] });
    stop = () => rendering.cancel();
    await rendering.promise;
    if (stopped) return;
    // Drawn aside first: the page before stays until this one is whole.
    canvas.width = fresh.width;
    canvas.height = fresh.height;
    canvas.style.width = `${viewport.width}px`;
    canvas.style.height = `${viewport.height}px`;
    canvas.getContext('2d')?.drawImage(fresh, 0, 0);
    canvas.dataset['page'] = String(n);
    text.replaceChildren();
    text.style.setProperty('--scale-factor', String(scale));
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
    stop = () => layer.cancel();
    await layer.render();
  }
  const quiet = (error: unknown): void => {
    if (!stopped) throw error;
  };
  return {
    done: draw().catch(quiet),
    stop() {
      stopped = true;
      stop();
    },
  };
}
