// Which month of which OPD an address is about, and its plan asked for as soon as it is known who is there.
import type { QueryClient } from '@tanstack/react-query';
import type { getMe, Zone } from '../../shared/people.ts';
import type { getRota } from '../../shared/rota.ts';
import { askAhead } from '../platform/api.ts';
import { dayIn } from '../platform/format.ts';
import type { Me } from '../platform/session.tsx';

/** The month in the address, else this one. */
export function monthIn(search: URLSearchParams, zone: Zone): string {
  const asked = search.get('bulan') ?? '';
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : dayIn(zone).slice(0, 7);
}
export const opdIn = (search: URLSearchParams, me: Me): string | undefined => search.get('opd') ?? me.opd?.id;

export async function askForMonth(client: QueryClient): Promise<void> {
  const search = new URLSearchParams(window.location.search);
  const me = await askAhead<typeof getMe>(client, '/api/me', {});
  const id = opdIn(search, me);
  if (id !== undefined)
    await askAhead<typeof getRota>(client, '/api/opds/:id/rota', { params: { id }, query: { month: monthIn(search, me.opd?.zone ?? 'Asia/Jakarta') } });
}
