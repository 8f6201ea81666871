// Rules of the proceedings: when an agenda is born, what a quorum is, and how a decision comes about. Pure; time is an argument.
import type { DecisionState, Quorum, QuorumMoment, VoiceAnswer } from '../../shared/proceedings.ts';
import { refuse } from '../platform/refusal.ts';

type Moment = { kind: 'tercapai' | 'hilang' | 'diatur'; needed: number };
export type UnitPresence = { unitId: string | null; unitName: string; by: readonly string[] };

/** Nobody has looked yet; or only the portal had, before the meeting began: open tasks may be others by now. */
export const agendaIsDue = (agenda: { byId: string | null; at: Date } | null, startedAt: Date | null): boolean =>
  agenda === null || (agenda.byId === null && startedAt !== null && agenda.at < startedAt);

export type AgendaSpan = { itemId: string; ms: number; from: Date; to: Date | null };
/** How long the meeting was at each item, from its steps in order; one it came back to is counted together. `until`: the end of the meeting, null while it runs. */
export function agendaSpans(
  steps: readonly { itemId: string | null; at: Date }[],
  until: Date | null,
): { now: { itemId: string; since: Date } | null; spent: AgendaSpan[] } {
  const spans = new Map<string, AgendaSpan>();
  steps.forEach(({ itemId, at }, n) => {
    if (itemId === null) return;
    const to = steps[n + 1]?.at ?? until;
    const known = spans.get(itemId);
    spans.set(itemId, { itemId, ms: (known?.ms ?? 0) + (to ? Math.max(0, to.getTime() - at.getTime()) : 0), from: known?.from ?? at, to });
  });
  const last = steps.at(-1);
  return { now: until === null && last?.itemId ? { itemId: last.itemId, since: last.at } : null, spent: [...spans.values()] };
}

export const moreThanHalf = (units: number): number => Math.floor(units / 2) + 1;

/** The chair's own number first, then the call's, then more than half; never more than there are units. */
export function neededOf(units: number, { byChair, byCall }: { byChair: number | null; byCall: number | null }): Pick<Quorum, 'needed' | 'from'> {
  const most = Math.max(units, 1);
  if (byChair !== null) return { needed: byChair, from: 'pimpinan' };
  if (byCall !== null) return { needed: Math.min(byCall, most), from: 'panggilan' };
  return { needed: Math.min(moreThanHalf(units), most), from: 'setengah_lebih' };
}

export const presentUnits = (units: readonly UnitPresence[]): UnitPresence[] => units.filter((unit) => unit.by.length > 0);

/** What has to be written down, now that this many are present: nothing, reached, or lost. */
export function crossing(moments: readonly Moment[], present: number, needed: number): 'tercapai' | 'hilang' | null {
  const held = moments.findLast((moment) => moment.kind !== 'diatur')?.kind === 'tercapai';
  if (present >= needed) return held ? null : 'tercapai';
  return held ? 'hilang' : null;
}

export const firstReached = (moments: readonly Pick<QuorumMoment, 'kind' | 'at'>[]): string | null => moments.find((m) => m.kind === 'tercapai')?.at ?? null;

const stateWords: Record<DecisionState, string> = { rancangan: 'dirancang', dibacakan: 'dibacakan', ditetapkan: 'ditetapkan', dicabut: 'dicabut' };
type Standing = { state: DecisionState; version: number };

export function mustBeOpen({ state }: Standing): void {
  if (state === 'ditetapkan' || state === 'dicabut') refuse('decision.over', { state: stateWords[state] });
}

/** Another hand was quicker: what this page shows is no longer what stands there. */
export function mustBeVersion(is: number, asked: number): void {
  if (is !== asked) refuse('proceedings.changed');
}

export function mustBeRead(decision: Standing, version: number): void {
  mustBeOpen(decision);
  mustBeVersion(decision.version, version);
  if (decision.state !== 'dibacakan') refuse('decision.not_read');
}

/** `day`: today at the office. */
export function mustBeToCome(dueOn: string | null, day: string): void {
  if (dueOn !== null && dueOn < day) refuse('decision.due_past', { due: dueOn }, [{ path: 'body.dueOn', message: `paling awal ${day}` }]);
}

export type Confirming = {
  objections: readonly { name: string }[];
  /** How many objections the chair had on the screen. */
  seen: number;
  quorum: { present: number; needed: number };
  /** "Plh. Kepala Dinas Sosial" where the chair holds the post as Plt or Plh. */
  acting: string | null;
  underQuorumReason: string | null;
  strategic: boolean | null;
  strategicReason: string | null;
};
export type Reasons = { underQuorumReason: string | null; strategic: boolean | null; strategicReason: string | null };

/**
 * What goes on record beside the confirmation. UU 30/2014 art. 14 (7): a Plt or Plh may take no strategic decision that changes the legal
 * standing of organisation, staff or the allocation of budget; the portal asks and warns, the human decides and gives the reason.
 */
export function confirm({ objections, seen, quorum, acting, underQuorumReason, strategic, strategicReason }: Confirming): Reasons {
  if (objections.length > seen) refuse('decision.objected', { names: objections.map(({ name }) => name).join(', ') });
  const under = quorum.present < quorum.needed;
  if (under && underQuorumReason === null) refuse('decision.under_quorum', quorum, [{ path: 'body.underQuorumReason', message: 'alasan diperlukan' }]);
  if (acting !== null && strategic === null) refuse('decision.strategic_asked', { label: acting }, [{ path: 'body.strategic', message: 'ya atau tidak' }]);
  const warned = acting !== null && strategic === true;
  if (warned && strategicReason === null)
    refuse('decision.strategic_reason', { label: acting }, [{ path: 'body.strategicReason', message: 'alasan diperlukan' }]);
  return {
    underQuorumReason: under ? underQuorumReason : null,
    strategic: acting === null ? null : strategic,
    strategicReason: warned ? strategicReason : null,
  };
}

export type VoiceRow = { decisionId: string; version: number; member: string; answer: VoiceAnswer };
/** The newest of each member to this version, in the order in which they first spoke. */
export function voicesTo<V extends VoiceRow>(rows: readonly V[], decisionId: string, version: number): V[] {
  const newest = new Map<string, V>();
  for (const row of rows) if (row.decisionId === decisionId && row.version === version) newest.set(row.member, row);
  return [...newest.values()];
}

export type RollRow = { round: number; kind: 'dibuka' | 'hadir' | 'tidak_menjawab' | 'dibatalkan'; member: string | null };
/** The marks that stand in a round: the newest of each member, unless it was taken back. */
export function marksIn<R extends RollRow>(rows: readonly R[], round: number): R[] {
  const newest = new Map<string, R>();
  for (const row of rows) if (row.round === round && row.member !== null) newest.set(row.member, row);
  return [...newest.values()].filter((row) => row.kind !== 'dibatalkan');
}

/** Protocol: by the highest post that speaks for the unit, then by name; inside it likewise. */
export function inProtocolOrder<P extends { unitName: string; rank: number; name: string }>(people: readonly P[]): { unitName: string; people: P[] }[] {
  const units = new Map<string, P[]>();
  for (const person of people) units.set(person.unitName, [...(units.get(person.unitName) ?? []), person]);
  const best = (of: readonly P[]): number => Math.min(...of.map((person) => person.rank));
  return [...units]
    .map(([unitName, of]) => ({ unitName, people: of.toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'id')) }))
    .toSorted((a, b) => best(a.people) - best(b.people) || a.unitName.localeCompare(b.unitName, 'id'));
}
