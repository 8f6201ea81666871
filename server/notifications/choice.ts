// What the portal does for whoever has chosen nothing: reaches own devices, writes what one must plan by, sleeps at night.
import type { Channels, Choice } from '../../shared/notifications.ts';
import type { Zone } from '../../shared/people.ts';

const channels: Channels = {
  rapat: ['push', 'surel'],
  pengingat: ['push', 'surel'],
  ruang_tunggu: ['push'],
  tugas: ['push', 'surel'],
  notulen: ['push'],
  konferensi: ['push', 'surel'],
  fasilitas: ['push', 'surel'],
  presensi: ['push'],
  jadwal: ['push', 'surel'],
  akun: ['push', 'surel'],
};

export const usualChoice = (zone: Zone): Choice => ({
  channels,
  quiet: { from: '21:00', to: '05:00', days: [1, 2, 3, 4, 5, 6, 7], zone },
  represented: false,
});
