// The ringing screen in every open page of the office.
import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { getMyCalls } from '../../../shared/calls.ts';
import { readKey } from '../../platform/api.ts';
import { call } from '../../platform/call.ts';
import { useLive } from '../../platform/live.tsx';
import { openRing } from './open-ring.ts';

export default function Ringing() {
  const live = useLive();
  const client = useQueryClient();
  useEffect(() => {
    if (!live) return undefined;
    return openRing({
      live,
      here: {
        meetingId: () => null,
        enter(meetingId) {
          window.location.assign(`/r/${meetingId}?langsung`);
          return false;
        },
        list: '/panggilan',
        // The badge and the list read the same answer.
        async ask() {
          const mine = await call<typeof getMyCalls>('GET', '/api/me/calls');
          client.setQueryData(readKey('/api/me/calls', {}), mine);
          return mine;
        },
      },
    });
  }, [live, client]);
  return null;
}
