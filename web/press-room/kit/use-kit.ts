// What is published, as this page knows it. It asks on entering, when the portal says that the kit may have changed, and at the announced
// minute by the server's clock, without being told: nothing goes over the wire at the embargo but the answer.
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { getKit, PublicKit } from '../../../shared/press-kit.ts';
import { call } from '../../platform/call.ts';
import { useServerNow } from '../../platform/server-clock.ts';
import type { Visit } from '../visit.ts';

export type Kit = z.output<typeof PublicKit>;
/** Everybody's clock strikes at once: the questions come spread over less than the second they may take. */
const SPREAD_MS = 600;
const GATHER_MS = 2000;
const RETRY_MS = 4000;

export function useKit({ slug, join, live }: Pick<Visit, 'slug' | 'join' | 'live'>) {
  const [kit, setKit] = useState<Kit | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const now = useServerNow(kit?.serverTime ?? join.conference.serverTime);
  const at = kit?.announcedFor == null ? null : Date.parse(kit.announcedFor);
  const due = at !== null && now >= at;

  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    async function ask(): Promise<void> {
      try {
        const answer = await call<typeof getKit>('GET', '/api/press/:slug/kit', { params: { slug }, signal: stop.signal });
        setKit(answer);
        setFailed(false);
      } catch {
        if (stop.signal.aborted) return;
        setFailed(true);
        timer = window.setTimeout(() => void ask(), RETRY_MS);
      }
    }
    timer = window.setTimeout(() => void ask(), round === 0 ? 0 : Math.random() * SPREAD_MS);
    return () => {
      stop.abort();
      window.clearTimeout(timer);
    };
  }, [slug, round]);

  useEffect(() => {
    if (due) setRound((n) => n + 1);
  }, [due, at]);

  useEffect(() => {
    let timer = 0;
    const soon = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setRound((n) => n + 1), Math.random() * GATHER_MS);
    };
    const off = [
      live.onMessage((message) => message.type === 'kit.changed' && message.conferenceId === join.conference.id && soon()),
      live.onState((state) => state === 'open' && soon()),
    ];
    return () => {
      window.clearTimeout(timer);
      for (const stop of off) stop();
    };
  }, [live, join.conference.id]);

  return { kit, failed, due };
}
