// Rules of a meeting: who chairs, when it runs, who may do what. Pure; time is an argument.
import type { Right, Sifat } from '../../shared/meetings.ts';
import { refuse } from '../platform/refusal.ts';

export type Meeting = {
  id: string;
  title: string;
  sifat: Sifat;
  opdId: string;
  chairId: string;
  instant: boolean;
  place: string;
  roomId: string | null;
  startsAt: Date;
  endsAt: Date | null;
  createdAt: Date;
} & (
  | { state: 'terjadwal'; startedAt: null; endedAt: null }
  | { state: 'berlangsung'; startedAt: Date; endedAt: null }
  | { state: 'berakhir'; startedAt: Date; endedAt: Date }
);

export type Guest = { name: string; institution: string };

/** The word an invited member enters with. A guest speaks as the others do; the badge tells them apart. */
export const wordFor = (meeting: Meeting, personId: string | null): Right => (personId !== null && personId === meeting.chairId ? 'host' : 'speaker');

export function mustChair(meeting: Meeting, personId: string): void {
  if (meeting.chairId !== personId) refuse('meeting.not_chair');
}

export function mustRun(meeting: Meeting, clockText: (at: Date) => string): void {
  if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt) });
  if (meeting.state === 'terjadwal') refuse('meeting.not_started', { time: clockText(meeting.startsAt) });
}
