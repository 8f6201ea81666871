// What a call adds to a list: who stood in for whom, who declined and why, who said they would follow. It takes nothing away:
// whoever was inside was inside, whatever they answered.
import type { CalleeState } from '../../shared/calls.ts';
import type { SheetRow } from '../../shared/attendance.ts';

/** Where a person stands in the calls into one meeting, in the words of `calls`. */
export type Standing = {
  personId: string;
  state: CalleeState;
  reason: string | null;
  eta: Date | null;
  /** Posts of others for which this person was rung. `personId`: who holds it; null = nobody. */
  represents: readonly { personId: string | null; title: string }[];
  representedBy: readonly { personId: string; name: string; label: string }[];
};
export type Standings = ReadonlyMap<string, Standing>;
export type Called = Pick<SheetRow, 'representedBy' | 'represents' | 'answer'>;

export const NOT_CALLED: Called = { representedBy: [], represents: [], answer: null };

/** `cameIn`: was this person inside at any moment. A deputy who never came represents nobody; a holder who came needs none. */
export function calledOf(standing: Standing | undefined, inside: boolean, cameIn: (personId: string) => boolean): Called {
  if (!standing) return NOT_CALLED;
  if (inside)
    return {
      ...NOT_CALLED,
      represents: standing.represents.filter(({ personId }) => personId === null || !cameIn(personId)).map(({ title }) => title),
    };
  return {
    represents: [],
    representedBy: standing.representedBy.filter(({ personId }) => cameIn(personId)).map(({ name, label }) => ({ name, label })),
    answer: standing.state === 'menolak' || standing.state === 'menyusul' ? answerOf(standing, standing.state) : null,
  };
}

const answerOf = ({ reason, eta }: Standing, said: 'menolak' | 'menyusul'): NonNullable<Called['answer']> => ({
  said,
  reason,
  eta: said === 'menyusul' ? (eta?.toISOString() ?? null) : null,
});

/** Of somebody whom no witness saw. */
export const unseenStatus = ({ representedBy, answer }: Called): SheetRow['status'] =>
  representedBy.length > 0 ? 'diwakili' : answer?.said === 'menolak' ? 'menolak' : 'belum_ada_bukti';
