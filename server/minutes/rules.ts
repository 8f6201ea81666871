// Rules of the minutes: who writes, who corrects, and what follows upon what. Pure; time is an argument.
import type { MinutesPart, MinutesState, Paragraph } from '../../shared/minutes.ts';
import { refuse } from '../platform/refusal.ts';

export type Correction = { openedAt: Date; openedBy: string; until: string };
export type Draft = { meetingId: string; opdId: string; bornAt: Date; savedAt: Date | null } & (
  | { state: 'konsep' }
  | { state: 'koreksi' | 'disahkan'; parts: MinutesPart[]; correction: Correction }
);
/** Who somebody is for the minutes of one meeting. `writer`: let to write by the chair or the notulis. */
export type Part = { chair: boolean; notulis: boolean; writer: boolean; present: boolean };

export const leads = ({ chair, notulis }: Part): boolean => chair || notulis;
export const writes = (state: MinutesState, part: Part): boolean => state === 'konsep' && (leads(part) || part.writer);
export const mayPropose = (draft: Draft, part: Part, today: string): boolean => draft.state === 'koreksi' && part.present && today <= draft.correction.until;

export function mustLead(part: Part): void {
  if (!leads(part)) refuse('minutes.not_lead');
}
export function mustChair(part: Part): void {
  if (!part.chair) refuse('meeting.not_chair');
}

export const LONGEST_DAYS = 30;
export const daysAfter = (day: string, n: number): string => new Date(Date.parse(`${day}T12:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** What may be opened, or get another last day. `words` says a day as people read it. */
export function openCorrection(
  draft: Draft,
  { ended, until, today, words }: { ended: boolean; until: string; today: string; words: (day: string) => string },
): void {
  if (draft.state === 'disahkan') refuse('minutes.approved');
  if (!ended) refuse('minutes.running');
  if (until < today || until > daysAfter(today, LONGEST_DAYS))
    refuse('minutes.past_day', { today: words(today) }, [{ path: 'until', message: 'hari di luar batas' }]);
}

export const textOf = ({ runs }: Paragraph): string => runs.map((run) => run.text).join('');
const paragraphOf = (parts: readonly MinutesPart[], id: string): Paragraph | null => parts.flatMap((part) => part.paragraphs).find((p) => p.id === id) ?? null;

type Proposed = { paragraph: string; oldText: string; newText: string };
export function propose(draft: Draft, part: Part, { paragraph, oldText, newText }: Proposed, today: string, words: (day: string) => string): void {
  if (draft.state === 'disahkan') refuse('minutes.approved');
  if (draft.state === 'konsep') refuse('minutes.not_open');
  if (!part.present) refuse('minutes.not_present');
  if (today > draft.correction.until) refuse('minutes.correction_over', { until: words(draft.correction.until) });
  const now = paragraphOf(draft.parts, paragraph);
  if (!now || textOf(now) !== oldText) refuse('minutes.paragraph_moved');
  if (newText === oldText) refuse('minutes.nothing_new', {}, [{ path: 'newText', message: 'sama dengan yang ada' }]);
}

/** The parts with this proposal in them. A paragraph that moved on since is not overwritten. */
export function accepted(parts: readonly MinutesPart[], { paragraph, oldText, newText }: Proposed): MinutesPart[] {
  const now = paragraphOf(parts, paragraph);
  if (!now || textOf(now) !== oldText) refuse('minutes.paragraph_moved');
  const changed: Paragraph = { ...now, runs: newText === '' ? [] : [{ text: newText, bold: false, italic: false }] };
  return parts.map((part) => ({ ...part, paragraphs: part.paragraphs.map((p) => (p.id === paragraph ? changed : p)) }));
}

/** Answers why it is approved before its last day; null = it is not early. */
export function approve(
  draft: Draft,
  { undecided, early, today, words }: { undecided: number; early: string | undefined; today: string; words: (day: string) => string },
): string | null {
  if (draft.state !== 'koreksi') refuse('minutes.not_open');
  if (undecided > 0) refuse('minutes.undecided', { count: undecided });
  if (today > draft.correction.until) return null;
  return early ?? refuse('minutes.early', { until: words(draft.correction.until) }, [{ path: 'early', message: 'alasan diperlukan' }]);
}
