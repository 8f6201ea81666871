// What the parts of a meeting's record have in common.
import type { MeetingCard } from '../../shared/meetings.ts';
import { useLanguage } from '../platform/words.ts';
import { Bones } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';

export type Of = { meeting: Pick<MeetingCard, 'id' | 'zone' | 'state'> };

export const bones = (title: string) => (
  <Section title={title}>
    <Bones rows={3} />
  </Section>
);
/** Who reads the attendance of a meeting without belonging to it has nothing to read here. */
export const isNotOurs = (code: string | undefined): boolean => code === 'not_found' || code === 'meeting.removed';

export function useSize(): (bytes: number) => string {
  const language = useLanguage();
  const number = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'id-ID', { maximumFractionDigits: 1 });
  return (bytes) => (bytes < 1_000_000 ? `${number.format(Math.max(1, Math.round(bytes / 1000)))} kB` : `${number.format(bytes / 1_000_000)} MB`);
}
