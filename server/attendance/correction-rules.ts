// What an objection may claim, and who may decide it. Nobody decides on the own record, and nobody on what he or she filed:
// two names stand under every correction.
import type { Zone } from '../../shared/people.ts';
import { refuse } from '../platform/refusal.ts';
import { boundsOf, clockText, dayIn, shortDateText } from '../platform/local-time.ts';

const DAY_MS = 86_400_000;
/** UU 27/2022 ps. 30: corrected within 3 × 24 hours. */
const DUE_MS = 3 * DAY_MS;
/** Our own rule until a region sets one: a quarter's recap may still change, an older one no more. */
export const FILING_DAYS = 90;

export const dueAt = (requestedAt: Date): Date => new Date(requestedAt.getTime() + DUE_MS);

type Asked = { personId: string | null; requestedBy: string | null };
/** Why somebody who decides in this OPD may not decide this one. */
export function barOf({ personId, requestedBy }: Asked, deciderId: string): 'own' | 'filed' | null {
  return personId === deciderId ? 'own' : requestedBy === deciderId ? 'filed' : null;
}

/** The second of two who decide at once is told who was first. */
export function mustBeOpen(decision: { at: Date } | null, by: string, zone: Zone): void {
  if (decision) refuse('correction.decided', { name: by, when: `${shortDateText(decision.at, zone)}, ${clockText(decision.at, zone)}` });
}

export function mustDecide(asked: Asked, deciderId: string): void {
  const bar = barOf(asked, deciderId);
  if (bar === 'own') refuse('correction.own');
  if (bar === 'filed') refuse('correction.filed');
}

/** `2026-11-23`: neither to come nor too long ago, in the zone of the person's office. */
export function mustBeInTime(date: string, now: Date, zone: Zone): void {
  const today = dayIn(now, zone);
  if (date > today) refuse('correction.future');
  if (boundsOf(today, zone).from.getTime() - boundsOf(date, zone).from.getTime() > FILING_DAYS * DAY_MS) refuse('correction.too_old', { days: FILING_DAYS });
}

type Span = { from: Date; to: Date };
const wrong = (path: string, message: string): never => refuse('input.invalid', {}, [{ path, message }]);

/** Inside a meeting only while it ran, up to this moment. `at`: where in the form the times stand. */
export function mustFit({ from, to }: Span, meeting: { startedAt: Date | null; endedAt: Date | null }, now: Date, zone: Zone, at = 'about.'): void {
  if (meeting.startedAt === null || meeting.startedAt > now) refuse('correction.future');
  const end = meeting.endedAt ?? now;
  if (from >= to) wrong(`${at}to`, 'Waktu keluar harus sesudah waktu masuk.');
  // To the minute: a form has no seconds.
  if (floor(from) < floor(meeting.startedAt) || from >= end)
    wrong(`${at}from`, `Rapat berlangsung ${clockText(meeting.startedAt, zone)} – ${clockText(end, zone)}.`);
  if (floor(to) > floor(end)) wrong(`${at}to`, `Rapat berlangsung ${clockText(meeting.startedAt, zone)} – ${clockText(end, zone)}.`);
}
const floor = (at: Date): number => Math.floor(at.getTime() / 60_000);

/** What is left of a claim inside the meeting: the form's whole minutes may reach seconds beyond its ends. */
export function clipTo({ from, to }: Span, meeting: { startedAt: Date | null; endedAt: Date | null }, now: Date): Span {
  const [start, end] = [meeting.startedAt ?? from, meeting.endedAt ?? now];
  return { from: from < start ? start : from, to: to > end ? end : to };
}

/** The one who decides may accept less than was asked, never more. */
export function narrowed(claimed: Span, wanted: Partial<Span>): Span {
  const { from = claimed.from, to = claimed.to } = wanted;
  if (floor(from) < floor(claimed.from) || from >= claimed.to) wrong('from', 'Hanya di dalam waktu yang diajukan.');
  if (floor(to) > floor(claimed.to)) wrong('to', 'Hanya di dalam waktu yang diajukan.');
  if (from >= to) wrong('to', 'Waktu keluar harus sesudah waktu masuk.');
  return { from: from < claimed.from ? claimed.from : from, to: to > claimed.to ? claimed.to : to };
}

/** Nothing to correct: the record already has the person inside, surely, for all of it. */
export function isKnown({ from, to }: Span, intervals: readonly { from: Date; to: Date | null; confidence: string }[]): boolean {
  let known = from;
  for (const i of intervals.filter((one) => one.confidence !== 'perkiraan').toSorted((a, b) => a.from.getTime() - b.from.getTime()))
    if (i.from <= known && i.to !== null && i.to > known) known = i.to;
  return known >= to;
}

const beginnings: [type: string, bytes: readonly number[]][] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];
export const MAX_FILE = 5 * 1024 * 1024;

/** Its type by its first bytes, whatever its name says. */
export function fileTypeOf(content: Uint8Array): string {
  if (content.length > MAX_FILE) refuse('correction.file_large');
  return beginnings.find(([, bytes]) => bytes.every((byte, n) => content[n] === byte))?.[0] ?? refuse('correction.file_type');
}

const endings: Record<string, RegExp> = { 'application/pdf': /\.pdf$/i, 'image/jpeg': /\.jpe?g$/i, 'image/png': /\.png$/i };
/** Without folders, and ending as what it is: `../bukti.html` with a picture inside is `bukti.html.png`. */
export function fileNameOf(name: string, type: string): string {
  const own = name.split(/[\\/]/).at(-1) || 'berkas';
  return endings[type]?.test(own) ? own : `${own}.${type === 'image/jpeg' ? 'jpg' : type.split('/')[1]}`;
}
