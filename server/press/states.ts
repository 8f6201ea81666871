// The states of a press conference: which follows which, and who may set it. Pure.
import type { ConferenceState } from '../../shared/press.ts';

/** What may follow, the usual next one first. Calling off is not among them: it has a reason, and a verb of its own. */
const FOLLOWS: Record<ConferenceState, readonly ConferenceState[]> = {
  draft: ['diumumkan'],
  diumumkan: ['registrasi'],
  registrasi: ['ruang_tunggu'],
  ruang_tunggu: ['tayang'],
  tayang: ['tanya_jawab', 'selesai'],
  tanya_jawab: ['selesai', 'tayang'],
  selesai: ['arsip'],
  arsip: [],
  dibatalkan: [],
};
const ON_AIR: ReadonlySet<ConferenceState> = new Set(['tayang', 'tanya_jawab']);
const OVER: ReadonlySet<ConferenceState> = new Set(['selesai', 'arsip', 'dibatalkan']);
const REGISTERING: ReadonlySet<ConferenceState> = new Set(['registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab']);
const WITH_ROOM: ReadonlySet<ConferenceState> = new Set(['ruang_tunggu', 'tayang', 'tanya_jawab']);
const BEFORE_AIR: ReadonlySet<ConferenceState> = new Set(['draft', 'diumumkan', 'registrasi', 'ruang_tunggu']);

/** The first picture for viewers: what was said while it counts down is not lost to them. */
const COUNTDOWN_MS = 5_000;
const DAY_MS = 86_400_000;

export type Authority = { operates: boolean; moderates: boolean };

export const isOnAir = (state: ConferenceState): boolean => ON_AIR.has(state);
export const isOver = (state: ConferenceState): boolean => OVER.has(state);
/** Its crew may be in the room. */
export const hasRoom = (state: ConferenceState): boolean => WITH_ROOM.has(state);
export const canBeCalledOff = (state: ConferenceState): boolean => BEFORE_AIR.has(state);

/** An operator sets every state; the moderator begins and ends the questions. */
export function nextStates(from: ConferenceState, { operates, moderates }: Authority): ConferenceState[] {
  if (operates) return [...FOLLOWS[from]];
  return moderates ? FOLLOWS[from].filter((to) => isOnAir(from) && isOnAir(to)) : [];
}

export type Step = 'stays' | 'goes' | 'over' | 'order' | 'not_yours';
/** Setting the state it has is harmless, whoever asks. */
export function stepTo(from: ConferenceState, to: ConferenceState, by: Authority): Step {
  if (from === to) return 'stays';
  if (nextStates(from, by).includes(to)) return 'goes';
  if (!by.operates && FOLLOWS[from].includes(to)) return 'not_yours';
  return isOver(from) ? 'over' : 'order';
}

type Marks = { announcedAt: Date | null; liveAt: Date | null; qaAt: Date | null; endedAt: Date | null };
/** What a state writes down beside itself, each the first time only. */
export function marksAt(to: ConferenceState, marks: Marks, now: Date): Marks {
  return {
    announcedAt: marks.announcedAt ?? (to === 'diumumkan' ? now : null),
    liveAt: marks.liveAt ?? (to === 'tayang' ? new Date(now.getTime() + COUNTDOWN_MS) : null),
    qaAt: marks.qaAt ?? (to === 'tanya_jawab' ? now : null),
    endedAt: marks.endedAt ?? (to === 'selesai' ? now : null),
  };
}

/** Its end has passed; without an end, a day has. One that has begun may still be planned. */
export const isPast = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }, now: Date): boolean =>
  (endsAt?.getTime() ?? startsAt.getTime() + DAY_MS) <= now.getTime();

export const isRegistrationOpen = (conf: { state: ConferenceState; registrationUntil: Date | null }, now: Date): boolean =>
  REGISTERING.has(conf.state) && (conf.registrationUntil === null || now < conf.registrationUntil);
