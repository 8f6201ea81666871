// Who may answer what, and who may send whom. Pure.
import type { Answer } from '../../shared/invitations.ts';
import { refuse } from '../platform/refusal.ts';

export type Said = { answer: Answer; reason: string | null };
/** `ended` null: in force. */
export type Sent = {
  id: string;
  parentId: string | null;
  number: string;
  fromMember: string;
  fromName: string;
  fromPosition: string | null;
  toMember: string;
  toName: string;
  toPosition: string | null;
  /** Was not invited before. */
  invited: boolean;
  ended: 'ditarik' | 'dikembalikan' | 'ikut' | null;
};
export type Sender = { member: string; via: string; rank: number; opdId: string | null };

/** The head of an office leads the paper (people/holdings.ts). */
const HEAD = 1;

export const inForce = <S extends Pick<Sent, 'ended'>>(all: readonly S[]): S[] => all.filter((s) => s.ended === null);
export const givenBy = <S extends Sent>(all: readonly S[], member: string): S | null => inForce(all).find((s) => s.fromMember === member) ?? null;
export const receivedBy = <S extends Sent>(all: readonly S[], member: string): S[] => inForce(all).filter((s) => s.toMember === member);

/** An answer of one's own stands against a disposisi that is in force: first the one is withdrawn. */
export function mustAnswerThemselves(all: readonly Sent[], member: string): void {
  const given = givenBy(all, member);
  if (given) refuse('answer.delegated', { name: given.toName });
}

/** The same answer again is no other answer. */
export const isSame = (before: Said | null, next: Said): boolean =>
  (before?.answer ?? 'belum') === next.answer && (before?.reason ?? null) === (next.reason ?? null);

/**
 * By which disposisi they pass it on; null = they are invited themselves, by post or as the head of an office. What was passed down once goes no further.
 */
export function passingOn(sender: Sender, all: readonly Sent[]): Pick<Sent, 'id'> | null {
  mustAnswerThemselves(all, sender.member);
  const [received] = receivedBy(all, sender.member);
  if (byPost(sender)) return received ?? null;
  if (!received || received.parentId !== null) refuse('disposisi.not_yours');
  return received;
}
export const byPost = ({ via, rank }: Pick<Sender, 'via' | 'rank'>): boolean => via.startsWith('Jabatan: ') || rank === HEAD;

export function mayPassOn(sender: Sender, all: readonly Sent[]): boolean {
  if (sender.opdId === null || givenBy(all, sender.member)) return false;
  return byPost(sender) || receivedBy(all, sender.member).some((s) => s.parentId === null);
}

/** Nobody goes for two, and nobody for themselves in a ring. */
export function mustBeFree(to: { member: string; name: string; opdId: string | null }, sender: Sender, chairMember: string, all: readonly Sent[]): void {
  if (to.opdId === null || to.opdId !== sender.opdId || to.member === sender.member)
    refuse('disposisi.not_own_opd', {}, [{ path: 'to', message: 'pegawai OPD Anda sendiri' }]);
  if (to.member === chairMember || inForce(all).some((s) => s.toMember === to.member || s.fromMember === to.member))
    refuse('disposisi.already', { name: to.name });
}

/** What ends with this one: itself, and what was passed down from it. */
export function endingWith(all: readonly Sent[], id: string): Sent[] {
  const own = inForce(all).filter((s) => s.id === id);
  return [...own, ...own.flatMap((s) => inForce(all).filter((below) => below.parentId === s.id))];
}

/** How one invited person stands in the list: what they said, who goes for them, for whom they go. */
export type ListStanding = {
  member: string;
  said: Said;
  /** Invited in the place of another only. */
  delegate: boolean;
  goesFor: { member: string; title: string; number: string }[];
  sent: { member: string; name: string; position: string | null; number: string }[];
};

/** By member, of everybody who said something or has to do with a disposisi in force. */
export function listStandings(said: ReadonlyMap<string, Said>, all: readonly Sent[]): Map<string, ListStanding> {
  const now = inForce(all);
  const members = new Set([...said.keys(), ...now.flatMap((s) => [s.fromMember, s.toMember])]);
  return new Map(
    [...members].map((member): [string, ListStanding] => [
      member,
      {
        member,
        said: said.get(member) ?? { answer: 'belum', reason: null },
        delegate: now.some((s) => s.toMember === member && s.invited),
        goesFor: upward(now, member),
        sent: downward(now, member),
      },
    ]),
  );
}

/** Each disposisi by which they were sent, and the one above it: the post at its top is what they go for. */
function upward(now: readonly Sent[], member: string): ListStanding['goesFor'] {
  return now
    .filter((s) => s.toMember === member)
    .map((s) => {
      const top = now.find((above) => above.id === s.parentId) ?? s;
      return { member: top.fromMember, title: top.fromPosition ?? top.fromName, number: s.number };
    });
}

/** Whom they sent, and whom those sent: the last one first. */
function downward(now: readonly Sent[], member: string): ListStanding['sent'] {
  return now
    .filter((s) => s.fromMember === member)
    .flatMap((s) => [...now.filter((below) => below.parentId === s.id), s])
    .map((s) => ({ member: s.toMember, name: s.toName, position: s.toPosition, number: s.number }));
}
