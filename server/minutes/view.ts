// What browsers are told of the minutes: plain values of the wire.
import type { Minutes } from '../../shared/minutes.ts';
import type { Dossier } from '../meetings/index.ts';
import { dayIn } from '../platform/local-time.ts';
import type { Content } from './paper.ts';
import { leads, mayPropose, writes, type Draft, type Part } from './rules.ts';
import type { Final, ProposalRow } from './store.ts';

type Known = {
  dossier: Dossier;
  draft: Draft | null;
  part: Part;
  content: Content;
  final: Final | null;
  proposals: readonly ProposalRow[];
  writerIds: readonly string[];
  notulisId: string;
  viewerId: string;
  now: Date;
};

export function viewOf({ dossier, draft, part, content, final, proposals, writerIds, notulisId, viewerId, now }: Known): Minutes {
  const { facts, approved } = content;
  const today = dayIn(now, facts.zone);
  const state = draft?.state ?? 'belum';
  const open = draft && draft.state !== 'konsep' ? draft.correction : null;
  return {
    meetingId: dossier.id,
    state,
    facts,
    parts: draft ? content.parts : [],
    decisions: content.decisions,
    polls: content.polls ?? [],
    you: { chair: part.chair, lead: leads(part), write: writes(state, part), propose: draft !== null && mayPropose(draft, part, today) },
    writers: draft?.state === 'konsep' ? writersOf(dossier, writerIds, notulisId) : [],
    candidates: draft?.state === 'konsep' && leads(part) ? candidatesOf(dossier, notulisId) : [],
    correction: open && { openedAt: open.openedAt.toISOString(), openedBy: open.openedBy, until: open.until, over: today > open.until },
    proposals: proposals.map(({ byId, at, ruling, id, paragraph, oldText, newText, reason, byName, byPosition }) => ({
      id,
      paragraph,
      oldText,
      newText,
      reason,
      byName,
      byPosition,
      at: at.toISOString(),
      yours: byId === viewerId,
      ruling: ruling && { ...ruling, at: new Date(ruling.at).toISOString() },
    })),
    final:
      final && approved
        ? {
            number: final.number,
            code: final.code,
            fingerprint: final.fingerprint,
            approvedAt: approved.at,
            approvedBy: approved.by,
            early: approved.early,
          }
        : null,
    savedAt: draft?.savedAt?.toISOString() ?? null,
    serverTime: now.toISOString(),
  };
}

function writersOf({ invitations, chairId }: Dossier, writerIds: readonly string[], notulisId: string): Minutes['writers'] {
  const of = (id: string, as: Minutes['writers'][number]['as']): Minutes['writers'] =>
    invitations.flatMap((i) => (i.personId === id ? [{ personId: id, name: i.name, position: i.position, as }] : []));
  const leading = [...of(chairId, 'pimpinan'), ...(notulisId === chairId ? [] : of(notulisId, 'notulis'))];
  return [...leading, ...writerIds.filter((id) => id !== chairId && id !== notulisId).flatMap((id) => of(id, 'diajak'))];
}

const candidatesOf = ({ invitations, chairId }: Dossier, notulisId: string): Minutes['candidates'] =>
  invitations.flatMap((i) =>
    i.personId === null || i.linkRevokedAt !== null || i.personId === chairId || i.personId === notulisId
      ? []
      : [{ personId: i.personId, name: i.name, position: i.position }],
  );
