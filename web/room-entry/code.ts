// The rest of the meeting room, downloaded after the media code.
import { insist } from '../platform/insist.ts';

type Screen = typeof import('./room-screen.tsx');
type Ring = typeof import('./ring/ring-in-room.ts');
type Lobby = typeof import('./lobby/waiting-room.ts');

let screen: Promise<Screen> | null = null;

export const loadScreen = (): Promise<Screen> => (screen ??= insist(() => import('./room-screen.tsx')));
export const loadLobby = (): Promise<Lobby> => insist(() => import('./lobby/waiting-room.ts'));
export const loadRing = (): Promise<Ring> => insist(() => import('./ring/ring-in-room.ts'));
export const loadCheck = (): Promise<typeof import('./check/check-page.ts')> => insist(() => import('./check/check-page.ts'));
