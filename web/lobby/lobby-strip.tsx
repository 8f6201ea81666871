// On every screen: whether somebody waits outside a meeting of this host. What is said of it loads when somebody does.
import { Suspense } from 'react';
import { piece } from '../platform/piece.ts';
import type { getMyLobbies } from '../../shared/lobby.ts';
import { useRead } from '../platform/api.ts';

const LobbyLines = piece(() => import('./lobby-lines.tsx'));

export default function LobbyStrip() {
  const { value } = useRead<typeof getMyLobbies>('/api/me/lobbies', {});
  return (
    <div role="status">
      {value && value.length > 0 && (
        <Suspense>
          <LobbyLines lobbies={value} />
        </Suspense>
      )}
    </div>
  );
}
