// Who is rung for a post, one after the other, and why. Pure.
import type { RungAs } from '../../../shared/calls.ts';
import type { HoldingKind } from '../../../shared/people.ts';
import type { Shift } from '../../../shared/policies.ts';
import type { DayCode } from '../../../shared/roster.ts';
import type { HeldPost, PostChain } from '../../people/index.ts';

/** One who may be rung for a post. `label`: the post they come from ("Plh. Kepala Dinas Kesehatan"); `why` in words, for the record. */
export type ChainMember = { personId: string; name: string; label: string; as: RungAs; why: string };

/** What a day knows of people. `duty`: who is on duty for this post's unit, else for its OPD. */
export type OnTheDay = {
  codes: ReadonlyMap<string, { code: DayCode }>;
  duty: readonly { personId: string; name: string; label: string | null; basis: string; shift: Shift | null }[];
};

/** `Piket sekarang, pagi 07.00–15.00 (SE 800/1/2026)`. */
export const dutyText = ({ basis, shift }: { basis: string; shift: Shift | null }): string =>
  `Piket sekarang${shift ? `, ${shift.name} ${shift.from.replace(':', '.')}–${shift.to.replace(':', '.')}` : ''} (${basis})`;

/** Day codes with which somebody is not at work: their post is looked after by somebody else. */
const AWAY: Partial<Record<DayCode, string>> = { DL: 'dinas luar', CUTI: 'cuti', SAKIT: 'sakit', LIBUR: 'libur' };

const prefix: Record<HoldingKind, string> = { definitif: '', plt: 'Plt. ', plh: 'Plh. ' };
const ORDER: readonly HoldingKind[] = ['definitif', 'plh', 'plt'];

/** Who holds a post, in the order they are rung: its holder, then the Plh, then the Plt. */
function holdersOf(post: HeldPost): ChainMember[] {
  return ORDER.flatMap((kind) => post.holders.filter((h) => h.kind === kind)).map(({ personId, name, kind, basis }) => ({
    personId,
    name,
    label: `${prefix[kind]}${post.title}`,
    as: kind,
    why: kind === 'definitif' ? 'Pejabat definitif' : `${prefix[kind]}a.n. ${post.title} (${basis})`,
  }));
}

/**
 * Its holder, the Plh, the Plt; who stands in by structure; who is on duty. Who is away that day is passed over; when that leaves nobody
 * (a holiday), those away are rung after all and it is said. Each person once; the caller never.
 */
export function chainOf(post: PostChain, { codes, duty }: OnTheDay, callerId: string): ChainMember[] {
  const away = (personId: string): string | undefined => AWAY[codes.get(personId)?.code ?? 'WFO'];
  const own = holdersOf(post);
  const deputies = post.standIn === null ? [] : holdersOf(post.standIn);
  const deputy = deputies.find((d) => !away(d.personId)) ?? deputies[0];
  const standIn = deputy && { ...deputy, as: 'pengganti' as const, why: `${deputy.label}, mewakili ${post.title}` };
  const onDuty = duty.map(({ personId, name, label, ...by }) => ({
    personId,
    name,
    label: label ?? 'Petugas piket',
    as: 'piket' as const,
    why: dutyText(by),
  }));
  const all = oncePerPerson([...own, ...(standIn ? [standIn] : []), ...onDuty]).filter((m) => m.personId !== callerId);
  const atWork = all.filter((m) => !away(m.personId));
  return atWork.length > 0 ? atWork : all.map((m) => ({ ...m, why: `${m.why}; hari ini ${away(m.personId)}` }));
}

/** Whoever calls holds the post themselves, or acts in it: nobody is called for it. */
export function isCallersOwn(post: PostChain, { codes }: OnTheDay, callerId: string): boolean {
  const holders = holdersOf(post);
  const acting = holders.find((h) => !AWAY[codes.get(h.personId)?.code ?? 'WFO']) ?? holders[0];
  return acting?.personId === callerId || holders.some((h) => h.personId === callerId && h.as === 'definitif');
}

function oncePerPerson(members: readonly ChainMember[]): ChainMember[] {
  const seen = new Set<string>();
  return members.filter(({ personId }) => !seen.has(personId) && seen.add(personId));
}
