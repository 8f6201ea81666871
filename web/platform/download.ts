// Fetches a file first, so that a refusal is words on this page and not a page of JSON, then hands it to the browser.
import { useState } from 'react';
import type { CallOf, Endpoint } from '../../shared/endpoint.ts';
import { call, Refused, type Args } from './call.ts';

export function saveAs(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function useDownload<E extends Endpoint & { method: 'GET' } = never>(
  path: E['path'],
): { fetch: (given: CallOf<E>, name: string) => Promise<void>; busy: boolean; failure: Refused | undefined } {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Refused>();
  async function fetchFile(given: CallOf<E>, name: string): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      const content: unknown = await call<E>('GET', path, ...([given] as unknown as Args<E>));
      saveAs(content instanceof Blob ? content : new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }), name);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }
  return { fetch: fetchFile, busy, failure };
}
