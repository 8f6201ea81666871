// Who is invited and need not be reminded: whoever said no, and whoever sent somebody, unless they wish to hear of it all the same.
import type { Tx } from '../platform/database.ts';
import type { Meetings } from '../meetings/index.ts';
import type { ListStanding } from './rules.ts';

type World = {
  meetings: Pick<Meetings, 'setStaying'>;
  /** The choices of these persons. */
  choicesOf: (tx: Tx, personIds: readonly string[]) => Promise<ReadonlyMap<string, { represented: boolean }>>;
  standings: (tx: Tx, meetingId: string) => Promise<ReadonlyMap<string, ListStanding>>;
};

export function tellsWhoStays({ meetings, choicesOf, standings }: World): void {
  meetings.setStaying(async (tx, meetingId, members) => {
    const found = await standings(tx, meetingId);
    const declined = members.filter(({ member }) => found.get(member)?.said.answer === 'tidak');
    const sent = members.filter(({ member }) => (found.get(member)?.sent.length ?? 0) > 0);
    const choices = await choicesOf(
      tx,
      sent.flatMap(({ personId }) => personId ?? []),
    );
    return new Set([...declined, ...sent.filter(({ personId }) => !choices.get(personId ?? '')?.represented)].map(({ member }) => member));
  });
}
