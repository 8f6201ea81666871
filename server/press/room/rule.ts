// Who may be in a press room, as what, and when. Pure.
import type { Right } from '../../../shared/meetings.ts';
import type { CrewRole } from '../../../shared/press.ts';
import type { RegistrationState } from '../../../shared/press-desk.ts';
import { clockText, dateText } from '../../platform/local-time.ts';
import { refuse } from '../../platform/refusal.ts';
import { hasRoom, isOnAir, isOver, type Conf } from '../index.ts';

/** A moderator's authority is the portal's; at the media server everybody who speaks is a speaker. */
export const wordOf: Record<CrewRole, Right> = { moderator: 'speaker', narasumber: 'speaker', jbi: 'signer', operator: 'audience' };

/** Somebody with several tasks is known by the first of these, which also allows most. */
const FIRST: readonly CrewRole[] = ['moderator', 'narasumber', 'jbi', 'operator'];
export const foremost = <C extends { role: CrewRole }>(rows: readonly C[]): C | undefined =>
  FIRST.flatMap((role) => rows.filter((row) => row.role === role))[0];

/** A journalist is seen in the room, so that the outlet's watching is known; whose registration was refused watches as anybody. */
export const isSeen = (registration: RegistrationState | null): boolean => registration === 'menunggu' || registration === 'diterima';

/** Is it on air for those who watch, by the server's clock? */
export const isWatchable = (conf: Pick<Conf, 'state' | 'liveAt'>, now: Date): boolean => isOnAir(conf.state) && conf.liveAt !== null && conf.liveAt <= now;

/** Crew from the green room on, everybody else from the first picture. */
export const isOpenTo = (conf: Pick<Conf, 'state' | 'liveAt'>, crew: boolean, now: Date): boolean => (crew ? hasRoom(conf.state) : isWatchable(conf, now));

export function mustBeOpen(conf: Pick<Conf, 'state' | 'liveAt' | 'startsAt' | 'zone'>, crew: boolean, now: Date): void {
  if (isOver(conf.state)) refuse('press.over');
  if (isOpenTo(conf, crew, now)) return;
  const at = conf.liveAt ?? conf.startsAt;
  refuse('press.not_live', { time: `${dateText(at, conf.zone)}, ${clockText(at, conf.zone)}` });
}

/** How long a ticket keeps its place before the media server's list must have shown who got it. Milliseconds. */
export const PLACE_MS = 15_000;

type Places = { limit: number; watching: ReadonlySet<string>; coming: readonly string[]; own: string | null };
/** A place for one more who watches: those the list shows, and those who have a ticket and are on their way. */
export function hasPlace({ limit, watching, coming, own }: Places): boolean {
  const taken = new Set([...watching, ...coming]);
  return (own !== null && taken.has(own)) || taken.size < limit;
}
