// What calls and answers add to a list: who stood in for whom, who declined and why, who said they would follow. They take nothing away:
// whoever was inside was inside, whatever they answered.
import type { CalleeState } from '../../shared/calls.ts';
import type { SheetRow } from '../../shared/attendance.ts';

/** Where a member stands in the calls into one meeting, in the words of `calls`, and in the answers to its invitation. */
export type Standing = {
  personId: string;
  /** null: not called. */
  state: CalleeState | null;
  reason: string | null;
  eta: Date | null;
  /** Posts of others for which this person was rung. `personId`: who holds it; null = nobody. */
  represents: readonly { personId: string | null; title: string }[];
  representedBy: readonly { personId: string; name: string; label: string; disposisi?: string | null }[];
  /** Said beforehand that they do not come, and why. */
  izin?: string | null;
  /** Was invited only in the place of another. */
  delegate?: boolean;
};
export type Standings = ReadonlyMap<string, Standing>;
export type Called = Pick<SheetRow, 'representedBy' | 'represents' | 'answer' | 'delegate'>;

export const NOT_CALLED: Called = { representedBy: [], represents: [], answer: null, delegate: false };

/** `cameIn`: was this person inside at any moment. A deputy who never came represents nobody; a holder who came needs none. */
export function calledOf(standing: Standing | undefined, inside: boolean, cameIn: (personId: string) => boolean): Called {
  if (!standing) return NOT_CALLED;
  const { delegate = false } = standing;
  if (inside)
    return {
      ...NOT_CALLED,
      delegate,
      represents: standing.represents.filter(({ personId }) => personId === null || !cameIn(personId)).map(({ title }) => title),
    };
  return {
    delegate,
    represents: [],
    representedBy: standing.representedBy.filter(({ personId }) => cameIn(personId)).map(({ name, label, disposisi = null }) => ({ name, label, disposisi })),
    answer:
      standing.state === 'menolak' || standing.state === 'menyusul'
        ? answerOf(standing, standing.state)
        : standing.izin != null
          ? { said: 'tidak', reason: standing.izin, eta: null }
          : null,
  };
}

const answerOf = ({ reason, eta }: Standing, said: 'menolak' | 'menyusul'): NonNullable<Called['answer']> => ({
  said,
  reason,
  eta: said === 'menyusul' ? (eta?.toISOString() ?? null) : null,
});

/** Of somebody whom no witness saw. */
export const unseenStatus = ({ representedBy, answer }: Called): SheetRow['status'] =>
  representedBy.length > 0 ? 'diwakili' : answer?.said === 'menolak' ? 'menolak' : answer?.said === 'tidak' ? 'izin' : 'belum_ada_bukti';

/** What an invited member answered, in the words of `invitations`. */
export type Answered = {
  member: string;
  said: { answer: string; reason: string | null };
  delegate: boolean;
  goesFor: readonly { member: string; title: string; number: string }[];
  sent: readonly { member: string; name: string; position: string | null; number: string }[];
};

/** Both together, by what follows `p_` or `g_` in a member. */
export function withAnswers(called: Iterable<Standing>, answers: Iterable<Answered>): Map<string, Standing> {
  const all = new Map([...called].map((s) => [s.personId, s]));
  for (const { member, said, delegate, goesFor, sent } of answers) {
    const id = member.slice(2);
    const before = all.get(id) ?? { personId: id, state: null, reason: null, eta: null, represents: [], representedBy: [] };
    all.set(id, {
      ...before,
      delegate,
      izin: said.answer === 'tidak' ? (said.reason ?? '') : null,
      represents: [...before.represents, ...goesFor.map((g) => ({ personId: g.member.slice(2), title: `${g.title} (disposisi no ${g.number})` }))],
      representedBy: [
        ...before.representedBy,
        ...sent.map((s) => ({ personId: s.member.slice(2), name: s.name, label: s.position ?? 'tanpa jabatan', disposisi: s.number })),
      ],
    });
  }
  return all;
}
