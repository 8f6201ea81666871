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

const zoneNames: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** "09.30 WIB", in the zone of the convening office. */
export const officeTime = (at: Date, zone: string): string =>
  `${new Intl.DateTimeFormat('id-ID', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at).replace(':', '.')} ${zoneNames[zone] ?? zone}`;

/** The calendar day at the office, `2026-11-23`. */
export const officeDay = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
