// Rules of a meeting: who chairs, when it runs, who may do what. Pure; time is an argument.
import type { Right, Sifat } from '../../shared/meetings.ts';
import { refuse } from '../platform/refusal.ts';
import { actsFor, type SignedIn } from '../platform/serve.ts';

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
  /** Who planned it for the chair; null = the chair. */
  plannerId: string | null;
  description: string | null;
  /** Grows with every change of what people were invited to. */
  version: number;
  /** One of several that repeat; `occursAt`: the start its rule gave it. */
  seriesId: string | null;
  occursAt: Date | null;
} & (
  | { state: 'terjadwal'; startedAt: null; endedAt: null }
  | { state: 'berlangsung'; startedAt: Date; endedAt: null }
  | { state: 'berakhir'; startedAt: Date; endedAt: Date }
  | { state: 'dibatalkan'; startedAt: null; endedAt: null; cancelledAt: Date; cancelReason: string }
);

/** `via`: where that is not plainly `tamu`. */
export type Guest = { name: string; institution: string; email?: string | undefined; via?: string };

/** The word an invited member enters with. A guest speaks as the others do; the badge tells them apart. */
export const wordFor = (meeting: Meeting, personId: string | null): Right => (personId !== null && personId === meeting.chairId ? 'host' : 'speaker');

export function mustChair(meeting: Meeting, personId: string): void {
  if (meeting.chairId !== personId) refuse('meeting.not_chair');
}

export type Viewer = Pick<SignedIn, 'id' | 'roles' | 'opdId' | 'managesOpds'>;
/** Its chair, who planned it, and who acts for its OPD. */
export const mayPrepare = (person: Viewer, meeting: Pick<Meeting, 'chairId' | 'plannerId' | 'opdId'>): boolean =>
  meeting.chairId === person.id || meeting.plannerId === person.id || actsFor(person, meeting.opdId);

/** It was not called off. */
export function mustStand(meeting: Meeting): asserts meeting is Exclude<Meeting, { state: 'dibatalkan' }> {
  if (meeting.state === 'dibatalkan') refuse('meeting.cancelled', { reason: meeting.cancelReason });
}

/** Only what has not begun is moved or called off. */
export function mustBePlanned(meeting: Meeting, clockText: (at: Date) => string): void {
  mustStand(meeting);
  if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt) });
  if (meeting.state === 'berlangsung') refuse('meeting.begun', { time: clockText(meeting.startedAt) });
}

export function mustRun(meeting: Meeting, clockText: (at: Date) => string): void {
  if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt) });
  mustStand(meeting);
  if (meeting.state === 'terjadwal') refuse('meeting.not_started', { time: clockText(meeting.startsAt) });
}
