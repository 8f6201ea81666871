// Who is signed in. Screens behind the sign-in get `useMe()`; only the gate in app.tsx handles nobody being there.
import { createContext, useContext, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { getMe, Role, Zone } from '../../shared/people.ts';
import type { ReplyOf } from '../../shared/endpoint.ts';
import { readKey, useRead, type Remote } from './api.ts';

export type Me = ReplyOf<typeof getMe>;

export const useWhoIsHere = (): Remote<Me> => useRead<typeof getMe>('/api/me', {});

const Present = createContext<Me | null>(null);
export const SignedIn = ({ me, children }: { me: Me; children: ReactNode }) => <Present value={me}>{children}</Present>;

export function useMe(): Me {
  const me = useContext(Present);
  if (me === null) throw new Error('useMe() outside the signed-in part of the portal');
  return me;
}

/** The office's zone; somebody without an OPD reads the time of Jakarta, and the zone is named beside every hour. */
export const useZone = (): Zone => useMe().opd?.zone ?? 'Asia/Jakarta';

export const holds = (me: Me, ...roles: Role[]): boolean => me.roles.includes('administrator') || roles.some((role) => me.roles.includes(role));
export const mayCallMeeting = (me: Me): boolean => holds(me, 'pejabat', 'admin_opd', 'operator_dkis');
export const mayExport = (me: Me): boolean => holds(me, 'admin_opd', 'bkd');
export const mayReadOutages = (me: Me): boolean => holds(me, 'bkd', 'admin_opd', 'kepala_opd');
export const mayKeepStaff = (me: Me): boolean => holds(me, 'admin_opd');

/** What pages keep in this browser until the portal has it. */
const DRAFT = /^(jadwal|notulen|siaran|tanya):/;

/** Who signs out leaves nothing written here for whoever sits down next. Choices of devices and language stay. */
function forgetDrafts(): void {
  for (const store of [localStorage, sessionStorage]) {
    try {
      for (const key of Object.keys(store)) if (DRAFT.test(key)) store.removeItem(key);
    } catch {
      // No storage: nothing was kept.
    }
  }
}

/** Puts the person who has just signed in (or nobody) in place of what was known, and forgets everybody else's data. */
export function useEnter(): (me: Me | null) => void {
  const client = useQueryClient();
  return (me) => {
    client.clear();
    if (me === null) forgetDrafts();
    if (me) client.setQueryData(readKey('/api/me', {}), me);
    else void client.resetQueries();
  };
}
