// The press room's screen, downloaded after the media code.
import { insist } from '../platform/insist.ts';

type Screen = typeof import('./room-screen.tsx');

let screen: Promise<Screen> | null = null;

export const loadScreen = (): Promise<Screen> => (screen ??= insist(() => import('./room-screen.tsx')));
