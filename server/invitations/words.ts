// What changed, in words of a letter: `Pukul: semula 09.00 WIB, menjadi 13.30 WIB`. Pure.
import type { Zone } from '../../shared/people.ts';
import { clockText, dateText, dayIn } from '../platform/local-time.ts';

/** As a change keeps it: instants as text. */
export type Before = Record<string, string | null>;

const sifatText: Record<string, string> = { biasa: 'biasa', segera: 'segera', sangat_segera: 'sangat segera' };

export function changeLines({ before, after }: { before: Before; after: Before }, zone: Zone): string[] {
  const at = (value: string | null | undefined): Date | null => (value ? new Date(value) : null);
  const line = (label: string, was: string, is: string): string[] => (was === is ? [] : [`${label}: semula ${was}, menjadi ${is}`]);
  const [was, is] = [at(before['startsAt']), at(after['startsAt'])];
  const ends = (value: string | null | undefined): string => (value ? clockText(new Date(value), zone) : 'tidak ditentukan');
  const moved = was && is && dayIn(was, zone) !== dayIn(is, zone);
  return [
    ...('title' in before ? line('Judul', before['title'] ?? '', after['title'] ?? '') : []),
    ...(moved ? line('Hari/tanggal', dateText(was, zone), dateText(is, zone)) : []),
    ...(was && is ? line('Pukul', clockText(was, zone), clockText(is, zone)) : []),
    ...('endsAt' in before ? line('Selesai', ends(before['endsAt']), ends(after['endsAt'])) : []),
    ...('place' in before ? line('Tempat', before['place'] ?? '', after['place'] ?? '') : []),
    ...('sifat' in before ? line('Sifat', sifatText[before['sifat'] ?? ''] ?? '', sifatText[after['sifat'] ?? ''] ?? '') : []),
    ...('description' in before ? ['Uraian rapat diperbarui.'] : []),
  ];
}
