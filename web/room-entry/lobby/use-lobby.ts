// Who waits outside, for whoever may admit; fetched again when the portal says that it changed.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { getLobbyDesk, LobbyAct, LobbyDesk, postLobbyDecision, putLobbyMessage, Waiting } from '../../../shared/lobby.ts';
import type { KnockState } from '../../../shared/lobby.ts';
import { call } from '../../platform/call.ts';
import type { Visit } from '../entrance.ts';

const POLL_MS = 30_000;

export type LobbySnapshot = {
  desk: LobbyDesk | null;
  busy: boolean;
  failure: string | null;
  already: { id: string; name: string; state: KnockState }[];
  decide: (act: LobbyAct, knocks: readonly Pick<Waiting, 'id' | 'round'>[], message?: string) => Promise<boolean>;
  write: (text: string | null, knock?: string) => Promise<boolean>;
};

export function useLobby({ join, live }: Pick<Visit, 'join' | 'live'>): LobbySnapshot {
  const { id } = join.meeting;
  const [desk, setDesk] = useState<LobbyDesk | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [already, setAlready] = useState<LobbySnapshot['already']>([]);
  const turn = useRef(0);

  const refresh = useCallback(async (): Promise<void> => {
    const mine = (turn.current += 1);
    const next = await call<typeof getLobbyDesk>('GET', '/api/meetings/:id/lobby', { params: { id } }).catch(() => null);
    if (next && mine === turn.current) setDesk(next);
  }, [id]);

  useEffect(() => {
    void refresh();
    const stopMessages = live.onMessage((message) => message.type === 'lobby.changed' && message.meetingId === id && void refresh());
    const stopState = live.onState((state) => state === 'open' && void refresh());
    // Whoever closes their page says nothing.
    const timer = window.setInterval(() => void refresh(), POLL_MS);
    return () => {
      stopMessages();
      stopState();
      window.clearInterval(timer);
    };
  }, [live, id, refresh]);

  async function run<T>(work: Promise<T>, take: (reply: T) => LobbyDesk): Promise<boolean> {
    setBusy(true);
    setFailure(null);
    try {
      const next = take(await work);
      turn.current += 1;
      setDesk(next);
      return true;
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return {
    desk,
    busy,
    failure,
    already,
    decide: (act, knocks, message) =>
      run(
        call<typeof postLobbyDecision>('POST', '/api/meetings/:id/lobby/decisions', {
          params: { id },
          body: { act, knocks: knocks.map(({ id: knock, round }) => ({ id: knock, round })), ...(message && { message }) },
        }),
        (reply) => {
          setAlready(reply.already);
          return reply.desk;
        },
      ),
    write: (text, knock) =>
      run(
        call<typeof putLobbyMessage>('PUT', '/api/meetings/:id/lobby/message', { params: { id }, body: { text, ...(knock !== undefined && { knock }) } }),
        (next) => next,
      ),
  };
}
